import { fromStored, type StoredDocument } from './model.ts';
import { badQuery } from './problem.ts';
import type { Filter, RecordsParts } from './records.ts';

/** Which part of a feed to read: changes from `since` to `until`, or behind the place that `cursor` names. */
export interface FeedQuery {
  since: string;
  until: string;
  limit: number;
  cursor?: string;
}

/** A page of a feed: `resume` is the place behind its last record, for whenever the reader comes back. */
export interface FeedPage<T> {
  items: T[];
  total: number;
  next: string | null;
  resume: string;
}

interface Place {
  at: string;
  id: string;
}

/**
 * Records in the order of `changedAt`, those of one instant by id. A record that changes moves to the end and is read
 * again there, so a reader who follows `resume` misses none and meets each state at most once, as long as nothing is
 * committed later with a `changedAt` up to `until`.
 * @throws Problem 400 for a cursor that is none of a feed
 */
export async function readFeed(
  { model, schema }: RecordsParts,
  filter: Filter,
  { since, until, limit, cursor }: FeedQuery,
): Promise<FeedPage<unknown>> {
  const start = cursor === undefined ? { at: since, id: '' } : placeOf(cursor);
  const within = { $and: [filter, { changedAt: { $gte: since, $lte: until } }] };
  const behind = {
    $or: [{ changedAt: { $gt: start.at } }, { changedAt: start.at, _id: { $gt: start.id } }],
  };
  const [documents, total] = await Promise.all([
    model
      .find({ $and: [filter, { changedAt: { $gte: start.at, $lte: until } }, behind] })
      .sort({ changedAt: 1, _id: 1 })
      .limit(limit + 1)
      .lean<StoredDocument[]>(),
    model.countDocuments(within),
  ]);
  const page = documents.slice(0, limit);
  const last = page.at(-1);
  const resume = last ? cursorOf({ at: String(last['changedAt']), id: last._id }) : cursorOf(start);
  return {
    items: page.map((document) => fromStored(schema, document)),
    total,
    next: documents.length > limit ? resume : null,
    resume,
  };
}

function cursorOf({ at, id }: Place): string {
  return Buffer.from(`${at} ${id}`).toString('base64url');
}

function placeOf(cursor: string): Place {
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ');
  if (Number.isNaN(Date.parse(at))) throw badQuery('cursor', 'CURSOR_UNKNOWN');
  return { at, id };
}
