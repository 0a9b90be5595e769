import type { QueryFilter } from 'mongoose';
import { createPause, type Clock } from './clock.ts';
import type { HistoryEntry } from './history.rules.ts';
import { readFeed, type FeedPage, type FeedQuery } from './feed.ts';
import { keepAll } from './kept-records.ts';
import { fromStored, type ModelDefinition, type RecordModel, type StoredDocument } from './model.ts';
import type { Problem } from './problem.ts';
import { insertRecords, type BulkEntry, type RepeatedEntry } from './record-bulk.ts';
import { readByIds, readFound, streamFound } from './record-reads.ts';
import { replaceAll, shareMessages } from './record-sharing.ts';
import { changeRecord, insertRecord } from './record-writes.ts';
import type { Author } from './author.rules.ts';
import type { Idempotency } from './route.ts';

/** What every record carries; the keys of the writes that made it stand beside it in the store. */
export interface Recorded {
  recordedAt: string;
  revision: number;
  demo?: true;
  idempotency?: Idempotency[];
  history?: HistoryEntry[];
}
/** A record before its first write gives it a revision and the moment it became known. */
export type Draft<T extends Recorded> = Omit<T, 'id' | 'recordedAt' | 'revision' | 'demo' | 'idempotency' | 'history'>;
export type Filter = QueryFilter<StoredDocument>;
/** A page of a list: `next` is the cursor of the page after it. */
export interface Page<T> {
  items: T[];
  total: number;
  next: string | null;
}
export interface PageQuery {
  limit: number;
  cursor?: string;
  /** Rows before the page, where it is known by its number. */
  skip?: number;
  /** A field of text that every record has, by which the list runs before it runs by id. */
  by?: string;
}

/** How a write is made. */
export interface WriteOptions {
  /** Who writes it. */
  by: Author;
  /** What is done, in a word, where it is more than entering or changing the record. */
  action?: string;
  idempotency?: Idempotency | undefined;
  /** The problem that a refusal by a unique index means; `keys` are the index's fields. */
  onDuplicate?(keys: string): Problem | Promise<Problem>;
}
export interface ChangeOptions extends WriteOptions {
  /** The revision that the caller saw. */
  expected?: number;
  /** The marks that the change sets: fewer than all where it is itself the work that a mark asked for. */
  marks?: readonly string[];
}

/** A collection of records: one record is one document and one write, its revision counts the writes. */
export interface Records<T extends Recorded> {
  get(id: string): Promise<T | null>;
  /** Those of the ids that exist, each once; with only the named fields where some are named. */
  some(ids: readonly string[], fields?: readonly string[]): Promise<T[]>;
  /** Every record of a small collection, kept while none of them is written; they are shared and not to be changed. */
  all(): Promise<T[]>;
  find(filter: Filter, most?: number, order?: Record<string, 1 | -1>): Promise<T[]>;
  /** The same with only the named fields. */
  findFields(filter: Filter, fields: readonly string[]): Promise<T[]>;
  page(filter: Filter, query: PageQuery): Promise<Page<T>>;
  /** Records in the order of their last change, of a collection that keeps `changedAt`. @throws Problem 400 for a cursor that is none of a feed */
  feed(filter: Filter, query: FeedQuery): Promise<FeedPage<T>>;
  /** The records one after the other, with only the named fields where some are named; lets other work in between. */
  stream(filter: Filter, fields?: readonly string[]): AsyncIterable<T>;
  count(filter: Filter): Promise<number>;
  /** The record that an earlier write under this key made or changed. @throws Problem 409 where the key had another body */
  repeated(owner: string | undefined, idempotency: Idempotency | undefined): Promise<T | null>;
  /** The same for many keys at once; the 409 stands in the place of the record. */
  allRepeated(entries: RepeatedEntry[]): Promise<(T | Problem | null)[]>;
  /** Inserts what `make` gives for the moment it becomes known. @throws what `onDuplicate` gives */
  insert(make: (now: string) => Draft<T>, options: WriteOptions): Promise<T>;
  /** Inserts many, each a write of its own; null for each that a unique index refuses. */
  insertAll(entries: BulkEntry<T>[]): Promise<(T | null)[]>;
  /**
   * Replaces the record by what `change` makes of it, again from the new state when somebody else was faster.
   * @throws Problem 404; 412 where `expected` is given and stale; whatever `change` throws
   */
  change(id: string, change: (record: T, now: string) => T | Promise<T>, options: ChangeOptions): Promise<T>;
  /** Records on which the mark's work waits, the longest waiting first. */
  marked(mark: string, most: number): Promise<T[]>;
  /** The instant since when the mark's work waits somewhere; null where nothing waits. */
  waitingSince(mark: string): Promise<string | null>;
  /** Forgets what is no record of the register: an ended session. */
  forget(id: string): Promise<void>;
  /** Takes the mark off each record, but only while it has the revision that was worked on. */
  unmark(records: T[], mark: string): Promise<void>;
  /** Stores what was made of each record, each by a write of its own, but only while it has the revision that was worked on; with it marks are set and taken off. */
  replaceAll(records: T[], marks: { set: readonly string[]; clear: readonly string[] }): Promise<void>;
}

/** What the records of one collection need. */
export interface RecordsParts extends Omit<ModelDefinition, 'hidden' | 'indexes'> {
  model: RecordModel;
  clock: Clock;
  /** Everything written is part of the demonstration register. */
  demo: boolean;
}

/** The records of one collection over its mongoose model; what is asked or written at the same moment shares a message. */
export function createRecords<T extends Recorded>(parts: RecordsParts): Records<T> {
  const { model, schema } = parts;
  const read = (document: StoredDocument): T => fromStored(schema, document) as T;
  const waiting = (mark: string) => model.find({ [mark]: { $exists: true } }).sort({ [mark]: 1 });
  const writes = shareMessages<T>(parts);
  return {
    async get(id) {
      const document = await writes.read(id);
      return document && read(document);
    },
    async some(ids, fields) {
      const wanted = [...new Set(ids)];
      if (fields) return (await readByIds(model, wanted, fields)).map(read);
      const found = await Promise.all(wanted.map((id) => writes.read(id)));
      return found.filter((document) => document !== null).map(read);
    },
    all: keepAll<T>(parts),
    find: async (filter, limit, sort) => (await readFound(model, filter, { limit, sort })).map(read),
    findFields: async (filter, fields) => (await readFound(model, filter, { fields })).map(read),
    page: (filter, query) => readPage(parts, filter, query) as Promise<Page<T>>,
    feed: (filter, query) => readFeed(parts, filter, query) as Promise<FeedPage<T>>,
    stream: (filter, fields) => streamAll(parts, filter, fields) as AsyncIterable<T>,
    count: (filter) => model.countDocuments(filter),
    repeated: writes.repeated,
    allRepeated: (entries) => Promise.all(entries.map(writes.findRepeated)),
    insertAll: (entries) => insertRecords<T>(writes, entries),
    insert: (make, options) => insertRecord<T>(writes, make, options),
    change: (id, change, options) => changeRecord<T>(writes, { id, change, options }),
    marked: async (mark, most) => (await waiting(mark).limit(most).lean<StoredDocument[]>()).map(read),
    async waitingSince(mark) {
      const [longest] = await waiting(mark).limit(1).lean<StoredDocument[]>();
      return (longest?.[mark] as string | undefined) ?? null;
    },
    forget: async (id) => void (await model.deleteOne({ _id: id })),
    unmark: writes.unmark,
    replaceAll: (records, marks) => replaceAll(parts, records, marks),
  };
}

async function* streamAll(
  { model, schema }: RecordsParts,
  filter: Filter,
  fields?: readonly string[],
): AsyncIterable<object> {
  const pause = createPause();
  for await (const document of streamFound(model, filter, fields)) {
    yield fromStored(schema, document);
    await pause();
  }
}

async function readPage(
  { model, schema, newestFirst }: RecordsParts,
  filter: Filter,
  query: PageQuery,
): Promise<Page<unknown>> {
  const { limit, cursor, skip = 0, by } = query;
  const step = newestFirst ? -1 : 1;
  const [documents, total] = await Promise.all([
    model
      .find(cursor ? { $and: [filter, beyond(cursor, by, newestFirst ? '$lt' : '$gt')] } : filter)
      .sort({ ...(by !== undefined && { [by]: step }), _id: step })
      .skip(skip)
      .limit(limit + 1)
      .lean<StoredDocument[]>(),
    model.countDocuments(filter),
  ]);
  const items = documents.slice(0, limit);
  const last = documents.length > limit ? items.at(-1) : undefined;
  return {
    items: items.map((document) => fromStored(schema, document)),
    total,
    next: last ? cursorAt(last, by) : null,
  };
}

/** No id and no text that lists run by has it. */
const between = '\n';

function cursorAt(last: StoredDocument, by: string | undefined): string {
  const place = by === undefined ? last._id : `${String(last[by])}${between}${last._id}`;
  return Buffer.from(place).toString('base64url');
}

/** What comes after the place in the list. */
function beyond(cursor: string, by: string | undefined, than: '$lt' | '$gt'): Filter {
  const place = Buffer.from(cursor, 'base64url').toString();
  if (by === undefined) return { _id: { [than]: place } };
  const [value = '', id = ''] = place.split(between);
  return { $or: [{ [by]: { [than]: value } }, { [by]: value, _id: { [than]: id } }] };
}
