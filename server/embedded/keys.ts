import { createHash } from 'node:crypto';
import { Binary, BSONRegExp, ObjectId } from 'bson';
import { StoreError } from './errors.ts';
import { isDoc, own, RANK, rankOf, type Doc } from './values.ts';

// Keys are bytes; here each byte is one character of a text, which joins and compares fastest. `toBytes` gives what is stored.

/** Longer keys are cut here and closed by a hash: LMDB's own limit is 1,978 bytes with the index and record ids. */
export const MAX_KEY = 1900;
/** Sorts after every continuation of a key. */
export const HIGH = '\u00ff'.repeat(24);

/** The fields of an index or a sort in their order: path and direction. */
export type KeyPattern = [path: string, direction: 1 | -1][];

/** What a document adds to an index. */
export interface DocumentKeys {
  keys: Set<string>;
  /** Per field of the index: an array was met on its path. */
  multikey: boolean[];
  /** A key was longer than the limit, so that its order is not that of its values. */
  cut: boolean;
}

// Indexed apart from null, and sorted before it.
const EMPTY_ARRAY = Symbol('empty array');
const END = '\0';

/** The bytes of a key. */
export const toBytes = (key: string): Buffer => Buffer.from(key, 'latin1');

/** The first byte of every key of a type. */
export const rankKey = (rank: number): string => String.fromCharCode(rank);

/** A key whose order is MongoDB's value order; none is the beginning of another one. */
export function encodeValue(value: unknown): string {
  if (value === EMPTY_ARRAY) return rankKey(RANK.emptyArray);
  const rank = rankOf(value);
  if (rank === undefined) throw new StoreError(2, 'a value of this type cannot be compared');
  return rankKey(rank) + encodePayload(value);
}

function encodePayload(value: unknown): string {
  if (typeof value === 'number') return encodeNumber(value);
  if (typeof value === 'string') return encodeText(value) + END;
  if (typeof value === 'boolean') return value ? '\u0001' : '\0';
  if (value instanceof Date) return encodeNumber(value.getTime());
  if (value instanceof ObjectId) return Buffer.from(value.id).toString('latin1');
  if (Array.isArray(value)) return value.map(encodeValue).join('') + END;
  if (value instanceof Binary) return encodeBinary(value);
  if (isDoc(value)) return Object.entries(value).map(encodeField).join('') + END;
  return value instanceof BSONRegExp ? encodeText(value.pattern) + END + encodeText(value.options) + END : '';
}

// MongoDB compares embedded documents field by field: the type first, then the name, then the value.
function encodeField([name, value]: [string, unknown]): string {
  const encoded = encodeValue(value);
  return encoded.slice(0, 1) + encodeText(name) + END + encoded.slice(1);
}

function encodeBinary(value: Binary): string {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(value.length());
  head[4] = value.sub_type;
  return head.toString('latin1') + Buffer.from(value.value()).toString('latin1');
}

const NUMBER = Buffer.alloc(8);

function encodeNumber(value: number): string {
  // Not-a-number is the lowest: zeros. 0 and -0 come to the same key.
  if (Number.isNaN(value)) NUMBER.fill(0);
  else NUMBER.writeDoubleBE(value === 0 ? 0 : value);
  if (value >= 0) NUMBER[0] = NUMBER.readUInt8(0) | 0x80;
  return value < 0 ? inDirection(NUMBER.toString('latin1'), -1) : NUMBER.toString('latin1');
}

/** UTF-8 with the two lowest bytes escaped, so that a zero byte can close it. */
export function encodeText(text: string): string {
  const isPlain = !text.includes('\u0001') && !text.includes('\0');
  const escaped = isPlain ? text : text.replaceAll('\u0001', '\u0001\u0002').replaceAll('\0', '\u0001\u0001');
  return Buffer.from(escaped, 'utf8').toString('latin1');
}

/** The key in descending order: every byte inverted. */
export function inDirection(key: string, direction: 1 | -1): string {
  if (direction === 1) return key;
  const bytes = toBytes(key);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = 0xff - (bytes[i] ?? 0);
  return bytes.toString('latin1');
}

/** The order of two keys. */
export function compareKeys(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** MongoDB's order of two values: negative, 0 or positive. */
export function compareValues(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (typeof a === 'number' && typeof b === 'number' && !Number.isNaN(a - b)) return a - b;
  const byRank = (rankOf(a) ?? 0) - (rankOf(b) ?? 0);
  return byRank === 0 ? compareKeys(encodeValue(a), encodeValue(b)) : byRank;
}

/** What the operators of comparison ask of the order of two values. */
export const COMPARISONS: Record<string, (order: number) => boolean> = {
  $eq: (order) => order === 0,
  $ne: (order) => order !== 0,
  $gt: (order) => order > 0,
  $gte: (order) => order >= 0,
  $lt: (order) => order < 0,
  $lte: (order) => order <= 0,
};

/** One field of a pattern while its path is walked. */
interface Component {
  value: unknown;
  parts: string[];
  /** Where the walk stands; behind the end for an array element, which is then kept whole even if it is an array. */
  at: number;
}

/** The keys of one document in an index with this pattern. Throws 171 where two unrelated arrays would have to be combined. */
export function documentKeys(doc: Doc, pattern: KeyPattern, sparse = false): DocumentKeys {
  const found: DocumentKeys = { keys: new Set(), multikey: pattern.map(() => false), cut: false };
  eachValues(doc, { pattern, multikey: found.multikey }, (values) => {
    if (sparse && values.every((value) => value === undefined)) return;
    const key = values.map((value, i) => inDirection(encodeValue(value), pattern[i]?.[1] ?? 1)).join('');
    const isLong = key.length > MAX_KEY;
    found.cut ||= isLong;
    found.keys.add(isLong ? key.slice(0, MAX_KEY) + hashOf(key) : key);
  });
  return found;
}

function hashOf(key: string): string {
  return createHash('sha256').update(toBytes(key)).digest().subarray(0, 16).toString('latin1');
}

/** The fields of a key, and for each whether an array was met on its path. */
type Fields = { pattern: KeyPattern; multikey: boolean[] };

/** Gives the values of all fields together: once, or where arrays lie in the way once for each of their elements. */
function eachValues(doc: Doc, { pattern, multikey }: Fields, emit: (values: unknown[]) => void): void {
  const plain = pattern.map(([path]) => plainValue(doc, path));
  // Nearly every document: no array, and so no walk that can part.
  if (!plain.some(Array.isArray)) return emit(plain);
  const start = pattern.map(([path]): Component => ({ value: doc, parts: path.split('.'), at: 0 }));
  expand(start, multikey, emit);
}

/** The value at a path, or the first array on it. */
function plainValue(doc: Doc, path: string): unknown {
  let value: unknown = doc;
  for (const part of path.split('.')) {
    if (Array.isArray(value)) return value;
    value = isDoc(value) ? own(value, part) : undefined;
  }
  return value;
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

/** The key by which a document is sorted. Of an array its lowest element counts, in descending order its highest. */
export function sortKey(doc: Doc, pattern: KeyPattern): string {
  const fields = pattern.map(([path, direction]) => {
    const keys: string[] = [];
    const collect = ([value]: unknown[]) => keys.push(inDirection(encodeValue(value), direction));
    eachValues(doc, { pattern: [[path, direction]], multikey: [false] }, collect);
    return keys.reduce((lowest, key) => (key < lowest ? key : lowest));
  });
  return fields.join('');
}
