import type { Idempotency } from './route.ts';
import { withHistory } from './record-history.ts';
import { fromStored, toStored, type StoredDocument } from './model.ts';
import { Problem } from './problem.ts';
import { assertFits } from './shape.ts';
import type { ChangeOptions, Draft, Recorded, RecordsParts, WriteOptions } from './records.ts';

// An explicit `knownAt` lies 2 s back, so a write must be committed sooner than that after its `recordedAt`.
export const writeWithinMs = 1500;
const prepareWithinMs = 400;
const triesOnConflict = 50;

/** What the single writes of a collection share with those of the same moment. */
export interface WriteParts<T> extends RecordsParts {
  /** The document as it is stored. */
  read(id: string): Promise<StoredDocument | null>;
  /** What became of the insert of a document. */
  write(document: StoredDocument): Promise<Inserted>;
  repeated(owner: string | undefined, idempotency: Idempotency | undefined): Promise<T | null>;
}

/** An insert that is done, one that the store was too slow for, or one that a unique index refused. */
export type Inserted = 'done' | 'late' | 'refused';

/** The record that the key made, where it was asked for the same. @throws Problem 409 where the key had another body */
export function sameWrite<T extends Recorded>(record: T, { key, digest }: Idempotency): T {
  if (record.idempotency?.some((entry) => entry.key === key && entry.digest === digest)) return record;
  throw new Problem('IDEMPOTENCY_KEY_REUSED');
}

/** Inserts what `make` gives for the moment it becomes known; taken again with a new moment where the store was too slow. */
export async function insertRecord<T extends Recorded>(
  parts: WriteParts<T>,
  make: (now: string) => Draft<T>,
  options: WriteOptions,
): Promise<T> {
  const { model, schema, clock, owner } = parts;
  const { by, action, idempotency } = options;
  for (;;) {
    const now = clock.now();
    const draft = toStored(schema, documentOf(parts, make(now), { now, idempotency }));
    const document = withHistory(parts, { before: null, after: draft, written: { by, at: now, action } });
    assertKnown(model, document);
    assertFits(schema, fromStored(schema, document));
    const inserted = await parts.write(document);
    if (inserted === 'done') return fromStored(schema, document) as T;
    if (inserted === 'late') continue;
    // The same call was under way twice: the other one has won.
    const repeated = await parts.repeated(owner && (document[owner] as string), idempotency);
    if (repeated) return repeated;
    const why = await refusalOf(model, document);
    if (why === null) return fromStored(schema, document) as T;
    if (!isTooSlow(why)) throw await meaningOf(why, options);
  }
}

/** Which index refused the document, as the store says it of a write alone; null where it is written by this. */
async function refusalOf({ collection }: RecordsParts['model'], document: StoredDocument): Promise<unknown> {
  try {
    await collection.insertOne(document as never, { maxTimeMS: writeWithinMs, ignoreUndefined: true });
    return null;
  } catch (error) {
    return error;
  }
}

/** Past mongoose, whose documents cost ten times the write, what it would have refused: a field that nobody declared. */
function assertKnown({ schema }: RecordsParts['model'], document: StoredDocument): void {
  const unknown = Object.keys(document).find((name) => schema.pathType(name) === 'adhocOrUndefined');
  if (unknown !== undefined) throw new TypeError(`No field ${unknown} is declared.`);
}

/** A draft with what its first write gives it: instant, revision, key and the marks of the work that follows. */
export function documentOf<T extends Recorded>(
  { demo, marks = [] }: RecordsParts,
  draft: Draft<T>,
  { now, idempotency }: { now: string; idempotency: Idempotency | undefined },
): object {
  return {
    ...draft,
    recordedAt: now,
    revision: 1,
    ...(demo ? { demo } : {}),
    ...(idempotency ? { idempotency: [idempotency] } : {}),
    ...Object.fromEntries(marks.map((mark) => [mark, now])),
  };
}

/** Replaces a record by what `change` makes of its present state, while nobody else was faster. @throws Problem 404, 409, 412, 503 */
export async function changeRecord<T extends Recorded>(
  parts: WriteParts<T>,
  { id, change, options }: { id: string; change: (record: T, now: string) => T | Promise<T>; options: ChangeOptions },
): Promise<T> {
  const { model, schema, clock, read } = parts;
  const { by, action, expected, idempotency, marks = parts.marks ?? [] } = options;
  for (let tries = 0; tries < triesOnConflict; tries++) {
    const document = await read(id);
    if (!document) throw new Problem('NOT_FOUND');
    const record = fromStored(schema, document) as T & Record<string, unknown>;
    if (idempotency && record.idempotency?.some(({ key }) => key === idempotency.key))
      return sameWrite(record, idempotency);
    if (expected !== undefined && expected !== record.revision) throw new Problem('PRECONDITION_FAILED');
    const now = clock.now();
    const changed = await change(record, now);
    if (Date.parse(clock.now()) - Date.parse(now) > prepareWithinMs) continue;
    const next = {
      ...changed,
      revision: record.revision + 1,
      ...(idempotency ? { idempotency: [...(record.idempotency ?? []), idempotency] } : {}),
      ...Object.fromEntries(marks.map((mark) => [mark, record[mark] ?? now])),
    };
    try {
      const filter = { _id: document._id, revision: record.revision };
      const after = withHistory(parts, {
        before: document,
        after: toStored(schema, next),
        written: { by, at: now, action },
      });
      const { matchedCount } = await model.replaceOne(filter, after, { maxTimeMS: writeWithinMs });
      if (matchedCount === 1) return fromStored(schema, after) as T;
    } catch (error) {
      if (!isTooSlow(error)) throw await meaningOf(error, options);
    }
  }
  throw new Problem('BUSY');
}

/** Whether the store refused a write because its time was over. */
export function isTooSlow(error: unknown): boolean {
  return (error as { code?: number }).code === 50;
}

async function meaningOf(error: unknown, { onDuplicate }: WriteOptions): Promise<unknown> {
  const { code, keyPattern } = error as { code?: number; keyPattern?: object };
  if (code !== 11000) return error;
  const keys = Object.keys(keyPattern ?? {}).join(',');
  if (keys.includes('idempotency')) return new Problem('IDEMPOTENCY_KEY_REUSED');
  return onDuplicate ? onDuplicate(keys) : error;
}
