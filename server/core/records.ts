import type { QueryFilter } from 'mongoose';
import type { Clock } from './clock.ts';
import { fromStored, toStored, type ModelDefinition, type RecordModel, type StoredDocument } from './model.ts';
import { Problem } from './problem.ts';
import type { Idempotency } from './route.ts';

/** What every record carries; the keys of the writes that made it stand beside it in the store. */
export interface Recorded {
  recordedAt: string;
  revision: number;
  demo?: true;
  idempotency?: Idempotency[];
}
/** A record before its first write gives it a revision and the moment it became known. */
export type Draft<T extends Recorded> = Omit<T, 'id' | 'recordedAt' | 'revision' | 'demo' | 'idempotency'>;
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
}

/** How a write is made. */
export interface WriteOptions {
  idempotency?: Idempotency | undefined;
  /** The problem that a refusal by a unique index means; `keys` are the index's fields. */
  onDuplicate?(keys: string): Problem | Promise<Problem>;
}
interface ChangeOptions extends WriteOptions {
  /** The revision that the caller saw. */
  expected?: number;
  /** Sets no marks: the change is itself the background work that a mark asked for. */
  isFollowUp?: true;
}

/** A collection of records: one record is one document and one write, its revision counts the writes. */
export interface Records<T extends Recorded> {
  get(id: string): Promise<T | null>;
  find(filter: Filter, most?: number): Promise<T[]>;
  page(filter: Filter, query: PageQuery): Promise<Page<T>>;
  stream(filter: Filter): AsyncIterable<T>;
  count(filter: Filter): Promise<number>;
  /** The record that an earlier write under this key made or changed. @throws Problem 409 where the key had another body */
  repeated(owner: string | undefined, idempotency: Idempotency | undefined): Promise<T | null>;
  /** Inserts what `make` gives for the moment it becomes known. @throws what `onDuplicate` gives */
  insert(make: (now: string) => Draft<T>, options?: WriteOptions): Promise<T>;
  /**
   * Replaces the record by what `change` makes of it, again from the new state when somebody else was faster.
   * @throws Problem 404; 412 where `expected` is given and stale; whatever `change` throws
   */
  change(id: string, change: (record: T, now: string) => T | Promise<T>, options?: ChangeOptions): Promise<T>;
  /** Records on which the mark's work waits, the longest waiting first. */
  marked(mark: string, most: number): Promise<T[]>;
  /** The instant since when the mark's work waits somewhere; null where nothing waits. */
  waitingSince(mark: string): Promise<string | null>;
  /** Forgets what is no record of the register: an ended session. */
  forget(id: string): Promise<void>;
  /** Takes the mark off each record, but only while it has the revision that was worked on. */
  unmark(records: T[], mark: string): Promise<void>;
}

/** What the records of one collection need. */
export interface RecordsParts extends Pick<ModelDefinition, 'schema' | 'marks' | 'owner' | 'newestFirst'> {
  model: RecordModel;
  clock: Clock;
  /** Everything written is part of the demonstration register. */
  demo: boolean;
}

// An explicit `knownAt` lies 2 s back, so a write must be committed sooner than that after its `recordedAt`.
const writeWithinMs = 1500;
const triesOnConflict = 50;

/** The records of one collection over its mongoose model. */
export function createRecords<T extends Recorded>(parts: RecordsParts): Records<T> {
  const { model, schema } = parts;
  const read = (document: StoredDocument) => fromStored<T>(schema, document);
  const find = async (filter: Filter, most = 10_000) =>
    (await model.find(filter).limit(most).lean<StoredDocument[]>()).map(read);
  return {
    async get(id) {
      const document = await model.findById(id).lean<StoredDocument>();
      return document ? read(document) : null;
    },
    find,
    page: (filter, query) => readPage(parts, filter, query) as Promise<Page<T>>,
    async *stream(filter) {
      for await (const document of model.find(filter).lean<StoredDocument>().cursor({ batchSize: 500 }))
        yield read(document);
    },
    count: (filter) => model.countDocuments(filter),
    repeated: (owner, idempotency) => findRepeated<T>(parts, owner, idempotency),
    insert: (make, options = {}) => insert<T>(parts, make, options),
    change: (id, change, options = {}) => changeRecord<T>(parts, { id, change, options }),
    async marked(mark, most) {
      const documents = await model
        .find({ [mark]: { $exists: true } })
        .sort({ [mark]: 1 })
        .limit(most)
        .lean<StoredDocument[]>();
      return documents.map(read);
    },
    async waitingSince(mark) {
      const document = await model
        .findOne({ [mark]: { $exists: true } })
        .sort({ [mark]: 1 })
        .lean<StoredDocument>();
      return (document?.[mark] as string | undefined) ?? null;
    },
    async forget(id) {
      await model.deleteOne({ _id: id });
    },
    async unmark(records, mark) {
      const updates = records.map((record) => ({
        updateOne: { filter: { _id: idOf(record), revision: record.revision }, update: { $unset: { [mark]: 1 } } },
      }));
      if (updates.length > 0) await model.bulkWrite(updates, { ordered: false });
    },
  };
}

function idOf(record: object): string {
  return (record as { id: string }).id;
}

async function readPage(
  { model, schema, newestFirst }: RecordsParts,
  filter: Filter,
  query: PageQuery,
): Promise<Page<unknown>> {
  const { limit, cursor } = query;
  const beyond = { [newestFirst ? '$lt' : '$gt']: Buffer.from(cursor ?? '', 'base64url').toString() };
  const [documents, total] = await Promise.all([
    model
      .find(cursor ? { $and: [filter, { _id: beyond }] } : filter)
      .sort({ _id: newestFirst ? -1 : 1 })
      .limit(limit + 1)
      .lean<StoredDocument[]>(),
    model.countDocuments(filter),
  ]);
  const items = documents.slice(0, limit);
  const last = documents.length > limit ? items.at(-1) : undefined;
  return {
    items: items.map((document) => fromStored(schema, document)),
    total,
    next: last ? Buffer.from(last._id).toString('base64url') : null,
  };
}

async function findRepeated<T extends Recorded>(
  { model, schema, owner: field }: RecordsParts,
  owner: string | undefined,
  idempotency: Idempotency | undefined,
): Promise<T | null> {
  if (!idempotency) return null;
  const within = field ? { [field]: owner } : {};
  const document = await model.findOne({ ...within, 'idempotency.key': idempotency.key }).lean<StoredDocument>();
  return document ? sameWrite(fromStored<T>(schema, document), idempotency) : null;
}

function sameWrite<T extends Recorded>(record: T, { key, digest }: Idempotency): T {
  if (record.idempotency?.some((entry) => entry.key === key && entry.digest === digest)) return record;
  throw new Problem('IDEMPOTENCY_KEY_REUSED');
}

async function insert<T extends Recorded>(
  parts: RecordsParts,
  make: (now: string) => Draft<T>,
  options: WriteOptions,
): Promise<T> {
  const { model, schema, clock, demo, marks = [], owner } = parts;
  const { idempotency } = options;
  for (;;) {
    const now = clock.now();
    const record = {
      ...make(now),
      recordedAt: now,
      revision: 1,
      ...(demo ? { demo } : {}),
      ...(idempotency ? { idempotency: [idempotency] } : {}),
      ...Object.fromEntries(marks.map((mark) => [mark, now])),
    };
    const document = toStored(schema, record);
    try {
      await new model(document).save({ maxTimeMS: writeWithinMs } as never);
      return fromStored<T>(schema, document);
    } catch (error) {
      if (isTooSlow(error)) continue;
      // The same call was under way twice: the other one has won.
      const repeated = await findRepeated<T>(parts, owner && (document[owner] as string), idempotency);
      if (repeated) return repeated;
      throw await meaningOf(error, options);
    }
  }
}

async function changeRecord<T extends Recorded>(
  { model, schema, clock, marks = [] }: RecordsParts,
  { id, change, options }: { id: string; change: (record: T, now: string) => T | Promise<T>; options: ChangeOptions },
): Promise<T> {
  const { expected, idempotency, isFollowUp } = options;
  for (let tries = 0; tries < triesOnConflict; tries++) {
    const document = await model.findById(id).lean<StoredDocument>();
    if (!document) throw new Problem('NOT_FOUND');
    const record = fromStored<T & Record<string, unknown>>(schema, document);
    if (idempotency && record.idempotency?.some(({ key }) => key === idempotency.key))
      return sameWrite(record, idempotency);
    if (expected !== undefined && expected !== record.revision) throw new Problem('PRECONDITION_FAILED');
    const now = clock.now();
    const next = {
      ...(await change(record, now)),
      revision: record.revision + 1,
      ...(idempotency ? { idempotency: [...(record.idempotency ?? []), idempotency] } : {}),
      ...Object.fromEntries((isFollowUp ? [] : marks).map((mark) => [mark, record[mark] ?? now])),
    };
    try {
      const filter = { _id: document._id, revision: record.revision };
      const { matchedCount } = await model.replaceOne(filter, toStored(schema, next), {
        maxTimeMS: writeWithinMs,
      } as never);
      if (matchedCount === 1) return next;
    } catch (error) {
      if (!isTooSlow(error)) throw await meaningOf(error, options);
    }
  }
  throw new Problem('BUSY');
}

function isTooSlow(error: unknown): boolean {
  return (error as { code?: number }).code === 50;
}

async function meaningOf(error: unknown, { onDuplicate }: WriteOptions): Promise<unknown> {
  const { code, keyPattern } = error as { code?: number; keyPattern?: object };
  if (code !== 11000) return error;
  const keys = Object.keys(keyPattern ?? {}).join(',');
  if (keys.includes('idempotency')) return new Problem('IDEMPOTENCY_KEY_REUSED');
  return onDuplicate ? onDuplicate(keys) : error;
}
