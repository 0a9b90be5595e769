import { setImmediate } from 'node:timers/promises';
import type { Found } from './collection.ts';
import { compileFilter } from './filter.ts';
import type { KeyPattern } from './keys.ts';
import { choosePlan, isInOrder, type Plan } from './planner.ts';
import { Scan } from './scan.ts';
import { sortPieces } from './sort.ts';
import { readSpec, type Storage } from './storage.ts';
import { assertInTime, PIECE, PIECE_DOCUMENTS } from './turns.ts';
import type { Doc } from './values.ts';

/** A query on one collection. */
export interface Query {
  storage: Storage;
  namespace: string;
  filter: Doc;
  sort: KeyPattern;
  skip: number;
  /** Infinity for no limit. */
  limit: number;
  hint?: unknown;
  /** When the client's time is over, on `performance.now()`'s clock; Infinity for never. It may change while the query runs. */
  deadline: number;
}

/** Opens the scan of a query: undefined where the collection does not exist. Throws what a wrong filter or hint throws. */
export function openScan({ storage, namespace, filter, sort, hint }: Query): { scan: Scan; plan: Plan } | undefined {
  const matches = compileFilter(filter);
  const spec = readSpec(storage, namespace);
  if (!spec) return undefined;
  const plan = choosePlan(spec, { filter, sort, hint });
  return { scan: new Scan({ storage, namespace, spec, plan, matches }), plan };
}

/** The matches of a query in order, in pieces, with other clients' turns between them. */
export async function* findMatches(query: Query): AsyncGenerator<Found[]> {
  const opened = openScan(query);
  if (!opened) return;
  const { scan, plan } = opened;
  const { sort, skip, limit } = query;
  const pieces = isInOrder(plan, sort)
    ? scanPieces(scan, query, skip + limit)
    : sortPieces(scanPieces(scan, query, Infinity), sort, skip + limit);
  yield* slicePieces(pieces, skip, limit);
}

async function* scanPieces(scan: Scan, query: Query, max: number): AsyncGenerator<Found[]> {
  for (let left = max; left > 0 && !scan.isDone;) {
    const found = scan.pull(Math.min(left, PIECE_DOCUMENTS), performance.now() + PIECE);
    left -= found.length;
    assertInTime(query.deadline);
    if (found.length > 0) yield found;
    if (left > 0 && !scan.isDone) await setImmediate();
  }
}

/** Leaves the first `skip` items out and ends after `limit` more. */
export async function* slicePieces<T>(pieces: AsyncIterable<T[]>, skip: number, limit: number): AsyncGenerator<T[]> {
  let seen = 0;
  for await (const items of pieces) {
    const wanted = items.slice(Math.max(skip - seen, 0), Math.max(skip + limit - seen, 0));
    seen += items.length;
    if (wanted.length > 0) yield wanted;
    if (seen >= skip + limit) return;
  }
}
