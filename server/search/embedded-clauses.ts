import type { Clause, Facet } from './clause.rules.ts';
import { codeFields, isAttribute, numberFields } from './document.rules.ts';
import { type Columns, labelBits, none, type ValueBits } from './embedded-columns.ts';
import { fault } from './fault.rules.ts';

/** 1 for every row that meets a condition. */
export type RowSet = Uint8Array;

const valuesANumber = 32;

const mostKept = 500;

/** The rows that meet a clause; kept until the next write, because facets ask for the same ones again. @throws SearchFault bad_filter */
export function rowsMeeting(columns: Columns, clause: Clause): RowSet {
  const key = JSON.stringify(clause);
  const known = columns.rowSets.get(key);
  if (known) return known;
  const rows = evaluate(columns, clause);
  if (columns.rowSets.size >= mostKept) columns.rowSets.clear();
  columns.rowSets.set(key, rows);
  return rows;
}

/**
 * Which values of a facet the rows have, 32 values in one number a row: the places of the values, and a bit for each. What
 * no row has is left out. Kept until the next write. @throws SearchFault bad_filter
 */
export function valuesMet(columns: Columns, values: Extract<Facet, { values: unknown }>['values']): ValueBits[] {
  const key = JSON.stringify(values);
  const known = columns.valueBits.get(key);
  if (known) return known;
  const bits: ValueBits[] = [];
  values.forEach(({ where }, place) => {
    const meets = evaluate(columns, where);
    if (!meets.includes(1)) return;
    if ((bits.at(-1)?.places.length ?? valuesANumber) === valuesANumber)
      bits.push({ met: new Uint32Array(columns.rows), places: [] });
    const { met, places } = bits.at(-1)!;
    const shift = places.push(place) - 1;
    for (let row = 0; row < met.length; row++) met[row] = (met[row] ?? 0) | ((meets[row] ?? 0) << shift);
  });
  if (columns.valueBits.size >= mostKept) columns.valueBits.clear();
  columns.valueBits.set(key, bits);
  return bits;
}

function evaluate(columns: Columns, clause: Clause): RowSet {
  if ('not' in clause) return rowsMeeting(columns, clause.not).map((meets) => 1 - meets);
  if ('any' in clause) return join(columns, clause.any, { start: 0, both: (a, b) => a | b });
  if ('all' in clause) return join(columns, clause.all, { start: 1, both: (a, b) => a & b });
  if ('valid' in clause) return rowsWithLabel(columns, clause);
  if ('in' in clause) return rowsWithCode(columns, clause);
  return rowsWithNumber(columns, clause);
}

function rowsWithNumber(columns: Columns, clause: Extract<Clause, { gte?: number }>): RowSet {
  const { field, gte = -Infinity, lte = Infinity, below = Infinity } = clause;
  const isKnown = numberFields.some((known) => known === field) || isAttribute(field);
  if (!isKnown) throw fault('bad_filter', `no such number: ${field}`);
  const numbers = columns.numbers.get(field);
  if (!numbers) return new Uint8Array(columns.rows);
  return new Uint8Array(columns.rows).map((_, row) => {
    const number = numbers[row] ?? NaN;
    return gte <= number && number <= lte && (below === Infinity || number < below) ? 1 : 0;
  });
}

function join(
  columns: Columns,
  clauses: Clause[],
  { start, both }: { start: 0 | 1; both: (a: number, b: number) => number },
): RowSet {
  const joined = new Uint8Array(columns.rows).fill(start);
  for (const clause of clauses) {
    const part = rowsMeeting(columns, clause);
    for (let row = 0; row < joined.length; row++) joined[row] = both(joined[row] ?? 0, part[row] ?? 0);
  }
  return joined;
}

function rowsWithCode(columns: Columns, clause: Extract<Clause, { in: string[] }>): RowSet {
  const isKnown = codeFields.some((field) => field === clause.field) || isAttribute(clause.field);
  if (!isKnown || !Array.isArray(clause.in)) throw fault('bad_filter', `no such field: ${clause.field}`);
  const column = columns.codes.get(clause.field);
  if (!column) return new Uint8Array(columns.rows);
  const { numbers, numberOf, values } = column;
  const isWanted = new Uint8Array(values.length);
  for (const value of clause.in) {
    const number = numberOf.get(value);
    if (number !== undefined) isWanted[number] = 1;
  }
  return new Uint8Array(columns.rows).map((_, row) => isWanted[numbers[row] ?? none] ?? 0);
}

function rowsWithLabel(columns: Columns, clause: Extract<Clause, { valid: string }>): RowSet {
  const bits = labelBits(columns, clause.on);
  const rows = new Uint8Array(columns.rows);
  columns.labels.forEach(({ scheme, level, criterion }, number) => {
    if (scheme !== clause.valid) return;
    if (!isNamed(clause.levels, level) || !isNamed(clause.criteria, criterion)) return;
    const word = bits[number >>> 5];
    const shift = number & 31;
    for (let row = 0; row < rows.length; row++) rows[row] = (rows[row] ?? 0) | (((word?.[row] ?? 0) >>> shift) & 1);
  });
  return rows;
}

/** Without a list everything is named. */
function isNamed(wanted: string[] | undefined, own: string | undefined): boolean {
  return wanted === undefined || (own !== undefined && wanted.includes(own));
}
