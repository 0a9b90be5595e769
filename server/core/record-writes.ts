import type { Idempotency } from './route.ts';
import { fromStored, toStored, type StoredDocument } from './model.ts';
import { Problem } from './problem.ts';
import type { ChangeOptions, Draft, Recorded, RecordsParts, WriteOptions } from './records.ts';

// An explicit `knownAt` lies 2 s back, so a write must be committed sooner than that after its `recordedAt`.
export const writeWithinMs = 1500;
const prepareWithinMs = 400;
const triesOnConflict = 50;

/** The record that an earlier write under this key made or changed. @throws Problem 409 where the key had another body */
export async function findRepeated<T extends Recorded>(
  { model, schema, owner: field }: RecordsParts,
  owner: string | undefined,
  idempotency: Idempotency | undefined,
): Promise<T | null> {
  if (!idempotency) return null;
  const within = field ? { [field]: owner } : {};
  const document = await model.findOne({ ...within, 'idempotency.key': idempotency.key }).lean<StoredDocument>();
  return document ? sameWrite(fromStored(schema, document) as T, idempotency) : null;
}

/** The record that the key made, where it was asked for the same. @throws Problem 409 where the key had another body */
export function sameWrite<T extends Recorded>(record: T, { key, digest }: Idempotency): T {
  if (record.idempotency?.some((entry) => entry.key === key && entry.digest === digest)) return record;
  throw new Problem('IDEMPOTENCY_KEY_REUSED');
}

/** Inserts what `make` gives for the moment it becomes known; taken again with a new moment where the store was too slow. */
export async function insertRecord<T extends Recorded>(
  parts: RecordsParts,
  make: (now: string) => Draft<T>,
  options: WriteOptions,
): Promise<T> {
  const { model, schema, clock, owner } = parts;
  const { idempotency } = options;
  for (;;) {
    const now = clock.now();
    const document = toStored(schema, documentOf(parts, make(now), { now, idempotency }));
    try {
      await new model(document).save({ maxTimeMS: writeWithinMs } as never);
      return fromStored(schema, document) as T;
    } catch (error) {
      if (isTooSlow(error)) continue;
      // The same call was under way twice: the other one has won.
      const repeated = await findRepeated<T>(parts, owner && (document[owner] as string), idempotency);
      if (repeated) return repeated;
      throw await meaningOf(error, options);
    }
  }
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
  { model, schema, clock, marks: all = [] }: RecordsParts,
  { id, change, options }: { id: string; change: (record: T, now: string) => T | Promise<T>; options: ChangeOptions },
): Promise<T> {
  const { expected, idempotency, marks = all } = options;
  for (let tries = 0; tries < triesOnConflict; tries++) {
    const document = await model.findById(id).lean<StoredDocument>();
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
      const { matchedCount } = await model.replaceOne(filter, toStored(schema, next), {
        maxTimeMS: writeWithinMs,
      });
      if (matchedCount === 1) return next;
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
