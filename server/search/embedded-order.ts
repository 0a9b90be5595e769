import type { SearchRequest } from './clause.rules.ts';
import { rowsMeeting } from './embedded-clauses.ts';
import { type Columns, placesOf } from './embedded-columns.ts';
import { onceARow, type RowSet } from './embedded-rows.ts';
import { type TextMatch, typosOf } from './embedded-text.ts';

/** The order of two rows. */
type Order = (a: number, b: number) => number;

/** The order that a request asks for. It ends with the latest record, then the id, so that pages neither repeat nor skip a document. */
export function orderOf(columns: Columns, request: SearchRequest, found: TextMatch | null): Order {
  const { sort } = request;
  if (sort === 'name') return byName(columns);
  if (sort === 'price') return byPrice(columns, 1);
  if (sort === '-price') return byPrice(columns, -1);
  // What no words rank comes by its record.
  return sort === 'relevance' && found ? byRelevance(columns, found, request) : byRecord(columns);
}

function byRecord(columns: Columns): Order {
  const places = placesOf(columns);
  return (a, b) => (places[a] ?? 0) - (places[b] ?? 0);
}

function byName(columns: Columns): Order {
  const { nameKeys } = columns;
  const last = byRecord(columns);
  return (a, b) => {
    const [keyA = '', keyB = ''] = [nameKeys[a], nameKeys[b]];
    if (keyA === keyB) return last(a, b);
    return keyA < keyB ? -1 : 1;
  };
}

/** A row without a price comes last in both directions. */
function byPrice(columns: Columns, direction: 1 | -1): Order {
  const prices = columns.numbers.get('priceMinor');
  const last = byRecord(columns);
  const key = (row: number) => (Number.isNaN(prices?.[row] ?? NaN) ? Infinity : (prices?.[row] ?? 0) * direction);
  return (a, b) => compareNumbers(key(a), key(b)) || last(a, b);
}

/** Unlike a difference also right for two that are infinite. */
function compareNumbers(a: number, b: number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Fewest typos, then what is to be first whatever else, then what the words say; among their equals what is preferred. */
function byRelevance(columns: Columns, { scores, byWords }: TextMatch, { first, prefer }: SearchRequest): Order {
  const firstRows = first && rowsMeeting(columns, first);
  const isLater = (row: number) => (firstRows?.has(row) === false ? 1 : 0);
  const typos = (row: number) => typosOf(scores[row] ?? 0);
  const wish = placeAmong(prefer.map((clauses) => clauses.map((clause) => rowsMeeting(columns, clause))));
  const wishOf = onceARow(columns.rows, wish);
  const last = byRecord(columns);
  return (a, b) =>
    typos(a) - typos(b) || isLater(a) - isLater(b) || byWords(a, b) || wishOf(a) - wishOf(b) || last(a, b);
}

/** By each list in turn the place of the first set that has a row, all in one number: the less, the more it is preferred. */
function placeAmong(lists: RowSet[][]): (row: number) => number {
  return (row) =>
    lists.reduce((places, sets) => {
      const place = sets.findIndex((set) => set.has(row));
      return places * (sets.length + 1) + (place < 0 ? sets.length : place);
    }, 0);
}
