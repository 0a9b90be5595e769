import { toStored, type StoredDocument } from './model.ts';
import { Problem } from './problem.ts';
import { readByIds } from './record-reads.ts';
import { findAllRepeated, writeDocuments, type RepeatedEntry } from './record-bulk.ts';
import type { WriteParts } from './record-writes.ts';
import type { Recorded, RecordsParts } from './records.ts';
import { together } from './together.ts';

/** A message of writes has a time to be done in. */
const mostWritesAtOnce = 200;

/** Reads and writes of one collection that share a message with those of the same moment. */
export interface SharedMessages<T extends Recorded> extends WriteParts<T> {
  findRepeated(entry: RepeatedEntry): Promise<T | Problem | null>;
  unmark(records: Recorded[], mark: string): Promise<void>;
}

/** The reads and writes of a collection, each of which waits for those of the same moment. */
export function shareMessages<T extends Recorded>(parts: RecordsParts): SharedMessages<T> {
  const { model } = parts;
  const findRepeated = together((entries: RepeatedEntry[]) => findAllRepeated<T>(parts, entries));
  const unmarkOne = together((unmarkings: Unmarking[]) => unmark(parts, unmarkings), mostWritesAtOnce);
  return {
    ...parts,
    findRepeated,
    read: together(async (ids: string[]) => {
      const found = await readByIds(model, [...new Set(ids)]);
      const byId = new Map(found.map((document) => [document._id, document]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
    write: together((documents: StoredDocument[]) => writeDocuments(parts, documents), mostWritesAtOnce),
    async unmark(records, mark) {
      const unmarkings = records.map((record) => ({ id: idOf(record), revision: record.revision, mark }));
      await Promise.all(unmarkings.map(unmarkOne));
    },
    async repeated(owner = '', idempotency) {
      if (!idempotency) return null;
      const found = await findRepeated({ owner, idempotency });
      if (found instanceof Problem) throw found;
      return found;
    },
  };
}

interface Unmarking {
  id: string;
  revision: number;
  mark: string;
}

async function unmark({ model }: RecordsParts, unmarkings: Unmarking[]): Promise<void[]> {
  const updates = unmarkings.map(({ id, revision, mark }) => ({
    updateOne: { filter: { _id: id, revision }, update: { $unset: { [mark]: 1 } } },
  }));
  await model.collection.bulkWrite(updates as never[], { ordered: false });
  return unmarkings.map(() => undefined);
}

/** Stores what was made of each record over the revision that was worked on, each by a write of its own. */
export async function replaceAll(
  { model, schema, clock }: RecordsParts,
  records: Recorded[],
  { set, clear }: { set: readonly string[]; clear: readonly string[] },
): Promise<void> {
  if (records.length === 0) return;
  const now = clock.now();
  const replacements = records.map((record) => {
    const next: Recorded & Record<string, unknown> = { ...record, revision: record.revision + 1 };
    for (const mark of set) next[mark] ??= now;
    for (const mark of clear) delete next[mark];
    const { _id, ...replacement } = toStored(schema, next);
    return { replaceOne: { filter: { _id, revision: record.revision }, replacement } };
  });
  await model.collection.bulkWrite(replacements as never[], { ordered: false, ignoreUndefined: true });
}

function idOf(record: object): string {
  return (record as { id: string }).id;
}
