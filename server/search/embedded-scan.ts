import type { Facet, Filter } from './clause.rules.ts';
import type { NumberField } from './document.rules.ts';
import { rowsMeeting } from './embedded-clauses.ts';
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

/** The counts of every facet over the rows found; each leaves out its own filter. @throws SearchFault bad_filter */
export function countFacets(
  columns: Columns,
  rows: number[],
  { facets, filters, missed }: { facets: Facet[]; filters: Filter[]; missed: Uint8Array },
): SearchAnswer['facets'] {
  const hits = rows.filter((row) => missed[row] === 0);
  return Object.fromEntries(
    facets.map((facet) => {
      const own = new Set(filters.flatMap((filter, at) => (filter.facet === facet.name ? [at + 1] : [])));
      const counted = own.size === 0 ? hits : rows.filter((row) => missed[row] === 0 || own.has(missed[row] ?? 0));
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
function rangeOf(columns: Columns, field: NumberField, rows: number[]): FacetAnswer['range'] {
  const numbers = columns.numbers.get(field);
  let [min, max] = [Infinity, -Infinity];
  for (const row of numbers ? rows : []) {
    const number = numbers?.[row] ?? NaN;
    if (number < min) min = number;
    if (number > max) max = number;
  }
  return min <= max ? { min, max } : undefined;
}

function countField(columns: Columns, field: string, rows: number[]): Count[] {
  const column = columns.codes.get(field);
  if (!column) return [];
  const { numbers, values } = column;
  const counts = new Uint32Array(values.length);
  for (const row of rows) {
    const number = numbers[row] ?? none;
    counts[number] = (counts[number] ?? 0) + 1;
  }
  counts[none] = 0;
  return values.map((value, number) => ({ value, count: counts[number] ?? 0 }));
}

function countValues(columns: Columns, values: Extract<Facet, { values: unknown }>['values'], rows: number[]): Count[] {
  return values.map(({ value, where }) => {
    const meets = rowsMeeting(columns, where);
    let count = 0;
    for (const row of rows) count += meets[row] ?? 0;
    return { value, count };
  });
}
