import { createHash } from 'node:crypto';
import { Binary, BSONRegExp, ObjectId } from 'bson';
import { StoreError } from './errors.ts';
import { isDoc, own, RANK, rankOf, type Doc } from './values.ts';

/** Longer keys are cut here and closed by a hash: LMDB's own limit is 1,978 bytes with the index and record ids. */
export const MAX_KEY = 1900;

/** The fields of an index or a sort in their order: path and direction. */
export type KeyPattern = [path: string, direction: 1 | -1][];

/** What a document adds to an index. */
export interface DocumentKeys {
  keys: Buffer[];
  /** Per field of the index: an array was met on its path. */
  multikey: boolean[];
  /** A key was longer than the limit, so that its order is not that of its values. */
  cut: boolean;
}

// Indexed apart from null, and sorted before it.
const EMPTY_ARRAY = Symbol('empty array');
const NULL_KEY = Buffer.from([RANK.null]);
const END = Buffer.from([0]);

/** Bytes whose `Buffer.compare` order is MongoDB's value order; no encoding is the beginning of another one. */
export function encodeValue(value: unknown): Buffer {
  if (value === undefined || value === null) return NULL_KEY;
  if (value === EMPTY_ARRAY) return Buffer.from([RANK.emptyArray]);
  if (typeof value === 'number') return encodeNumber(RANK.number, value);
  if (typeof value === 'string') return Buffer.concat([Buffer.from([RANK.string]), escapeText(value), END]);
  if (typeof value === 'boolean') return Buffer.from([RANK.boolean, value ? 1 : 0]);
  if (value instanceof Date) return encodeNumber(RANK.date, value.getTime());
  if (value instanceof ObjectId) return Buffer.concat([Buffer.from([RANK.objectId]), value.id]);
  if (Array.isArray(value)) return Buffer.concat([Buffer.from([RANK.array]), ...value.map(encodeValue), END]);
  if (value instanceof Binary) return encodeBinary(value);
  if (isDoc(value))
    return Buffer.concat([Buffer.from([RANK.object]), ...Object.entries(value).flatMap(encodeField), END]);
  if (!(value instanceof BSONRegExp)) throw new StoreError(2, 'a value of this type cannot be compared');
  return Buffer.concat([Buffer.from([RANK.regex]), escapeText(value.pattern), END, escapeText(value.options), END]);
}

// MongoDB compares embedded documents field by field: the type first, then the name, then the value.
function encodeField([name, value]: [string, unknown]): Buffer[] {
  const encoded = encodeValue(value);
  return [encoded.subarray(0, 1), escapeText(name), END, encoded.subarray(1)];
}

function encodeBinary(value: Binary): Buffer {
  const head = Buffer.from([RANK.binary, 0, 0, 0, 0, value.sub_type]);
  head.writeUInt32BE(value.length(), 1);
  return Buffer.concat([head, value.value()]);
}

function encodeNumber(rank: number, value: number): Buffer {
  const bytes = Buffer.alloc(9);
  bytes[0] = rank;
  // Not-a-number is the lowest: zeros. 0 and -0 come to the same key.
  if (Number.isNaN(value)) return bytes;
  bytes.writeDoubleBE(value, 1);
  if (value >= 0) bytes[1] = bytes.readUInt8(1) | 0x80;
  else for (let i = 1; i < 9; i += 1) bytes[i] = ~bytes.readUInt8(i);
  return bytes;
}

/** UTF-8 with the two lowest bytes escaped, so that a zero byte can close it. */
export function escapeText(text: string): Buffer {
  if (!text.includes('\u0000') && !text.includes('\u0001')) return Buffer.from(text, 'utf8');
  return Buffer.from(text.replaceAll('\u0001', '\u0001\u0002').replaceAll('\u0000', '\u0001\u0001'), 'utf8');
}

/** The bytes in descending order: every byte inverted. */
export function inDirection(bytes: Buffer, direction: 1 | -1): Buffer {
  return direction === 1 ? bytes : Buffer.from(bytes.map((byte) => ~byte));
}

/** MongoDB's order of two values: negative, 0 or positive. */
export function compareValues(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (typeof a === 'number' && typeof b === 'number' && a !== b && a - b !== 0 && !Number.isNaN(a - b)) return a - b;
  const byRank = (rankOf(a) ?? 0) - (rankOf(b) ?? 0);
  return byRank === 0 ? compareBytes(encodeValue(a), encodeValue(b)) : byRank;
}

/** The order of two encodings. */
export function compareBytes(a: Buffer, b: Buffer): number {
  return Buffer.compare(a, b);
}

/** Joins encoded fields to one key, cut and hashed where it is too long. */
function joinKey(fields: Buffer[]): { key: Buffer; cut: boolean } {
  const key = Buffer.concat(fields);
  if (key.length <= MAX_KEY) return { key, cut: false };
  const hash = createHash('sha256').update(key).digest().subarray(0, 16);
  return { key: Buffer.concat([key.subarray(0, MAX_KEY), hash]), cut: true };
}

/** One field of a pattern while its path is walked. */
interface Component {
  value: unknown;
  parts: string[];
  /** Where the walk stands; behind the end for an array element, which is then kept whole even if it is an array. */
  at: number;
}

/** The keys of one document in an index with this pattern. Throws 171 where two unrelated arrays would have to be combined. */
export function documentKeys(doc: Doc, pattern: KeyPattern, sparse: boolean): DocumentKeys {
  const multikey = pattern.map(() => false);
  const found = new Map<string, Buffer>();
  let anyCut = false;
  const start = pattern.map(([path]): Component => ({ value: doc, parts: path.split('.'), at: 0 }));
  expand(start, multikey, (values) => {
    if (sparse && values.every((value) => value === undefined)) return;
    const { key, cut } = joinKey(values.map((value, i) => inDirection(encodeValue(value), pattern[i]?.[1] ?? 1)));
    anyCut ||= cut;
    found.set(key.toString('latin1'), key);
  });
  return { keys: [...found.values()], multikey, cut: anyCut };
}

/** Walks all fields to their values; an array in the way is entered by all fields that lead through it together. */
function expand(components: Component[], multikey: boolean[], emit: (values: unknown[]) => void): void {
  const walked = components.map(walk);
  const isStopped = walked.map(({ value, parts, at }) => Array.isArray(value) && at <= parts.length);
  const array = walked[isStopped.indexOf(true)]?.value;
  if (!Array.isArray(array)) return emit(walked.map(({ value }) => value));
  for (const [i, { value }] of walked.entries()) {
    if (isStopped[i] && value !== array) throw new StoreError(171, 'cannot index parallel arrays');
    multikey[i] ||= isStopped[i] ?? false;
  }
  for (const element of array.length > 0 ? array : [EMPTY_ARRAY]) {
    const inside = walked.map((component, i) => (isStopped[i] ? enter(component, element) : component));
    expand(inside, multikey, emit);
  }
}

function walk({ value, parts, at }: Component): Component {
  while (at < parts.length && !Array.isArray(value)) {
    value = isDoc(value) ? own(value, parts[at] ?? '') : undefined;
    at += 1;
  }
  return { value, parts, at };
}

function enter({ parts, at }: Component, element: unknown): Component {
  if (at === parts.length) return { value: element, parts, at: at + 1 };
  return isDoc(element) ? { value: element, parts, at } : { value: undefined, parts, at: parts.length + 1 };
}

/**
 * The key by which a document is sorted, its bytes as text, which compares fastest. Of an array its lowest element counts, in descending order its
 * highest.
 */
export function sortKey(doc: Doc, pattern: KeyPattern): string {
  const fields = pattern.map(([path, direction]) => {
    const keys: Buffer[] = [];
    const collect = ([value]: unknown[]) => keys.push(inDirection(encodeValue(value), direction));
    expand([{ value: doc, parts: path.split('.'), at: 0 }], [false], collect);
    return keys.length === 1 ? keys : keys.toSorted(compareBytes).slice(0, 1);
  });
  return Buffer.concat(fields.flat()).toString('latin1');
}

/** The order of two texts by their code units. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
