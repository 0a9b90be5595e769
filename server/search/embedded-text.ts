import { type SearchDoc, type TextField, textFields } from './document.rules.ts';
import { onceARow, type RowSet } from './embedded-rows.ts';
import { createWords, eachMatch, wantedIn, type WantedWord, type Words } from './embedded-terms.ts';

/** The rows found, and what each owes its place to. */
export interface TextMatch {
  rows: number[];
  /** One number a row: typos, then fields, then inexact words. */
  scores: Int32Array;
  /** The order of two rows by typos, fields, gaps between words and inexact words; gaps are looked for where the others leave it open. */
  byWords(a: number, b: number): number;
}

export interface TextIndex {
  put(row: number, doc: SearchDoc): void;
  drop(row: number): void;
  /** The rows that hold every word, among the candidates. */
  match(words: string[], prefixLast: boolean, candidates: RowSet): TextMatch;
}

// With ten words at most, no part of the number runs over into the next.
const typoUnit = 1 << 13;
const fieldUnit = 1 << 5;
const phraseFields: TextField[] = ['s_name_vi', 's_name_en', 's_brand', 's_category', 's_alias'];

/** The typos of a score, as the contract counts them. */
export function typosOf(score: number): number {
  return Math.floor(score / typoUnit);
}

/** An empty index of words. */
export function createTextIndex(): TextIndex {
  const words = createWords();
  const phrases: string[] = [];
  const drop = (row: number) => {
    if (words.has(row)) words.discard(row);
    phrases[row] = '';
  };
  return {
    put(row, doc) {
      drop(row);
      words.add({ ...wordsOnce(doc), id: row });
      phrases[row] = phraseFields.map((field) => ` ${doc[field]} `).join('|');
    },
    drop,
    match: (query, prefixLast, candidates) => {
      const found = matchWords(words, wanted(query, prefixLast), candidates);
      return { ...found, byWords: orderByWords(found.scores, gapsBetween(query, prefixLast, phrases)) };
    },
  };
}

/** Each word in the first of its fields alone: it costs least there, so that it says nothing in the others. */
function wordsOnce(doc: SearchDoc): Record<TextField, string> {
  const seen = new Set<string>(['']);
  const isNew = (word: string) => {
    const isKnown = seen.has(word);
    seen.add(word);
    return !isKnown;
  };
  const once = textFields.map((field) => [field, doc[field].split(' ').filter(isNew).join(' ')]);
  return Object.fromEntries(once) as Record<TextField, string>;
}

/** The words to look for, longest first: the rarest usually, and later ones are looked for in its rows only. */
function wanted(query: string[], prefixLast: boolean): WantedWord[] {
  const isAlone = query.length === 1;
  return query
    .map((word, at) => ({ word, isAlone, isPrefix: prefixLast && at === query.length - 1 }))
    .sort((a, b) => Number(a.isPrefix) - Number(b.isPrefix) || b.word.length - a.word.length);
}

function matchWords(words: Words, query: WantedWord[], candidates: RowSet): Pick<TextMatch, 'rows' | 'scores'> {
  const size = candidates.words.length * 32;
  const scores = new Int32Array(size);
  // How many words were found in a row, each in a row of all words before it alone.
  const matched = new Uint8Array(size);
  let rows: number[] = [];
  query.forEach((want, at) => {
    const best = new Int32Array(size);
    const found: number[] = [];
    const take = (row: number, score: number) => {
      if (matched[row] === at + 1) best[row] = Math.min(best[row] ?? 0, score);
      else if (matched[row] === at && candidates.has(row)) {
        matched[row] = at + 1;
        best[row] = score;
        found.push(row);
      }
    };
    eachWanted(words, want, take);
    for (const row of found) scores[row] = (scores[row] ?? 0) + (best[row] ?? 0);
    rows = found;
  });
  return { rows, scores };
}

/** Every row that has the word in some field, with what it costs there. */
function eachWanted(words: Words, want: WantedWord, take: (row: number, score: number) => void): void {
  wantedIn(words, want).forEach(({ field, terms, beginning }, place) => {
    const fields = [field];
    const inexact = (term: string) => place * fieldUnit + (term === want.word ? 0 : 1);
    eachMatch(words, { query: [...terms.keys()].join(' '), fields }, (row, term) =>
      take(row, (terms.get(term) ?? 0) * typoUnit + inexact(term)),
    );
    if (beginning !== null)
      eachMatch(words, { query: beginning, fields, prefix: true }, (row, term) => take(row, inexact(term)));
  });
}

function orderByWords(scores: Int32Array, gapsOf: (row: number) => number): TextMatch['byWords'] {
  const fieldsOf = (row: number) => Math.floor((scores[row] ?? 0) / fieldUnit);
  return (a, b) => fieldsOf(a) - fieldsOf(b) || gapsOf(a) - gapsOf(b) || (scores[a] ?? 0) - (scores[b] ?? 0);
}

/** How many neighbouring words of the query no field of a row has side by side. */
function gapsBetween(query: string[], prefixLast: boolean, phrases: string[]): (row: number) => number {
  const pairs = query.slice(1).map((word, at) => {
    const isLast = at === query.length - 2;
    return ` ${query[at] ?? ''} ${word}${isLast && prefixLast ? '' : ' '}`;
  });
  if (pairs.length === 0) return () => 0;
  return onceARow(phrases.length, (row) => {
    const phrase = phrases[row] ?? '';
    return pairs.filter((pair) => !phrase.includes(pair)).length;
  });
}
