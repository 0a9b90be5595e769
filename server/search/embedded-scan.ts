import type { Facet, Filter } from './clause.rules.ts';
import type { NumberField } from './document.rules.ts';
import { rowsMeeting, valuesMet } from './embedded-clauses.ts';
import { type Columns, inOrderOf, none, placesInOrder } from './embedded-columns.ts';
import type { FacetAnswer, Facets } from './port.ts';

/** Rows that meet every filter, and those that miss only the filter of one facet, which that facet still counts. */
export interface Scan {
  /** 1 where the row may count for anything. */
  isCandidate: Uint8Array;
  /** 0 where every filter is met; else 1 + the place of the one filter that is not. */
  missed: Uint8Array;
}

const mostValues = 200;

/** One pass over all rows for each filter of a facet that is asked for, and one for all others together. @throws SearchFault bad_filter */
export function scanFilters(columns: Columns, filters: Filter[], facets: Facet[]): Scan {
  const names = new Set(facets.map(({ name }) => name));
  const isCounted = ({ facet }: Filter) => facet !== undefined && names.has(facet);
  const meetsOthers = rowsMeeting(columns, { all: filters.filter((one) => !isCounted(one)).map(({ where }) => where) });
  const isCandidate = columns.isAlive.slice(0, columns.rows);
  for (let row = 0; row < isCandidate.length; row++)
    isCandidate[row] = (isCandidate[row] ?? 0) & (meetsOthers[row] ?? 0);
  const missed = new Uint8Array(columns.rows);
  filters.forEach((filter, at) => {
    if (!isCounted(filter)) return;
    const meets = rowsMeeting(columns, filter.where);
    for (let row = 0; row < missed.length; row++) {
      if (meets[row] === 1) continue;
      if (missed[row] !== 0) isCandidate[row] = 0;
      missed[row] = at + 1;
    }
  });
  return { isCandidate, missed };
}

/** Those of the candidates that meet every filter. */
export function rowsMeetingAll(rows: Int32Array, { missed }: Scan): Int32Array {
  const meeting = new Int32Array(rows.length);
  let found = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0;
    if (missed[row] === 0) meeting[found++] = row;
  }
  return meeting.subarray(0, found);
}

/** Rows by what they miss: those that meet every filter first, then those that miss the first filter alone, and so on. */
export function rowsByMissed(rows: Int32Array, { missed }: Scan, filters: number): Int32Array[] {
  const ends = new Uint32Array(filters + 2);
  for (let at = 0; at < rows.length; at++) {
    const place = (missed[rows[at] ?? 0] ?? 0) + 1;
    ends[place] = (ends[place] ?? 0) + 1;
  }
  for (let place = 1; place < ends.length; place++) ends[place] = (ends[place] ?? 0) + (ends[place - 1] ?? 0);
  const sorted = new Int32Array(rows.length);
  const next = ends.slice();
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0;
    const place = missed[row] ?? 0;
    const to = next[place] ?? 0;
    sorted[to] = row;
    next[place] = to + 1;
  }
  return Array.from({ length: filters + 1 }, (_, place) => sorted.subarray(ends[place], ends[place + 1]));
}

/** The counts of every facet over the rows found, as `rowsByMissed` has them; each leaves out its own filter. @throws SearchFault bad_filter */
export function countFacets(
  columns: Columns,
  byMissed: Int32Array[],
  { facets, filters }: { facets: Facet[]; filters: Filter[] },
): Facets {
  return Object.fromEntries(
    facets.map((facet) => {
      const counted = byMissed.filter((_, place) => place === 0 || filters[place - 1]?.facet === facet.name);
      const counts =
        'field' in facet ? countField(columns, facet.field, counted) : countValues(columns, facet.values, counted);
      const range = 'range' in facet && facet.range ? rangeOf(columns, facet.range, counted) : undefined;
      return [facet.name, { ...mostFirst(counts), ...(range && { range }) }];
    }),
  );
}

/** How many rows have each value, and the order of the values. */
interface Counts {
  values: string[];
  counts: Uint32Array;
  /** Places of the values. */
  inOrder: Uint32Array;
}

/** The values that some row has: by count, then in order. */
function mostFirst({ values, counts, inOrder }: Counts): FacetAnswer {
  const { length } = inOrder;
  // Count and order as one number, because numbers are sorted without asking back.
  const keys = new Float64Array(length);
  let found = 0;
  for (let at = 0; at < length; at++) {
    const count = counts[inOrder[at] ?? 0] ?? 0;
    if (count > 0) keys[found++] = count * length + (length - 1 - at);
  }
  const first = keys.subarray(0, found).sort().reverse().subarray(0, mostValues);
  return {
    values: Array.from(first, (key) => {
      const value = values[inOrder[length - 1 - (key % length)] ?? 0] ?? '';
      return { value, count: Math.floor(key / length) };
    }),
    truncated: found > mostValues,
  };
}

/** The least and greatest number of the rows that have one. */
function rangeOf(columns: Columns, field: NumberField, counted: Int32Array[]): FacetAnswer['range'] {
  const numbers = columns.numbers.get(field);
  let [min, max] = [Infinity, -Infinity];
  for (const rows of numbers ? counted : [])
    for (let at = 0; at < rows.length; at++) {
      const number = numbers?.[rows[at] ?? 0] ?? NaN;
      if (number < min) min = number;
      if (number > max) max = number;
    }
  return min <= max ? { min, max } : undefined;
}

function countField(columns: Columns, field: string, counted: Int32Array[]): Counts {
  const column = columns.codes.get(field);
  if (!column) return { values: [], counts: new Uint32Array(), inOrder: new Uint32Array() };
  const { numbers, values } = column;
  const counts = new Uint32Array(values.length);
  for (const rows of counted)
    for (let at = 0; at < rows.length; at++) {
      const number = numbers[rows[at] ?? 0] ?? none;
      counts[number] = (counts[number] ?? 0) + 1;
    }
  counts[none] = 0;
  return { values, counts, inOrder: inOrderOf(column) };
}

function countValues(
  columns: Columns,
  asked: Extract<Facet, { values: unknown }>['values'],
  counted: Int32Array[],
): Counts {
  const values = asked.map(({ value }) => value);
  const counts = new Uint32Array(values.length);
  for (const { met, places } of valuesMet(columns, asked))
    for (const rows of counted)
      for (let at = 0; at < rows.length; at++) {
        // From one value that the row has to the next, not over all values: most rows have few.
        for (let left = met[rows[at] ?? 0] ?? 0; left !== 0; left &= left - 1) {
          const value = places[31 - Math.clz32(left & -left)] ?? 0;
          counts[value] = (counts[value] ?? 0) + 1;
        }
      }
  return { values, counts, inOrder: placesInOrder(values) };
}
