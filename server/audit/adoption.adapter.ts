import type { Connection } from 'mongoose';
import { unsealed, type ModelDefinition, type StoredDocument } from '../core/model.ts';
import { adoptedHistory } from '../core/record-history.ts';

/**
 * Gives every record from before histories were kept its first entry; how many. Each is one write, only while nobody has
 * written the record since it was read: who writes it begins its history himself.
 */
export async function adoptRecords(
  connection: Connection,
  definitions: readonly ModelDefinition[],
  now: () => string,
): Promise<number> {
  let count = 0;
  for (const definition of definitions.filter(({ history }) => history !== 'none')) {
    const documents = connection.collection<StoredDocument>(definition.collection);
    const without = { 'history.0': { $exists: false } };
    for await (const document of documents.find(without, { batchSize: 200 })) {
      const at = now();
      const { _id, revision } = document as StoredDocument & { revision: number };
      const entry = { $set: { history: adoptedHistory(definition, document, at), [unsealed]: at } };
      count += (await documents.updateOne({ _id, revision, ...without }, entry)).modifiedCount;
    }
  }
  return count;
}
