import {
  codeFields,
  isAttribute,
  type LabelRun,
  type NumberField,
  numberFields,
  type SearchDoc,
} from './document.rules.ts';

/** One field's codes: a small number a document, 0 for none, and what the numbers stand for. */
interface CodeColumn {
  numbers: Uint32Array;
  values: string[];
  numberOf: Map<string, number>;
}

/** Up to 32 values of a facet by their places in it, and for each row which of them it has, a bit each. */
export interface ValueBits {
  met: Uint32Array;
  places: number[];
}

/** Everything about documents that is not text, one row a document, so that filters, counts and orders are plain scans. */
export interface Columns {
  /** Rows ever used; a row is a document's number. */
  rows: number;
  isAlive: Uint8Array;
  ids: string[];
  nameKeys: string[];
  recordedAt: Float64Array;
  /** By field, made when a document has it; not a number where a row has none. */
  numbers: Map<NumberField, Float64Array>;
  /** By field, made when a document has it. */
  codes: Map<string, CodeColumn>;
  /** Every (scheme, level, criteria document) that occurs; its place is its number. */
  labels: { scheme: string; level: string | undefined; criterion: string | undefined }[];
  labelNumber: Map<string, number>;
  /** Per row: label number, first day, last day, and so on. */
  runs: number[][];
  /** Labels valid on a day, as bits: 32 labels an array. Made when asked for, forgotten at the next write. */
  validOn: Map<number, Uint32Array[]>;
  /** Rows that meet a clause, by its text; likewise. */
  rowSets: Map<string, Uint8Array>;
  /** Which of a facet's values rows have, by the text of these; likewise. */
  valueBits: Map<string, ValueBits[]>;
}

/** The number of a row without a code. */
export const none = 0;
const firstCapacity = 1024;
const daysKept = 4;

/** No rows yet. */
export function createColumns(): Columns {
  return {
    rows: 0,
    isAlive: new Uint8Array(firstCapacity),
    ids: [],
    nameKeys: [],
    recordedAt: new Float64Array(firstCapacity),
    numbers: new Map(),
    codes: new Map(),
    labels: [],
    labelNumber: new Map(),
    runs: [],
    validOn: new Map(),
    rowSets: new Map(),
    valueBits: new Map(),
  };
}

/** Writes a document's row, a new one or an earlier one of the same document. */
export function putRow(columns: Columns, row: number, doc: SearchDoc): void {
  if (row >= columns.isAlive.length) grow(columns);
  columns.rows = Math.max(columns.rows, row + 1);
  columns.isAlive[row] = 1;
  columns.ids[row] = doc.id;
  columns.nameKeys[row] = doc.nameKey;
  columns.recordedAt[row] = doc.recordedAt;
  putFields(columns, row, doc);
  columns.runs[row] = doc.runs.flatMap((run) => [labelFor(columns, run), run.from, run.through ?? Infinity]);
  forget(columns);
}

/** Takes a row out of every answer. */
export function dropRow(columns: Columns, row: number): void {
  columns.isAlive[row] = 0;
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
    column.numbers[row] = numberFor(column.numberOf, value, () => column.values.push(value));
  }
}

function numberColumn(columns: Columns, field: NumberField): Float64Array {
  const known = columns.numbers.get(field);
  if (known) return known;
  const column = new Float64Array(columns.isAlive.length).fill(NaN);
  columns.numbers.set(field, column);
  return column;
}

function codeColumn(columns: Columns, field: string): CodeColumn {
  const known = columns.codes.get(field);
  if (known) return known;
  const column = { numbers: new Uint32Array(columns.isAlive.length), values: [''], numberOf: new Map() };
  columns.codes.set(field, column);
  return column;
}

/** The labels valid on a day, for every row. */
export function labelBits(columns: Columns, on: number): Uint32Array[] {
  const known = columns.validOn.get(on);
  if (known) return known;
  const bits = Array.from({ length: Math.ceil(columns.labels.length / 32) }, () => new Uint32Array(columns.rows));
  for (let row = 0; row < columns.rows; row++) {
    const runs = columns.runs[row] ?? [];
    for (let at = 0; at < runs.length; at += 3) {
      const [label = 0, from = 0, through = 0] = [runs[at], runs[at + 1], runs[at + 2]];
      const word = bits[label >>> 5];
      if (word && from <= on && on <= through) word[row] = (word[row] ?? 0) | (1 << (label & 31));
    }
  }
  if (columns.validOn.size >= daysKept) columns.validOn.clear();
  columns.validOn.set(on, bits);
  return bits;
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
  const capacity = columns.isAlive.length * 2;
  columns.isAlive = wider(new Uint8Array(capacity), columns.isAlive);
  columns.recordedAt = wider(new Float64Array(capacity), columns.recordedAt);
  for (const [field, numbers] of columns.numbers)
    columns.numbers.set(field, wider(new Float64Array(capacity).fill(NaN), numbers));
  for (const column of columns.codes.values()) column.numbers = wider(new Uint32Array(capacity), column.numbers);
}

function wider<A extends Uint8Array | Uint32Array | Float64Array>(next: A, old: A): A {
  next.set(old);
  return next;
}

function forget({ validOn, rowSets, valueBits }: Columns): void {
  for (const kept of [validOn, rowSets, valueBits]) kept.clear();
}
