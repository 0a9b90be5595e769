import { TypedFastBitSet } from 'typedfastbitset';
import type { Clause, Facet } from './clause.rules.ts';
import { codeFields, isAttribute, numberFields } from './document.rules.ts';
import { type Columns, none, rowsByLabel, type RowsOfValues } from './embedded-columns.ts';
import type { RowSet } from './embedded-rows.ts';
import { fault } from './fault.rules.ts';

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

/** The rows of each value of a facet that some row has; kept until the next write. @throws SearchFault bad_filter */
export function rowsOfValues(columns: Columns, values: Extract<Facet, { values: unknown }>['values']): RowsOfValues {
  const key = JSON.stringify(values);
  const known = columns.valueSets.get(key);
  if (known) return known;
  const sets = values.flatMap(({ where }, place): RowsOfValues => {
    const rows = evaluate(columns, where);
    return rows.isEmpty() ? [] : [[place, rows]];
  });
  if (columns.valueSets.size >= mostKept) columns.valueSets.clear();
  columns.valueSets.set(key, sets);
  return sets;
}

function evaluate(columns: Columns, clause: Clause): RowSet {
  const setOf = (part: Clause) => rowsMeeting(columns, part);
  if ('not' in clause) return columns.alive.new_difference(setOf(clause.not));
  if ('any' in clause) return union(clause.any.map(setOf));
  if ('all' in clause)
    return clause.all.map(setOf).reduce((rows, part) => rows.intersection(part), columns.alive.clone());
  if ('valid' in clause) return rowsWithLabel(columns, clause);
  if ('in' in clause) return rowsWithCode(columns, clause);
  return rowsWithNumber(columns, clause);
}

function union(sets: RowSet[]): RowSet {
  return sets.reduce((rows, part) => rows.union(part), new TypedFastBitSet());
}

function rowsWhere(columns: Columns, isMet: (row: number) => boolean): RowSet {
  const rows = new TypedFastBitSet();
  for (let row = 0; row < columns.rows; row++) if (isMet(row)) rows.add(row);
  return rows;
}

function rowsWithNumber(columns: Columns, clause: Extract<Clause, { gte?: number }>): RowSet {
  const { field, gte = -Infinity, lte = Infinity, below = Infinity } = clause;
  const isKnown = numberFields.some((known) => known === field) || isAttribute(field);
  if (!isKnown) throw fault('bad_filter', `no such number: ${field}`);
  const numbers = columns.numbers.get(field);
  if (!numbers) return new TypedFastBitSet();
  return rowsWhere(columns, (row) => {
    const number = numbers[row] ?? NaN;
    return gte <= number && number <= lte && (below === Infinity || number < below);
  });
}

function rowsWithCode(columns: Columns, clause: Extract<Clause, { in: string[] }>): RowSet {
  const isKnown = codeFields.some((field) => field === clause.field) || isAttribute(clause.field);
  if (!isKnown || !Array.isArray(clause.in)) throw fault('bad_filter', `no such field: ${clause.field}`);
  const column = columns.codes.get(clause.field);
  if (!column) return new TypedFastBitSet();
  const { numbers, numberOf, values } = column;
  const isWanted = new Uint8Array(values.length);
  for (const value of clause.in) {
    const number = numberOf.get(value);
    if (number !== undefined) isWanted[number] = 1;
  }
  return rowsWhere(columns, (row) => isWanted[numbers[row] ?? none] === 1);
}

function rowsWithLabel(columns: Columns, clause: Extract<Clause, { valid: string }>): RowSet {
  const isMeant = ({ scheme, level, criterion }: Columns['labels'][number]) =>
    scheme === clause.valid && isNamed(clause.levels, level) && isNamed(clause.criteria, criterion);
  return union(rowsByLabel(columns, clause.on).filter((_, number) => isMeant(columns.labels[number]!)));
}

/** Without a list everything is named. */
function isNamed(wanted: string[] | undefined, own: string | undefined): boolean {
  return wanted === undefined || (own !== undefined && wanted.includes(own));
}
