import { batchSize, type RecordModel, type StoredDocument } from './model.ts';
import type { Filter } from './records.ts';

// Documents come as they are stored, and what is asked needs no casting: the driver alone is enough.

/** How documents are found: with only the named fields where some are named, in an order, so many at the most. */
interface Finding {
  fields?: readonly string[];
  sort?: Record<string, 1 | -1>;
  limit?: number;
}

/** A list that nobody bounds ends here. */
const most = 10_000;

/** Those of the ids that exist. */
export function readByIds(model: RecordModel, ids: string[], fields?: readonly string[]): Promise<StoredDocument[]> {
  return readFound(model, { _id: { $in: ids } }, { ...(fields && { fields }), limit: ids.length });
}

/** The documents that meet a filter. */
export function readFound(
  { collection }: RecordModel,
  filter: Filter,
  { fields, sort, limit = most }: Finding,
): Promise<StoredDocument[]> {
  const options = { batchSize, limit, ...(sort && { sort }), ...(fields && { projection: projectionOf(fields) }) };
  return collection.find<StoredDocument>(filter as object, options).toArray();
}

/** All of them, one after the other. */
export function streamFound(
  { collection }: RecordModel,
  filter: Filter,
  fields?: readonly string[],
): AsyncIterable<StoredDocument> {
  const options = { batchSize: 200, ...(fields && { projection: projectionOf(fields) }) };
  return collection.find<StoredDocument>(filter as object, options);
}

function projectionOf(fields: readonly string[]): Record<string, 1> {
  return Object.fromEntries(fields.map((field) => [field, 1]));
}
