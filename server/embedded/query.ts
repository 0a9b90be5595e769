import { setImmediate } from 'node:timers/promises';
import { calculateObjectSize } from 'bson';
import type { Found } from './collection.ts';
import { StoreError } from './errors.ts';
import { compareBytes, sortKey, type KeyPattern } from './index-keys.ts';
import { compileFilter } from './match.ts';
import { choosePlan, isInOrder, type Plan } from './planner.ts';
import { Scan } from './scan.ts';
import { readCollection, type Storage } from './storage.ts';
import { isDoc, pathParts, type Doc } from './values.ts';

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
  /** When the client's time is over, on `performance.now()`'s clock; Infinity for never. */
  deadline: number;
  /** Sorting may take as much memory as it needs. */
  allowDiskUse?: boolean;
}

/** How long a scan may keep the thread before other clients have their turn, in milliseconds. */
export const PIECE = 4;
const PIECE_DOCUMENTS = 1000;
const SORT_MEMORY = 100 * 1024 * 1024;

/** Throws 50 when the client's time is over. */
export function assertInTime(deadline: number): void {
  if (performance.now() >= deadline) throw new StoreError(50, 'operation exceeded time limit');
}

/** A sort document as a pattern. Throws 2 for a direction other than 1 and -1, or a path without a name. */
export function parseSort(sort: unknown): KeyPattern {
  if (sort === undefined || sort === null) return [];
  if (!isDoc(sort)) throw new StoreError(14, 'sort must be a document');
  return Object.entries(sort).map(([path, direction]) => {
    if (direction !== 1 && direction !== -1)
      throw new StoreError(2, `Illegal sort direction for ${path}: 1 and -1 are supported`);
    pathParts(path);
    return [path, direction];
  });
}

/** Opens the scan of a query: undefined where the collection does not exist. Throws what a wrong filter or hint throws. */
export function openScan({ storage, namespace, filter, sort, hint }: Query): { scan: Scan; plan: Plan } | undefined {
  const matches = compileFilter(filter);
  const spec = readCollection(storage, namespace);
  if (!spec) return undefined;
  const plan = choosePlan(spec, { filter, sort, hint });
  return { scan: new Scan({ storage, namespace, spec, plan, matches }), plan };
}

/** The matches of a query in order, in pieces, with other clients' turns between them. */
export async function* findMatches(query: Query): AsyncGenerator<Found[]> {
  const opened = openScan(query);
  if (!opened) return;
  const { scan, plan } = opened;
  yield* isInOrder(plan, query.sort) ? inScanOrder(scan, query) : inSortOrder(scan, query);
}

async function* inScanOrder(scan: Scan, { skip, limit, deadline }: Query): AsyncGenerator<Found[]> {
  let toSkip = skip;
  let left = limit;
  while (!scan.isDone && left > 0) {
    const found = scan.pull(Math.min(toSkip + left, PIECE_DOCUMENTS), performance.now() + PIECE);
    const wanted = found.slice(toSkip);
    toSkip -= found.length - wanted.length;
    left -= wanted.length;
    if (wanted.length > 0) yield wanted;
    assertInTime(deadline);
    if (!scan.isDone && left > 0) await setImmediate();
  }
}

async function* inSortOrder(scan: Scan, query: Query): AsyncGenerator<Found[]> {
  const top = query.skip + query.limit;
  const isBounded = query.allowDiskUse === true || Number.isFinite(top);
  let rows: { key: Buffer; found: Found }[] = [];
  let bytes = 0;
  const order = () => rows.sort((a, b) => compareBytes(a.key, b.key));
  while (!scan.isDone) {
    for (const found of scan.pull(PIECE_DOCUMENTS, performance.now() + PIECE)) {
      rows.push({ key: sortKey(found.doc, query.sort), found });
      if (!isBounded) bytes += calculateObjectSize(found.doc);
    }
    if (bytes > SORT_MEMORY) throw new StoreError(292, 'Sort exceeded memory limit of 104857600 bytes');
    if (rows.length > 2 * top + PIECE_DOCUMENTS) rows = order().slice(0, top);
    assertInTime(query.deadline);
    if (!scan.isDone) await setImmediate();
  }
  const sorted = order().slice(query.skip, top);
  for (let at = 0; at < sorted.length; at += PIECE_DOCUMENTS)
    yield sorted.slice(at, at + PIECE_DOCUMENTS).map(({ found }) => found);
}
