import { TypedFastBitSet } from 'typedfastbitset';
import {
  codeFields,
  isAttribute,
  type LabelRun,
  type NumberField,
  numberFields,
  type SearchDoc,
} from './document.rules.ts';
import type { RowSet } from './embedded-rows.ts';

/** One field's codes: a small number a document, 0 for none, and what the numbers stand for. */
export interface CodeColumn {
  numbers: Uint32Array;
  values: string[];
  numberOf: Map<string, number>;
  /** The numbers in the order of their values; made when asked for, until there is a new value. */
  inOrder: Uint32Array | null;
}

/** Those of a facet's values that some row has, by their places in it. */
export type RowsOfValues = [place: number, rows: RowSet][];

/** Everything about documents that is not text, one row a document, so that filters, counts and orders are plain scans. */
export interface Columns {
  /** Rows ever used; a row is a document's number. */
  rows: number;
  alive: RowSet;
  ids: string[];
  nameKeys: string[];
  recordedAt: Float64Array;
  /** Per row its place when the latest record comes first, then by id; of rows that were written since it is not right yet. */
  places: Uint32Array;
  written: Set<number>;
  /** By field, made when a document has it; not a number where a row has none. */
  numbers: Map<NumberField, Float64Array>;
  /** By field, made when a document has it. */
  codes: Map<string, CodeColumn>;
  /** Every (scheme, level, criteria document) that occurs; its place is its number. */
  labels: { scheme: string; level: string | undefined; criterion: string | undefined }[];
  labelNumber: Map<string, number>;
  /** Per row: label number, first day, last day, and so on. */
  runs: number[][];
  /** By day the rows on which a label is valid, by its number. Made when asked for, forgotten at the next write. */
  validOn: Map<number, RowSet[]>;
  /** Rows that meet a clause, by its text; likewise. */
  rowSets: Map<string, RowSet>;
  /** By the text of a facet's values; likewise. */
  valueSets: Map<string, RowsOfValues>;
}

/** The number of a row without a code. */
export const none = 0;
const firstCapacity = 1024;
/** What is not yet used is memory too. */
const growth = 1.25;
const daysKept = 4;

/** No rows yet. */
export function createColumns(): Columns {
  return {
    rows: 0,
    alive: new TypedFastBitSet(),
    ids: [],
    nameKeys: [],
    recordedAt: new Float64Array(firstCapacity),
    places: new Uint32Array(0),
    written: new Set(),
    numbers: new Map(),
    codes: new Map(),
    labels: [],
    labelNumber: new Map(),
    runs: [],
    validOn: new Map(),
    rowSets: new Map(),
    valueSets: new Map(),
  };
}

/** Writes a document's row, a new one or an earlier one of the same document. */
export function putRow(columns: Columns, row: number, doc: SearchDoc): void {
  if (row >= columns.recordedAt.length) grow(columns);
  columns.rows = Math.max(columns.rows, row + 1);
  columns.alive.add(row);
  columns.ids[row] = doc.id;
  columns.nameKeys[row] = doc.nameKey;
  columns.recordedAt[row] = doc.recordedAt;
  columns.written.add(row);
  putFields(columns, row, doc);
  columns.runs[row] = doc.runs.flatMap((run) => [labelFor(columns, run), run.from, run.through ?? Infinity]);
  forget(columns);
}

/** Takes a row out of every answer. */
export function dropRow(columns: Columns, row: number): void {
  columns.alive.remove(row);
  columns.runs[row] = [];
  forget(columns);
}

/** The codes, numbers and attributes of a document; what the row had before is gone. */
function putFields(columns: Columns, row: number, doc: SearchDoc): void {
  for (const numbers of columns.numbers.values()) numbers[row] = NaN;
  for (const { numbers } of columns.codes.values()) numbers[row] = none;
  for (const field of [...codeFields, ...numberFields, ...Object.keys(doc).filter(isAttribute)]) {
    const value: number | string | undefined = doc[field];
    if (typeof value === 'number') numberColumn(columns, field as NumberField)[row] = value;
    if (typeof value !== 'string') continue;
    const column = codeColumn(columns, field);
    column.numbers[row] = numberFor(column.numberOf, value, () => {
      column.inOrder = null;
      return column.values.push(value);
    });
  }
}

function numberColumn(columns: Columns, field: NumberField): Float64Array {
  const known = columns.numbers.get(field);
  if (known) return known;
  const column = new Float64Array(columns.recordedAt.length).fill(NaN);
  columns.numbers.set(field, column);
  return column;
}

function codeColumn(columns: Columns, field: string): CodeColumn {
  const known = columns.codes.get(field);
  if (known) return known;
  const numbers = new Uint32Array(columns.recordedAt.length);
  const column = { numbers, values: [''], numberOf: new Map(), inOrder: null };
  columns.codes.set(field, column);
  return column;
}

/** The places of all rows when the latest record comes first, then by id: those written since the last time are put among the others. */
export function placesOf(columns: Columns): Uint32Array {
  const { places: before, written, recordedAt, ids, rows } = columns;
  if (written.size === 0) return before;
  const byRecord = (a: number, b: number) =>
    (recordedAt[b] ?? 0) - (recordedAt[a] ?? 0) || ((ids[a] ?? '') < (ids[b] ?? '') ? -1 : 1);
  const old = new Int32Array(before.length);
  before.forEach((place, row) => void (old[place] = row));
  const left = old.filter((row) => !written.has(row));
  const fresh = Int32Array.from(written).sort(byRecord);
  const places = new Uint32Array(rows);
  let [fromLeft, fromFresh] = [0, 0];
  for (let place = 0; place < rows; place++) {
    const [next, other] = [left[fromLeft], fresh[fromFresh]];
    const isLeft = other === undefined || (next !== undefined && byRecord(next, other) < 0);
    places[(isLeft ? next : other) ?? 0] = place;
    if (isLeft) fromLeft += 1;
    else fromFresh += 1;
  }
  written.clear();
  columns.places = places;
  return places;
}

/** The numbers of a field's values, in the order of the values. */
export function inOrderOf(column: CodeColumn): Uint32Array {
  column.inOrder ??= placesInOrder(column.values);
  return column.inOrder;
}

/** The places of some values, in the order of the values. */
export function placesInOrder(values: string[]): Uint32Array {
  return Uint32Array.from(values.keys()).sort((a, b) => ((values[a] ?? '') < (values[b] ?? '') ? -1 : 1));
}

/** By the number of each label the rows on which it is valid on a day. */
export function rowsByLabel(columns: Columns, on: number): RowSet[] {
  const known = columns.validOn.get(on);
  if (known) return known;
  const sets = columns.labels.map(() => new TypedFastBitSet());
  for (let row = 0; row < columns.rows; row++) {
    const runs = columns.runs[row] ?? [];
    for (let at = 0; at < runs.length; at += 3) {
      const [label = 0, from = 0, through = 0] = [runs[at], runs[at + 1], runs[at + 2]];
      if (from <= on && on <= through) sets[label]?.add(row);
    }
  }
  if (columns.validOn.size >= daysKept) columns.validOn.clear();
  columns.validOn.set(on, sets);
  return sets;
}

function labelFor(columns: Columns, { scheme, level, criterion }: LabelRun): number {
  const key = JSON.stringify([scheme, level, criterion]);
  return numberFor(columns.labelNumber, key, () => columns.labels.push({ scheme, level, criterion }));
}

function numberFor(numbers: Map<string, number>, key: string, add: () => number): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  const number = add() - 1;
  numbers.set(key, number);
  return number;
}

function grow(columns: Columns): void {
  const capacity = Math.ceil(columns.recordedAt.length * growth);
  columns.recordedAt = wider(new Float64Array(capacity), columns.recordedAt);
  for (const [field, numbers] of columns.numbers)
    columns.numbers.set(field, wider(new Float64Array(capacity).fill(NaN), numbers));
  for (const column of columns.codes.values()) column.numbers = wider(new Uint32Array(capacity), column.numbers);
}

function wider<A extends Uint32Array | Float64Array>(next: A, old: A): A {
  next.set(old);
  return next;
}

function forget({ validOn, rowSets, valueSets }: Columns): void {
  for (const kept of [validOn, rowSets, valueSets]) kept.clear();
}
