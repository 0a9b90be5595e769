import type { Facet, Filter } from './clause.rules.ts';
import type { NumberField } from './document.rules.ts';
import { rowsMeeting, rowsOfValues } from './embedded-clauses.ts';
import { type Columns, inOrderOf, none, placesInOrder } from './embedded-columns.ts';
import type { RowSet } from './embedded-rows.ts';
import type { FacetAnswer, Facets } from './port.ts';

/** Rows that meet every filter, and by filter of a facet those that miss it alone, which that facet still counts. */
export interface Scan {
  meeting: RowSet;
  missing: { facet: string | undefined; rows: RowSet }[];
}

const mostValues = 200;

/** The rows that count for anything. @throws SearchFault bad_filter */
export function scanFilters(columns: Columns, filters: Filter[], facets: Facet[]): Scan {
  const names = new Set(facets.map(({ name }) => name));
  const isCounted = ({ facet }: Filter) => facet !== undefined && names.has(facet);
  const others = columns.alive.clone();
  for (const { where } of filters.filter((one) => !isCounted(one))) others.intersection(rowsMeeting(columns, where));
  const counted = filters.filter(isCounted).map(({ facet, where }) => ({ facet, rows: rowsMeeting(columns, where) }));
  const without = (left: number | null) =>
    counted.reduce(
      (rows, filter, at) => (at === left ? rows.difference(filter.rows) : rows.intersection(filter.rows)),
      others.clone(),
    );
  return { meeting: without(null), missing: counted.map(({ facet }, at) => ({ facet, rows: without(at) })) };
}

/** All of them. */
export function candidatesOf({ meeting, missing }: Scan): RowSet {
  return missing.reduce((all, { rows }) => all.union(rows), meeting.clone());
}

/** The counts of every facet over the candidates, or those of them that words found; each leaves out its own filter. @throws SearchFault bad_filter */
export function countFacets(
  columns: Columns,
  facets: Facet[],
  { scan, found }: { scan: Scan; found: RowSet | null },
): Facets {
  return Object.fromEntries(
    facets.map((facet) => {
      const own = scan.missing.filter((missing) => missing.facet === facet.name);
      const rows = candidatesOf({ ...scan, missing: own });
      if (found) rows.intersection(found);
      const counts =
        'field' in facet ? countField(columns, facet.field, rows) : countValues(columns, facet.values, rows);
      const range = 'range' in facet && facet.range ? rangeOf(columns, facet.range, rows) : undefined;
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
function rangeOf(columns: Columns, field: NumberField, rows: RowSet): FacetAnswer['range'] {
  const numbers = columns.numbers.get(field);
  let [min, max] = [Infinity, -Infinity];
  if (numbers)
    rows.forEach((row) => {
      const number = numbers[row] ?? NaN;
      if (number < min) min = number;
      if (number > max) max = number;
    });
  return min <= max ? { min, max } : undefined;
}

function countField(columns: Columns, field: string, rows: RowSet): Counts {
  const column = columns.codes.get(field);
  if (!column) return { values: [], counts: new Uint32Array(), inOrder: new Uint32Array() };
  const { numbers, values } = column;
  const counts = new Uint32Array(values.length);
  rows.forEach((row) => {
    const number = numbers[row] ?? none;
    counts[number] = (counts[number] ?? 0) + 1;
  });
  counts[none] = 0;
  return { values, counts, inOrder: inOrderOf(column) };
}

function countValues(columns: Columns, asked: Extract<Facet, { values: unknown }>['values'], rows: RowSet): Counts {
  const values = asked.map(({ value }) => value);
  const counts = new Uint32Array(values.length);
  for (const [place, having] of rowsOfValues(columns, asked)) counts[place] = having.intersection_size(rows);
  return { values, counts, inOrder: placesInOrder(values) };
}
