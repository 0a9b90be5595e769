import { Binary, BSONRegExp, ObjectId } from 'bson';
import { ensure, StoreError } from './errors.ts';

/** A decoded BSON document. */
export type Doc = Record<string, unknown>;

/** BSON's type order, as MongoDB sorts values of different types. The gaps keep the next number free as the end of a type's range. */
export const RANK = {
  emptyArray: 0x08,
  null: 0x10,
  number: 0x20,
  string: 0x30,
  object: 0x40,
  array: 0x50,
  binary: 0x60,
  objectId: 0x70,
  boolean: 0x80,
  date: 0x90,
  regex: 0xa0,
} as const;

/** The type rank of a decoded value, or undefined where this store does not take the type. */
export function rankOf(value: unknown): number | undefined {
  if (value === undefined || value === null) return RANK.null;
  if (typeof value === 'string') return RANK.string;
  if (typeof value === 'number') return RANK.number;
  if (typeof value === 'boolean') return RANK.boolean;
  if (Array.isArray(value)) return RANK.array;
  if (value instanceof ObjectId) return RANK.objectId;
  if (value instanceof Date) return RANK.date;
  if (isDoc(value)) return RANK.object;
  if (value instanceof Binary) return RANK.binary;
  return value instanceof BSONRegExp ? RANK.regex : undefined;
}

/** Whether the value is a plain embedded document. */
export function isDoc(value: unknown): value is Doc {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Whether the value is a list of documents. */
export const isDocs = (value: unknown): value is Doc[] => Array.isArray(value) && value.every(isDoc);

/** Whether the document has operators (`$gt` ...) rather than fields: MongoDB looks at the first name only. */
export function isOperatorDoc(value: unknown): value is Doc {
  return isDoc(value) && (Object.keys(value)[0]?.startsWith('$') ?? false);
}

/** An own property of a document or an element of an array; undefined where it is absent. Never looks at a prototype. */
export function own(container: object, name: string): unknown {
  return Object.hasOwn(container, name) ? Reflect.get(container, name) : undefined;
}

/** What a table has under a name of its own, as far as the name may be sent by a client. */
export function entryOf<T>(table: Record<string, T>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Whether a path part can be an array position. */
export const isPosition = (part: string): boolean => /^(0|[1-9]\d{0,8})$/.test(part);

/** Splits a dotted path. Throws 2 for a part that would reach a prototype, 56 for an empty part. */
export function pathParts(path: string): string[] {
  const parts = path.split('.');
  ensure(!parts.includes('__proto__'), 2, `the path ${path} is not supported`);
  ensure(!parts.includes(''), 56, `the path '${path}' has an empty field name`);
  return parts;
}

const MAX_DEPTH = 100;

/**
 * Refuses what the store cannot keep or compare: Int64, Decimal128, code, timestamps, DBRefs, key names that reach prototypes, more than 100
 * levels. `allowRegex` for filters, where a pattern is a condition and not a value.
 */
export function assertSupported(value: unknown, allowRegex: boolean, depth = 0): void {
  if (typeof value !== 'object' || value === null) {
    if (value === undefined) throw new StoreError(2, 'the deprecated BSON type undefined is not supported');
    return;
  }
  if (depth > MAX_DEPTH) throw new StoreError(15, `documents are nested at most ${MAX_DEPTH} levels deep`);
  const rank = rankOf(value);
  if (rank === undefined || (rank === RANK.regex && !allowRegex))
    throw new StoreError(2, `values of type ${value.constructor.name} are not supported by the embedded store`);
  if (value instanceof Date && Number.isNaN(value.getTime())) throw new StoreError(2, 'date out of range');
  if (Array.isArray(value)) for (const element of value) assertSupported(element, allowRegex, depth + 1);
  if (!isDoc(value)) return;
  for (const [name, inner] of Object.entries(value)) {
    // The bson library takes any object with `_bsontype` for one of its own.
    if (name === '__proto__' || name === '_bsontype') throw new StoreError(2, `the name ${name} is not supported`);
    assertSupported(inner, allowRegex, depth + 1);
  }
}

/** A copy whose containers are new; leaves are shared, they are never changed in place. */
export function copyOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyOf) as T;
  if (!isDoc(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, copyOf(inner)])) as T;
}
