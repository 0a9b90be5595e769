import { createHash } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { HistoryEntry } from '../core/history.rules.ts';
import { fromStored, unsealed, type ModelDefinition, type StoredDocument } from '../core/model.ts';
import { stateOf } from '../core/record-history.ts';
import { present } from '../core/shape.ts';
import { sha256 } from '../core/sha256.ts';
import type { AuditedRecord, AuditStore, Covered } from './port.ts';
import { adoptRecords } from './adoption.adapter.ts';
import { openSeals } from './seals.adapter.ts';

type Documents = ReturnType<typeof documentsOf>;

const batchSize = 200;

/** The collections by name. */
type Definitions = ReadonlyMap<string, ModelDefinition>;

/** The histories of all records and the seals over them, past mongoose: as they are in the store. */
export async function openAuditStore(
  connection: Connection,
  definitions: readonly ModelDefinition[],
): Promise<AuditStore> {
  const kept = definitions.filter(({ history }) => history !== 'none');
  const byName = new Map(kept.map((definition) => [definition.collection, definition]));
  return {
    hash: sha256,
    hashBytes: (bytes) => createHash('sha256').update(bytes).digest(),
    adopt: (now) => adoptRecords(connection, definitions, now),
    collections: [...byName.keys()].toSorted(),
    shown: (name, state) => {
      const { schema } = byName.get(name)!;
      return present(schema, fromStored(schema, state as StoredDocument)) as object;
    },
    ...readers(connection, byName),
    ...sealing(connection, byName),
    ...(await openSeals(connection)),
  };
}

function readers(connection: Connection, definitions: Definitions): Pick<AuditStore, 'records' | 'some'> {
  return {
    async *records(name) {
      const found = documentsOf(connection, name).find({}, { batchSize }).sort({ _id: 1 });
      for await (const document of found) yield recordOf(definitions, name, document);
    },
    async some(name, ids) {
      if (!definitions.has(name)) return [];
      const found = await documentsOf(connection, name)
        .find({ _id: { $in: ids } })
        .toArray();
      return found.map((document) => recordOf(definitions, name, document));
    },
  };
}

function sealing(
  connection: Connection,
  definitions: Definitions,
): Pick<AuditStore, 'waitingSince' | 'waiting' | 'cover'> {
  const names = [...definitions.keys()];
  return {
    async waitingSince() {
      const longest = await Promise.all(names.map((name) => longestWaiting(documentsOf(connection, name))));
      return longest.filter((since) => since !== undefined).toSorted()[0] ?? null;
    },
    async *waiting(before, most) {
      let left = most;
      for (const name of names) {
        if (left === 0) return;
        const waiting = { [unsealed]: { $lt: before } };
        const options = { batchSize, limit: left, projection: { history: 1 } };
        const found = documentsOf(connection, name)
          .find(waiting, options)
          .sort({ [unsealed]: 1 });
        for await (const { _id: id, ...document } of found) {
          left -= 1;
          yield { collection: name, id, history: historyOf(document) };
        }
      }
    },
    async cover(covered) {
      for (const name of names) {
        const updates = covered.filter(({ collection }) => collection === name).map(coverOne);
        if (updates.length > 0) await documentsOf(connection, name).bulkWrite(updates, { ordered: false });
      }
    },
  };
}

function documentsOf(connection: Connection, name: string) {
  return connection.collection<StoredDocument>(name);
}

async function longestWaiting(documents: Documents): Promise<string | undefined> {
  const filter = { [unsealed]: { $exists: true } };
  const [longest] = await documents
    .find(filter, { projection: { [unsealed]: 1 } })
    .sort({ [unsealed]: 1 })
    .limit(1)
    .toArray();
  return longest?.[unsealed] as string | undefined;
}

function recordOf(definitions: Definitions, collection: string, document: StoredDocument): AuditedRecord {
  return {
    collection,
    id: document._id,
    state: stateOf(definitions.get(collection)!, document),
    history: historyOf(document),
    unsealedSince: document[unsealed] as string | undefined,
  };
}

function historyOf(document: Record<string, unknown>): HistoryEntry[] {
  return (document['history'] ?? []) as HistoryEntry[];
}

/** Only while nobody has written the record since: what a later entry waits for is then still to be said. */
function coverOne({ id, entries, since }: Covered) {
  const update = since === undefined ? { $unset: { [unsealed]: 1 as const } } : { $set: { [unsealed]: since } };
  return { updateOne: { filter: { _id: id, [`history.${entries}`]: { $exists: false } }, update } };
}
