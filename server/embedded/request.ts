import type { Cursors } from './cursors.ts';
import { StoreError } from './errors.ts';
import type { Storage } from './storage.ts';
import { isDoc, type Doc } from './values.ts';

/** One command of a client. */
export interface Request {
  storage: Storage;
  cursors: Cursors;
  /** The command's name as sent, the first field of its body. */
  name: string;
  body: Doc;
  /** When the client's `maxTimeMS` is over, on `performance.now()`'s clock; Infinity without. */
  deadline: number;
}

/** What goes back beside `ok: 1`; `batch` is spliced in as `cursor.<name>` without decoding it again. */
export interface Reply {
  fields: Doc;
  batch?: { name: 'firstBatch' | 'nextBatch'; documents: Buffer[]; id: bigint; namespace: string };
}

/** A command: the fields that it knows beside those of every command, and what it does. */
export interface Command {
  fields: string[] | 'any';
  run: (request: Request) => Reply | Promise<Reply>;
}

/** The database that the command is sent to. Throws 73 for a name that cannot be one. */
export function databaseOf({ body }: Request): string {
  const database = body['$db'];
  if (typeof database !== 'string' || !/^[^/\\. "$\0]{1,63}$/.test(database))
    throw new StoreError(73, `Invalid database name: '${String(database)}'`);
  return database;
}

/** `database.collection` of the command. Throws 73 for a name that cannot be one. */
export function namespaceOf(request: Request): string {
  return namespace(databaseOf(request), request.body[request.name]);
}

/** Joins the two names. Throws 73 for a collection name that cannot be one. */
export function namespace(database: string, collection: unknown): string {
  const isName = typeof collection === 'string' && /^[^$\0]+$/.test(collection) && !collection.startsWith('.');
  if (!isName || Buffer.byteLength(collection) > 200)
    throw new StoreError(73, `Invalid collection name: ${String(collection)}`);
  return `${database}.${collection}`;
}

/** A document option. Throws 14 for anything else; absent is `{}`. */
export function docOption(value: unknown, name: string): Doc {
  if (value === undefined || value === null) return {};
  if (!isDoc(value)) throw new StoreError(14, `BSON field '${name}' is the wrong type, expected type 'object'`);
  return value;
}

/** A list of documents. Throws 14 for anything else, 2 for an empty one. */
export function docsOption(value: unknown, name: string): Doc[] {
  if (!Array.isArray(value) || !value.every(isDoc))
    throw new StoreError(14, `BSON field '${name}' must be an array of objects`);
  if (value.length === 0 || value.length > 100_000)
    throw new StoreError(2, `Write batch sizes must be between 1 and 100000. Got ${value.length} operations.`);
  return value;
}

/** Refuses fields that are not in the list: 40415, as MongoDB does. */
export function assertFields(doc: Doc, known: ReadonlySet<string>, where: string): void {
  const unknown = Object.keys(doc).find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new StoreError(40415, `BSON field '${where}.${unknown}' is an unknown or unsupported field.`);
}

/** Refuses a collation other than the simple one, which compares bytes. */
export function assertSimpleCollation(collation: unknown): void {
  if (collation === undefined) return;
  const { locale } = docOption(collation, 'collation');
  if (locale !== 'simple')
    throw new StoreError(238, 'collations other than simple are not supported by the embedded store');
}
