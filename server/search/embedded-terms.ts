import MiniSearch, { type SearchOptions } from 'minisearch';
import { type TextField, textFields } from './document.rules.ts';
import { swapsOf, typoBudget, typosBetween } from './typo.rules.ts';

/** MiniSearch holds which word stands in which field of which row. */
export type Words = MiniSearch<Record<TextField, string> & { id: number }>;

/** A word of the query as it is looked for. */
export interface WantedWord {
  word: string;
  /** It may be the beginning of a word of the index. */
  isPrefix: boolean;
  /** It is the only one of the query. */
  isAlone: boolean;
}

/** What is looked for in a field: words with their typos, and beginnings. */
interface Wanted {
  field: TextField;
  terms: ReadonlyMap<string, number>;
  beginning: string | null;
}

// Descriptions are long: looked for by exact words only, or beginnings and typos would cost seconds (search.md).
const closeFields: TextField[] = textFields.filter((field) => field !== 's_text');
const shortPrefixFields: TextField[] = ['s_code', 's_name_vi', 's_name_en', 's_brand'];
const shortAlone = 3;
const shortAfterWords = 1;
const mostOneTypo = 150;
const mostTwoTypos = 50;

/** No words yet. */
export function createWords(): Words {
  return new MiniSearch({
    fields: [...textFields],
    tokenize: (text) => text.split(' ').filter((word) => word !== ''),
    processTerm: (term) => term,
  });
}

/** For each field, what the wanted word stands for there. */
export function wantedIn(words: Words, { word, isPrefix, isAlone }: WantedWord): Wanted[] {
  const exact = new Map([[word, 0]]);
  const close = new Map([...exact, ...withTypos(words, word)]);
  const isShort = word.length <= (isAlone ? shortAlone : shortAfterWords);
  const begunFields = isShort ? shortPrefixFields : closeFields;
  return textFields.map((field) => ({
    field,
    terms: field === 's_text' ? exact : close,
    beginning: isPrefix && begunFields.includes(field) ? word : null,
  }));
}

/**
 * Calls `take` for every row of the index that has one of the words in the field. MiniSearch asks for a weight of each
 * match; weight 0 makes it drop the match again, which saves its own ranking: the order is the contract's (search.md 7.4).
 */
export function eachMatch(
  words: Words,
  { query, ...options }: Pick<SearchOptions, 'fields' | 'prefix' | 'fuzzy'> & { query: string },
  take: (row: number, term: string) => void,
): void {
  words.search(query, {
    prefix: false,
    fuzzy: false,
    ...options,
    boostDocument: (row: number, term) => {
      take(row, term);
      return 0;
    },
  });
}

/** Words within the typo budget. MiniSearch counts a swap as two edits, so the word is also tried with letters swapped. */
function withTypos(words: Words, word: string): Map<string, number> {
  const budget = typoBudget(word);
  const found = new Map<string, number | null>();
  if (budget === 0) return new Map();
  const left = [Infinity, mostOneTypo, mostTwoTypos];
  const meet = (_row: number, term: string) => {
    if (found.has(term)) return;
    const typos = typosBetween(word, term);
    const isTaken = typos !== null && (left[typos] ?? 0) > 0;
    if (isTaken) left[typos] = (left[typos] ?? 0) - 1;
    found.set(term, isTaken ? typos : null);
  };
  const swaps = swapsOf(word);
  eachMatch(words, { query: word, fields: closeFields, fuzzy: budget }, meet);
  eachMatch(words, { query: swaps.join(' '), fields: closeFields, fuzzy: budget - 1 }, meet);
  if (budget > 1) eachMatch(words, { query: swaps.flatMap(swapsOf).join(' '), fields: closeFields }, meet);
  return new Map([...found].flatMap(([term, typos]) => (typos === null ? [] : [[term, typos] as const])));
}
