import { setImmediate } from 'node:timers/promises';
import { calculateObjectSize } from 'bson';
import type { Found } from './collection.ts';
import { StoreError } from './errors.ts';
import { compareText, sortKey, type KeyPattern } from './index-keys.ts';
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
  /** When the client's time is over, on `performance.now()`'s clock; Infinity for never. It may change while the query runs. */
  deadline: number;
  /** Sorting may take as much memory as it needs. */
  allowDiskUse?: boolean;
}

/** How long a scan may keep the thread before other clients have their turn, in milliseconds. */
export const PIECE = 4;
const PIECE_DOCUMENTS = 250;
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

async function* inScanOrder(scan: Scan, query: Query): AsyncGenerator<Found[]> {
  let toSkip = query.skip;
  let left = query.limit;
  while (!scan.isDone && left > 0) {
    const found = scan.pull(Math.min(toSkip + left, PIECE_DOCUMENTS), performance.now() + PIECE);
    const wanted = found.slice(toSkip);
    toSkip -= found.length - wanted.length;
    left -= wanted.length;
    if (wanted.length > 0) yield wanted;
    assertInTime(query.deadline);
    if (!scan.isDone && left > 0) await setImmediate();
  }
}

interface Row {
  key: string;
  found: Found;
}

/** Sorts in runs that are merged as they grow, so that no step is long; with a limit no run grows beyond it. */
async function* inSortOrder(scan: Scan, query: Query): AsyncGenerator<Found[]> {
  const top = query.skip + query.limit;
  const isBounded = query.allowDiskUse === true || Number.isFinite(top);
  const runs: Row[][] = [];
  let bytes = 0;
  while (!scan.isDone) {
    const found = scan.pull(PIECE_DOCUMENTS, performance.now() + PIECE);
    if (!isBounded) for (const { doc } of found) bytes += calculateObjectSize(doc);
    if (bytes > SORT_MEMORY) throw new StoreError(292, 'Sort exceeded memory limit of 104857600 bytes');
    runs.push(sortRows(found, query.sort).slice(0, top));
    while (runs.length > 1 && (runs.at(-2)?.length ?? 0) <= (runs.at(-1)?.length ?? 0)) mergeLast(runs, top);
    assertInTime(query.deadline);
    await setImmediate();
  }
  for (; runs.length > 1; await setImmediate()) mergeLast(runs, top);
  const sorted = runs.flat().slice(query.skip);
  for (let at = 0; at < sorted.length; at += PIECE_DOCUMENTS)
    yield sorted.slice(at, at + PIECE_DOCUMENTS).map(({ found }) => found);
}

function sortRows(found: Found[], pattern: KeyPattern): Row[] {
  const rows = found.map((item): Row => ({ key: sortKey(item.doc, pattern), found: item }));
  return rows.sort((a, b) => compareText(a.key, b.key));
}

function mergeLast(runs: Row[][], top: number): void {
  const [a = [], b = []] = runs.splice(-2);
  const merged: Row[] = [];
  for (let i = 0, j = 0; merged.length < top && i + j < a.length + b.length;) {
    const [left, right] = [a[i], b[j]];
    if (left && (!right || left.key <= right.key)) {
      merged.push(left);
      i += 1;
    } else if (right) {
      merged.push(right);
      j += 1;
    }
  }
  runs.push(merged);
}
