import { batchSize, fromStored, type StoredDocument } from './model.ts';
import type { Recorded, RecordsParts } from './records.ts';

/**
 * Gives every record of a small collection. They are read again only where one was written since: each time it is the
 * revisions that are asked for, a few bytes of each, so that what another process wrote is seen at once.
 */
export function keepAll<T extends Recorded>({ model, schema }: RecordsParts): () => Promise<T[]> {
  let kept: { stamp: string; records: T[] } = { stamp: '', records: [] };
  return async () => {
    const stamp = JSON.stringify(await model.find({}, { revision: 1, recordedAt: 1 }).batchSize(batchSize).lean());
    if (stamp !== kept.stamp) {
      const documents = await model.find({}).batchSize(batchSize).lean<StoredDocument[]>();
      kept = { stamp, records: documents.map((document) => fromStored(schema, document) as T) };
    }
    return [...kept.records];
  };
}
