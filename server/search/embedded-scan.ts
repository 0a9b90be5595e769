import type { Facet, Filter } from './clause.rules.ts';
import type { NumberField } from './document.rules.ts';
import { rowsMeeting, valuesMet, valuesAWord } from './embedded-clauses.ts';
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

/** Those of the rows that meet every filter, and those that miss one of the filters of a facet, where it is named. */
export function rowsCounted(
  rows: Int32Array,
  { missed }: Scan,
  own?: { facet: string; filters: Filter[] },
): Int32Array {
  const isLetIn = Uint8Array.from([1, ...(own?.filters ?? []).map(({ facet }) => Number(facet === own?.facet))]);
  const counted = new Int32Array(rows.length);
  let found = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0;
    // Written whether it counts or not and gone over by the next: a branch that is taken at random costs more.
    counted[found] = row;
    found += isLetIn[missed[row] ?? 0] ?? 0;
  }
  return counted.subarray(0, found);
}

/** The counts of every facet over the rows found; each leaves out its own filter. @throws SearchFault bad_filter */
export function countFacets(
  columns: Columns,
  rows: Int32Array,
  { facets, filters, ...scan }: { facets: Facet[]; filters: Filter[] } & Scan,
): SearchAnswer['facets'] {
  const hits = rowsCounted(rows, scan);
  return Object.fromEntries(
    facets.map((facet) => {
      const isChosen = filters.some((filter) => filter.facet === facet.name);
      const counted = isChosen ? rowsCounted(rows, scan, { facet: facet.name, filters }) : hits;
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
function rangeOf(columns: Columns, field: NumberField, rows: Int32Array): FacetAnswer['range'] {
  const numbers = columns.numbers.get(field);
  let [min, max] = [Infinity, -Infinity];
  for (const row of numbers ? rows : []) {
    const number = numbers?.[row] ?? NaN;
    if (number < min) min = number;
    if (number > max) max = number;
  }
  return min <= max ? { min, max } : undefined;
}

function countField(columns: Columns, field: string, rows: Int32Array): Count[] {
  const column = columns.codes.get(field);
  if (!column) return [];
  const { numbers, values } = column;
  const counts = new Uint32Array(values.length);
  for (let at = 0; at < rows.length; at++) {
    const number = numbers[rows[at] ?? 0] ?? none;
    counts[number] = (counts[number] ?? 0) + 1;
  }
  counts[none] = 0;
  return values.map((value, number) => ({ value, count: counts[number] ?? 0 }));
}

/** Goes from one value that a row has to the next, not over all values: most rows have few. */
function countValues(
  columns: Columns,
  values: Extract<Facet, { values: unknown }>['values'],
  rows: Int32Array,
): Count[] {
  const counts = new Uint32Array(values.length);
  valuesMet(columns, values).forEach((met, word) => {
    for (let at = 0; at < rows.length; at++) {
      for (let left = met[rows[at] ?? 0] ?? 0; left !== 0; left &= left - 1) {
        const value = word * valuesAWord + 31 - Math.clz32(left & -left);
        counts[value] = (counts[value] ?? 0) + 1;
      }
    }
  });
  return values.map(({ value }, at) => ({ value, count: counts[at] ?? 0 }));
}
