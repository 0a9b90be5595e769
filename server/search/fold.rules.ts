import { remembered } from '../core/remembered.rules.ts';

const tones = /[\u0300\u0301\u0303\u0309\u0323]/gu;
/** Marks that no Vietnamese letter bears: piled up, they would be another word to a reader of marks. */
const foreignMarks = /(?![\u0300-\u0303\u0306\u0309\u031b\u0323])\p{M}/gu;
const longestWord = 64;

/** One word of a text: as it was typed, folded, and lower-cased with its marks. */
export interface Word {
  readonly raw: string;
  readonly folded: string;
  readonly marked: string;
}

/**
 * The text as it is compared: lower case, without Vietnamese marks, đ as d, every run of anything but letters and
 * digits one space, what is not seen left out. The same for texts and queries, for NFC and NFD, and for either placement of a tone mark.
 */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f\p{Cf}]/gu, '')
    .replace(/[đðɖ]/gu, 'd')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** A code as it is compared: folded, without what separates its parts, so that NXVN 03:2014 is nxvn-03-2014. */
export const foldCode = remembered((text) => fold(text).replaceAll(' ', ''));

/**
 * Lower case with marks, one form for each spelling: letters composed, the syllable's tone after its last letter, so that
 * hòa and hoà, thủy and thuỷ are the same. Only for comparing, never for showing.
 */
function markWord(word: string): string {
  const letters = word.toLowerCase().normalize('NFD');
  const tone = letters.match(tones)?.join('') ?? '';
  return `${withOneI(letters.replace(tones, '').replace(/[ðɖ]/gu, 'đ').normalize('NFC'))}${tone}`;
}

/** Whole syllables that are written with i or y alike: tỷ and tỉ, kỹ and kĩ, quý and quí. A y that sounds otherwise stays. */
function withOneI(word: string): string {
  return word.replace(/^([hklmstv]|qu)y$/u, '$1i');
}

/** The text without characters that only direct its setting, as copied texts have them: soft hyphens, joiners, marks of direction. */
export function visible(text: string): string {
  return text.replace(/\p{Cf}/gu, '');
}

/** The words of a text in order. A word longer than 64 letters is cut: it bounds what a query can cost. */
export function wordsOf(text: string): Word[] {
  return text.split(' ').flatMap(wordsOfPart);
}

/** Of what stands between two spaces. */
const wordsOfPart = remembered((part): readonly Word[] => {
  const pieces = visible(part)
    .normalize('NFC')
    .replace(foreignMarks, '')
    .split(/[^\p{L}\p{N}\p{M}]+/u);
  return pieces.flatMap((piece) => {
    const folded = fold(piece)
      .split(' ')
      .filter((word) => word !== '');
    return folded.map((word) => {
      const raw = folded.length === 1 ? piece : word;
      return { raw, folded: withOneI(word.slice(0, longestWord)), marked: markWord(raw) };
    });
  });
});

/** The folded words of several texts, with single spaces; absent texts count as empty. */
export function foldTexts(...texts: (string | undefined)[]): string {
  let folded = '';
  for (const text of texts)
    for (const part of text?.split(' ') ?? []) {
      const words = foldPart(part);
      if (words !== '') folded += folded === '' ? words : ` ${words}`;
    }
  return folded;
}

const foldPart = remembered((part) => joined(wordsOfPart(part)));

function joined(words: readonly Word[]): string {
  return words.map(({ folded }) => folded).join(' ');
}

/** The folded words of a name that every search compares with: the same few thousand. */
export const foldName = remembered((name) => joined(wordsOf(name)));

/** The folded words of several names that many records share; absent ones count as empty. */
export function foldNames(...names: (string | undefined)[]): string {
  const folded = names.flatMap((name) => (name === undefined ? [] : foldName(name)));
  return folded.filter((name) => name !== '').join(' ');
}

/** Whether a word with marks begins as the other does: giấ begins giấy, whose tone is compared behind all its letters. */
export function beginsMarked(own: string, typed: string): boolean {
  const tone = typed.match(tones)?.join('') ?? '';
  return own.replace(tones, '').startsWith(typed.replace(tones, '')) && own.endsWith(tone);
}

/** Whether the word was typed with marks, so that its marks say which word is meant (sơn, not son). */
export function isMarked(word: Word): boolean {
  return word.marked !== word.folded;
}
