import { Long } from 'bson';
import type { Cursors } from './cursors.ts';
import { ensure, StoreError } from './errors.ts';
import type { Storage } from './storage.ts';
import { isDoc, isDocs, type Doc } from './values.ts';

/** One command of a client. */
export interface Request {
  storage: Storage;
  cursors: Cursors;
  /** The command's name as sent, the first field of its body. */
  name: string;
  /** The value of that field, mostly the name of a collection. */
  argument: unknown;
  /** The fields of this command, without those of every command. */
  given: Doc;
  database: string;
  /** When the client's `maxTimeMS` is over, on `performance.now()`'s clock; Infinity without. */
  deadline: number;
}

/** Reads one field of a command; undefined where it is absent. Throws 14 or 2 for a value that it cannot be. */
export type Read<T> = (value: unknown, name: string) => T;
/** The fields that a command (or a part of it) may have. */
export type Fields = Record<string, Read<unknown>>;
/** What was read of them. */
export type Parsed<F extends Fields> = { [Name in keyof F]: ReturnType<F[Name]> };

/** A command: what it does with a request. */
export type Command = (request: Request) => Doc | Promise<Doc>;

/** Reads the fields of a document. Throws 40415 for one that it may not have, as MongoDB does. */
export function readFields<F extends Fields>(doc: Doc, fields: F, where: string): Parsed<F> {
  const unknown = Object.keys(doc).find((name) => !Object.hasOwn(fields, name));
  ensure(unknown === undefined, 40415, `BSON field '${where}.${unknown}' is an unknown or unsupported field.`);
  return Object.fromEntries(Object.entries(fields).map(([name, read]) => [name, read(doc[name], name)])) as Parsed<F>;
}

/** A command that takes these fields beside those of every command. */
export function command<F extends Fields>(
  fields: F,
  run: (parsed: Parsed<F>, request: Request) => Doc | Promise<Doc>,
): Command {
  return (request) => run(readFields(request.given, fields, request.name), request);
}

/** Anything. */
export const any: Read<unknown> = (value) => value;
/** Taken and of no effect here. */
export const ignored: Read<void> = () => undefined;
/** True only where it is true. */
export const flag: Read<boolean> = (value) => value === true;

/** A document; absent is `{}`. */
export const doc: Read<Doc> = (value = {}, name) => {
  ensure(isDoc(value), 14, `BSON field '${name}' is the wrong type, expected type 'object'`);
  return value;
};

/** A list of statements or documents: at least one. */
export const docs: Read<Doc[]> = (value, name) => {
  ensure(isDocs(value), 14, `BSON field '${name}' must be an array of objects`);
  const isFine = value.length > 0 && value.length <= 100_000;
  ensure(isFine, 2, `Write batch sizes must be between 1 and 100000. Got ${value.length} operations.`);
  return value;
};

/** A whole number from 0 up (BSON may carry it as Int32, Int64 or double). */
export const whole: Read<number | undefined> = (value, name) => {
  if (value === undefined || value === null) return undefined;
  const number = value instanceof Long ? value.toNumber() : value;
  ensure(typeof number === 'number' && Number.isSafeInteger(number), 14, `'${name}' must be a whole number`);
  ensure(number >= 0, 2, `'${name}' must be >= 0, actual value ${number}`);
  return number;
};

/** `database.collection`. Throws 73 for a collection name that cannot be one. */
export function namespaceOf({ database, argument }: Pick<Request, 'database' | 'argument'>): string {
  const isName = typeof argument === 'string' && /^[^$\0]+$/.test(argument) && !argument.startsWith('.');
  if (isName && Buffer.byteLength(argument) <= 200) return `${database}.${argument}`;
  throw new StoreError(73, `Invalid collection name: ${String(argument)}`);
}
