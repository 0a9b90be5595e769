import type { ImportColumns, ImportMapping } from '../../schemas/types.d.ts';
import { fold } from '../search/fold.rules.ts';
import { grossWords, headings, moneyWords, netWords, type LedgerField } from './ledger-words.rules.ts';

const fields = Object.keys(headings) as LedgerField[];
const exact = 1000;

/** The headings made distinct, tones as part of their letters (Windows-1258 has them as marks): an empty one is named by its place, a second one of the same name is numbered. */
export function columnNames(cells: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return cells.map((cell, index) => {
    const name = cell.normalize('NFC').replace(/\s+/g, ' ').trim().slice(0, 190) || `#${index + 1}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

/** The number, from 1, of the row that looks most like headings: titles may stand above it. 1 where none does. */
export function guessHeaderRow(rows: readonly (readonly string[])[]): number {
  const scores = rows.map((cells) => Object.keys(guessColumns(columnNames(cells))).length);
  const best = Math.max(0, ...scores);
  return best === 0 ? 1 : scores.indexOf(best) + 1;
}

/** Which column holds which field, by its heading: the closest word wins, a column holds one field. */
export function guessColumns(columns: readonly string[]): ImportColumns {
  const candidates = columns.flatMap((column) =>
    fields.map((field) => ({ column, field, score: closeness(column, field) })),
  );
  const guess: ImportColumns = {};
  const taken = new Set<string>();
  for (const { column, field, score } of candidates.toSorted((a, b) => b.score - a.score)) {
    if (score === 0 || guess[field] !== undefined || taken.has(column)) continue;
    guess[field] = column;
    taken.add(column);
  }
  return guess;
}

/** How closely a heading names a field: 0 not at all; the whole heading more than a word within it. */
function closeness(column: string, field: LedgerField): number {
  const whole = fold(column);
  const bare = fold(column.replace(/[([].*$/, ''));
  const scores = headings[field].map((word) => {
    if (word === whole || word === bare) return exact + word.length;
    if (word.length < 3 || field === 'product') return 0;
    return hasWords(bare || whole, word) ? word.length : 0;
  });
  // A unit price is no amount of the line.
  return /^(don gia|unit price|gia don vi)/.test(whole) ? 0 : Math.max(...scores);
}

/** What the heading of the amounts says by itself: before or with VAT, and in which unit. */
export function guessMoney(heading: string): Pick<ImportMapping, 'amountBasis' | 'amountUnit'> {
  const text = fold(heading.replaceAll('₫', ' vnd '));
  const isNet = netWords.some((word) => hasWords(text, word));
  const isGross = !isNet && grossWords.some((word) => hasWords(text, word));
  const unit = moneyWords.find(([, words]) => words.some((word) => hasWords(text, word)))?.[0];
  return {
    ...((isNet || isGross) && { amountBasis: isNet ? 'net' : 'gross' }),
    ...(unit !== undefined && { amountUnit: unit }),
  };
}

function hasWords(text: string, words: string): boolean {
  return ` ${text} `.includes(` ${words} `);
}

/** The mapping that counts: what was given over what is guessed; a column that was given to one field leaves the other. */
export function mergeMapping(guess: ImportMapping, given: ImportMapping): ImportMapping {
  const chosen = new Set(Object.values(given.columns ?? {}));
  const guessed = Object.entries(guess.columns ?? {}).filter(([, column]) => !chosen.has(column));
  const merged = Object.entries({ ...Object.fromEntries(guessed), ...given.columns });
  return { ...guess, ...given, columns: Object.fromEntries(merged.filter(([, column]) => column !== '')) };
}
