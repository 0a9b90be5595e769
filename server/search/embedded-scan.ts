import type { Facet, Filter } from './clause.rules.ts';
import type { NumberField } from './document.rules.ts';
import { rowsMeeting, valuesMet } from './embedded-clauses.ts';
import { type Columns, none } from './embedded-columns.ts';
import type { FacetAnswer, SearchAnswer } from './port.ts';

/** Rows that meet every filter, and those that miss only the filter of one facet, which that facet still counts. */
export interface Scan {
  /** 1 where the row may count for anything. */
  isCandidate: Uint8Array;
  /** 0 where every filter is met; else 1 + the place of the one filter that is not. */
  missed: Uint8Array;
}

type Count = FacetAnswer['values'][number];

const mostValues = 200;

/** One pass over all rows for each filter. @throws SearchFault bad_filter */
export function scanFilters(columns: Columns, filters: Filter[], facets: Facet[]): Scan {
  const names = new Set(facets.map(({ name }) => name));
  const isCandidate = columns.isAlive.slice(0, columns.rows);
  const missed = new Uint8Array(columns.rows);
  filters.forEach(({ facet, where }, at) => {
    const meets = rowsMeeting(columns, where);
    const isCounted = facet !== undefined && names.has(facet);
    for (let row = 0; row < columns.rows; row++) {
      if (meets[row] === 1) continue;
      if (!isCounted || missed[row] !== 0) isCandidate[row] = 0;
      missed[row] = at + 1;
    }
  });
  return { isCandidate, missed };
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
): SearchAnswer['facets'] {
  return Object.fromEntries(
    facets.map((facet) => {
      const counted = byMissed.filter((_, place) => place === 0 || filters[place - 1]?.facet === facet.name);
      const counts =
        'field' in facet ? countField(columns, facet.field, counted) : countValues(columns, facet.values, counted);
      const values = counts.filter(({ count }) => count > 0).sort(byCount);
      const range = 'range' in facet && facet.range ? rangeOf(columns, facet.range, counted) : undefined;
      const cut = { values: values.slice(0, mostValues), truncated: values.length > mostValues };
      return [facet.name, { ...cut, ...(range && { range }) }];
    }),
  );
}

function byCount(a: Count, b: Count): number {
  return b.count - a.count || (a.value < b.value ? -1 : 1);
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

function countField(columns: Columns, field: string, counted: Int32Array[]): Count[] {
  const column = columns.codes.get(field);
  if (!column) return [];
  const { numbers, values } = column;
  const counts = new Uint32Array(values.length);
  for (const rows of counted)
    for (let at = 0; at < rows.length; at++) {
      const number = numbers[rows[at] ?? 0] ?? none;
      counts[number] = (counts[number] ?? 0) + 1;
    }
  counts[none] = 0;
  return values.map((value, number) => ({ value, count: counts[number] ?? 0 }));
}

function countValues(
  columns: Columns,
  values: Extract<Facet, { values: unknown }>['values'],
  counted: Int32Array[],
): Count[] {
  const counts = new Uint32Array(values.length);
  for (const { met, places } of valuesMet(columns, values))
    for (const rows of counted)
      for (let at = 0; at < rows.length; at++) {
        // From one value that the row has to the next, not over all values: most rows have few.
        for (let left = met[rows[at] ?? 0] ?? 0; left !== 0; left &= left - 1) {
          const value = places[31 - Math.clz32(left & -left)] ?? 0;
          counts[value] = (counts[value] ?? 0) + 1;
        }
      }
  return values.map(({ value }, at) => ({ value, count: counts[at] ?? 0 }));
}
