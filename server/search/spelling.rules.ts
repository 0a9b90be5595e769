import type { ProductGroup } from '../../schemas/types.d.ts';
import { correctionsOf } from './explain.rules.ts';
import { fold, type Word, wordsOf } from './fold.rules.ts';
import { lettersApart } from './typo.rules.ts';

/** Words as the groups' names and synonyms write them, and which stand side by side there. */
export interface Vocabulary {
  /** How a folded word is written. */
  written: Map<string, string>;
  /** Two folded words with a space between them. */
  pairs: Set<string>;
  /** Whole names of two words or more, folded. */
  names: Set<string>;
}

interface Candidate {
  words: Word[];
  /** The less, the likelier. */
  cost: number;
}

const mostCandidates = 12;
const shortest = 2;
const mostSteps = 200;

const kept = new WeakMap<ProductGroup[], Vocabulary>();

/** The vocabulary of the groups as they are now: what the operator adds counts at once. */
export function vocabularyOf(groups: ProductGroup[]): Vocabulary {
  const known = kept.get(groups) ?? readVocabulary(groups);
  kept.set(groups, known);
  return known;
}

function readVocabulary(groups: ProductGroup[]): Vocabulary {
  const written = new Map<string, string>();
  const pairs = new Set<string>();
  const names = new Set<string>();
  for (const { name, family, synonyms } of groups)
    for (const text of [...synonyms, name.vi, name.en, family.name.vi, family.name.en]) {
      const words = wordsOf(text ?? '');
      if (words.length > 1) names.add(words.map(({ folded }) => folded).join(' '));
      words.forEach(({ folded, raw }, at) => {
        if (!written.has(folded)) written.set(folded, raw.toLowerCase());
        const next = words[at + 1];
        if (next) pairs.add(`${folded} ${next.folded}`);
      });
    }
  return { written, pairs, names };
}

/** The query with two words joined, or one split in two or more, as the vocabulary has it: lap top, maylanh, nuocruachen. */
export function respaced(words: Word[], vocabulary: Vocabulary): Word[][] {
  const { written } = vocabulary;
  const joined = words.slice(1).flatMap((word, at) => {
    const one = `${words[at]?.folded}${word.folded}`;
    return written.has(one) ? [words.toSpliced(at, 2, wordOf(one, written))] : [];
  });
  const split = words.flatMap(({ folded }, at) =>
    splitsOf(folded, vocabulary).map((parts) => words.toSpliced(at, 1, ...parts.map((part) => wordOf(part, written)))),
  );
  return [...joined, ...split].slice(0, mostCandidates);
}

/** The ways to read a word as several, each of which stands behind the one before it in some name. */
function splitsOf(word: string, { written, pairs }: Vocabulary): string[][] {
  const found: string[][] = [];
  const open: { parts: string[]; rest: string }[] = [{ parts: [], rest: word }];
  for (let step = 0; step < mostSteps; step++) {
    const { parts, rest } = open.pop() ?? {};
    if (parts === undefined || rest === undefined) break;
    if (rest === '' && parts.length > 1) found.push(parts);
    for (let end = 1; end <= rest.length; end++) {
      const part = rest.slice(0, end);
      const follows = parts.length === 0 ? written.has(part) : pairs.has(`${parts.at(-1)} ${part}`);
      if (follows) open.push({ parts: [...parts, part], rest: rest.slice(end) });
    }
  }
  return found.toSorted((a, b) => a.length - b.length);
}

const numerals = ['một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín', 'mười'].flatMap(wordsOf);

/** The query with its small numbers in words: máy in 2 mặt is máy in hai mặt. Not the other way: ba and năm are names too. */
export function renumbered(words: Word[]): Word[][] {
  const inWords = words.map((word) => numerals[Number(word.folded) - 1] ?? word);
  return inWords.some((other, at) => other !== words[at]) ? [inWords] : [];
}

/**
 * The query with one word spelt as the vocabulary has it, likeliest first: sounds that are confused in writing, one letter
 * more, less, other or swapped. It must stand beside a neighbour as it does there; a lone word must be longer than a syllable
 * that any other is near to.
 */
export function respelt(words: Word[], unknown: ReadonlySet<string>, vocabulary: Vocabulary): Word[][] {
  if (unknown.size > 1) return [];
  const candidates = words.flatMap((word, at): Candidate[] => {
    if (unknown.size === 1 && !unknown.has(word.folded)) return [];
    if (word.folded.length < shortest || /\p{N}/u.test(word.folded)) return [];
    const heard = new Set(correctionsOf(word.folded));
    // My is folded as mi, and may be máy all the same.
    const forms = new Set([word.folded, fold(word.raw)]);
    return [...vocabulary.written.keys()].flatMap((other): Candidate[] => {
      const typos = Math.min(...Array.from(forms, (form) => typosTo(form, other)));
      const isHeard = heard.has(other);
      if (other === word.folded || (typos > 1 && !isHeard)) return [];
      const neighbours = pairsAround(words, at, other).filter((pair) => vocabulary.pairs.has(pair)).length;
      const isAnother =
        !isHeard && isOtherBeginning(word.folded, other) && !isNamed(words, at, { other, names: vocabulary.names });
      const isSure = !isAnother && (neighbours > 0 || (words.length === 1 && other.length > 4));
      const cost = (isHeard ? 0 : typos) - neighbours * 2;
      return isSure ? [{ words: words.toSpliced(at, 1, wordOf(other, vocabulary.written)), cost }] : [];
    });
  });
  return candidates
    .toSorted((a, b) => a.cost - b.cost)
    .slice(0, mostCandidates)
    .map((candidate) => candidate.words);
}

/** How many letters are wrong, more than one being two; of letters without a vowel (đt, hs) none but the vowels may be missing. */
function typosTo(word: string, other: string): number {
  if (Math.abs(other.length - word.length) > 1) return 2;
  const isAbbreviated = /^\p{L}{2}$/u.test(word) && !/[aeiouy]/.test(word);
  return isAbbreviated && other.replace(/[aeiouy]/g, '') !== word ? 2 : lettersApart(word, other);
}

/** A first letter is seldom mistyped: môi is no nồi, and biến no điện. */
function isOtherBeginning(word: string, other: string): boolean {
  return word.length === other.length && word[0] !== other[0] && word.slice(1) === other.slice(1);
}

/** Whether the other word in its place completes a name: náy lạnh. */
function isNamed(words: Word[], at: number, { other, names }: { other: string; names: ReadonlySet<string> }): boolean {
  const all = words.map(({ folded }, place) => (place === at ? other : folded));
  return all.some((_, start) =>
    all.some((_word, end) => start <= at && at <= end && names.has(all.slice(start, end + 1).join(' '))),
  );
}

function pairsAround(words: Word[], at: number, other: string): string[] {
  const before = words[at - 1];
  const after = words[at + 1];
  return [...(before ? [`${before.folded} ${other}`] : []), ...(after ? [`${other} ${after.folded}`] : [])];
}

function wordOf(folded: string, written: Map<string, string>): Word {
  const raw = written.get(folded) ?? folded;
  return { ...(wordsOf(raw)[0] ?? { marked: folded }), raw, folded };
}
