import { setImmediate } from 'node:timers/promises';
import { withHistory } from './record-history.ts';
import { fromStored, toStored, type StoredDocument } from './model.ts';
import { Problem } from './problem.ts';
import { documentOf, isTooSlow, sameWrite, writeWithinMs, type Inserted, type WriteParts } from './record-writes.ts';
import { assertFits } from './shape.ts';
import type { Draft, Recorded, RecordsParts } from './records.ts';
import type { Author } from './author.rules.ts';
import type { Idempotency } from './route.ts';

/** One of many inserts. */
export interface BulkEntry<T extends Recorded> {
  make: (now: string) => Draft<T>;
  by: Author;
  idempotency?: Idempotency | undefined;
}

/** The keys of writes that may have been made already, with the organisation that each belongs to. */
export interface RepeatedEntry {
  owner: string;
  idempotency: Idempotency | undefined;
}

// What is made and checked between two looks at the event loop.
const sliceMs = 8;
const mostASlice = 200;

/** For each entry the record that an earlier write under its key made, a 409 where the key had another body, null where it is new. */
export async function findAllRepeated<T extends Recorded>(
  { model, schema, owner: field }: RecordsParts,
  entries: RepeatedEntry[],
): Promise<(T | Problem | null)[]> {
  const keys = entries.flatMap(({ idempotency }) => idempotency?.key ?? []);
  if (keys.length === 0) return entries.map(() => null);
  const filter = field
    ? { $or: [...keysByOwner(entries)].map(([owner, asked]) => ({ [field]: owner, ...ofKeys(asked) })) }
    : ofKeys(keys);
  const documents = await model.find(filter).lean<StoredDocument[]>();
  const found = new Map<string, T>();
  for (const document of documents) {
    const record = fromStored(schema, document) as T;
    for (const { key } of record.idempotency ?? []) found.set(`${ownerOf(field, document)} ${key}`, record);
  }
  return entries.map(({ owner, idempotency }) => {
    const record = idempotency && found.get(`${field ? owner : ''} ${idempotency.key}`);
    return record ? repeatedOr(record, idempotency) : null;
  });
}

/** Each owner with its keys, so that an index that begins with the owner is looked up once a key. */
function keysByOwner(entries: RepeatedEntry[]): Map<string, string[]> {
  const keys = new Map<string, string[]>();
  for (const { owner, idempotency } of entries)
    if (idempotency) keys.set(owner, [...(keys.get(owner) ?? []), idempotency.key]);
  return keys;
}

function ofKeys(keys: string[]): object {
  return { 'idempotency.key': { $in: keys } };
}

function ownerOf(field: string | undefined, document: StoredDocument): string {
  return field ? String(document[field]) : '';
}

function repeatedOr<T extends Recorded>(record: T, idempotency: Idempotency): T | Problem {
  try {
    return sameWrite(record, idempotency);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

/**
 * Inserts many records, each a write of its own, a slice of them in one message; null for each that a unique index refuses.
 * What the store was too slow to write is made again for a new moment, and only that.
 */
export async function insertRecords<T extends Recorded>(
  parts: RecordsParts & Pick<WriteParts<T>, 'write'>,
  entries: BulkEntry<T>[],
): Promise<(T | null)[]> {
  const outcomes: (T | null)[] = entries.map(() => null);
  let waiting = [...entries.entries()];
  while (waiting.length > 0) {
    const slice = makeSlice(parts, waiting);
    const written = await Promise.all(slice.map(parts.write));
    for (const [at, document] of slice.entries()) {
      if (written[at] === 'done') outcomes[waiting[at]![0]] = fromStored(parts.schema, document) as T;
    }
    waiting = waiting.filter((_, at) => at >= slice.length || written[at] === 'late');
    await setImmediate();
  }
  return outcomes;
}

function makeSlice<T extends Recorded>(parts: RecordsParts, waiting: [number, BulkEntry<T>][]): StoredDocument[] {
  const now = parts.clock.now();
  const until = performance.now() + sliceMs;
  const slice: StoredDocument[] = [];
  for (const [, { make, by, idempotency }] of waiting.slice(0, mostASlice)) {
    const draft = toStored(parts.schema, documentOf(parts, make(now), { now, idempotency }));
    const document = withHistory(parts, { before: null, after: draft, written: { by, at: now } });
    assertFits(parts.schema, fromStored(parts.schema, document));
    slice.push(document);
    if (performance.now() > until) break;
  }
  return slice;
}

interface WriteError {
  index: number;
  code: number;
}

/** Inserts documents, each by a write of its own, with one message; what became of each. */
export async function writeDocuments(
  { model }: Pick<RecordsParts, 'model'>,
  documents: StoredDocument[],
): Promise<Inserted[]> {
  const options = { ordered: false, maxTimeMS: writeWithinMs, ignoreUndefined: true };
  try {
    // Past mongoose, whose documents cost ten times the write: whoever made them has said already that each fits.
    await model.collection.insertMany(documents as never[], options);
    return documents.map(() => 'done');
  } catch (error) {
    if (isTooSlow(error)) {
      const late = await lateOnes(model, documents);
      return documents.map((_, index) => (late.has(index) ? 'late' : 'done'));
    }
    const errors = [(error as { writeErrors?: WriteError | WriteError[] }).writeErrors ?? []].flat();
    if (errors.length === 0 || errors.some(({ code }) => code !== 11000)) throw error;
    const refused = new Set(errors.map(({ index }) => index));
    return documents.map((_, index) => (refused.has(index) ? 'refused' : 'done'));
  }
}

/** Those of a message that broke off which are not there: by their ids, which nobody else has. */
async function lateOnes(model: RecordsParts['model'], slice: StoredDocument[]): Promise<ReadonlySet<number>> {
  const there = await model.find({ _id: { $in: slice.map(({ _id }) => _id) } }, { _id: 1 }).lean<StoredDocument[]>();
  const ids = new Set(there.map(({ _id }) => _id));
  return new Set(slice.flatMap(({ _id }, index) => (ids.has(_id) ? [] : index)));
}
