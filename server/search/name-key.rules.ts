import { remembered } from '../core/remembered.rules.ts';

const alphabet = Array.from('aăâbcdđeêfghijklmnoôơpqrstuưvwxyz');
const tones = ['\u0300', '\u0309', '\u0303', '\u0301', '\u0323'];
const tonesOnly = /[\u0300\u0301\u0303\u0309\u0323]/gu;
const longestKey = 120;

/**
 * A text's place in Vietnamese letter order as an ASCII key that compares by code: ă after a, â after ă, đ after d, ê, ô,
 * ơ, ư likewise; digits before letters, spaces before both; tones (ngang, huyền, hỏi, ngã, sắc, nặng) decide only
 * between texts of the same letters.
 */
export function nameKey(text: string): string {
  const letters: string[] = [];
  const marks: string[] = [];
  for (const character of characters(text)) {
    const { letter, mark } = placeOf(character);
    letters.push(letter);
    marks.push(mark);
  }
  return `${letters.join('')} ${marks.join('').replace(/0+$/, '')}`;
}

/** The key of a character without its tone, and the place of the tone. */
const placeOf = remembered((character) => {
  const tone = character.match(tonesOnly)?.[0];
  const letter = keyOf(character.replace(tonesOnly, '').normalize('NFC'));
  return { letter, mark: String(tone ? tones.indexOf(tone) + 1 : 0) };
});

/** Each character with its combining marks; separators as one space. */
function characters(text: string): string[] {
  const plain = text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ');
  return (plain.trim().match(/.\p{M}*/gu) ?? []).slice(0, longestKey);
}

/** ASCII characters that no other character's key begins with; other scripts come after z. */
function keyOf(character: string): string {
  if (character === ' ') return '!';
  if (/^[0-9]$/.test(character)) return character;
  const bare = character.replace(/^[ðɖ]/u, 'đ');
  const place = alphabet.indexOf(bare);
  if (place >= 0) return placeKey(place);
  const [base = ''] = bare.normalize('NFD');
  const basePlace = alphabet.indexOf(base);
  return basePlace >= 0 ? placeKey(basePlace) : `~${base.codePointAt(0)?.toString(16).padStart(6, '0')}`;
}

function placeKey(place: number): string {
  return `a${String(place).padStart(2, '0')}`;
}
