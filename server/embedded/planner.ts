import { conjuncts, fieldBounds, HIGH, implies, type Bounds, type KeyRange, type Predicate } from './bounds.ts';
import { StoreError } from './errors.ts';
import { compareBytes, MAX_KEY, type KeyPattern } from './index-keys.ts';
import { keyPattern, type CollectionSpec, type IndexSpec } from './storage.ts';
import { isDoc, type Doc } from './values.ts';

/** How candidates are found. Always a superset: the caller re-checks every candidate with the full filter. */
export type Plan =
  | { stage: 'COLLSCAN' }
  | { stage: 'IXSCAN'; index: IndexSpec; ranges: KeyRange[]; reverse: boolean; sorted: boolean }
  | { stage: 'OR'; branches: Plan[] };

/** What has to be found: filter, order, and the index that the client asks for. */
export interface Wanted {
  filter: Doc;
  sort: KeyPattern;
  hint?: unknown;
}

const MAX_RANGES = 2000;
// More than any number of fields scores: one document, or one for each value.
const WHOLE_KEY = 100;

/** Chooses the index for a query, or a full scan. Throws 2 for a hint without index, 291 for one that would leave matches out. */
export function choosePlan(collection: CollectionSpec, { filter, sort, hint }: Wanted): Plan {
  const hinted = hint === undefined ? undefined : findHint(collection, hint);
  if (hinted === 'natural') return { stage: 'COLLSCAN' };
  const predicates = conjuncts(filter);
  const byId = hinted ? undefined : planById(collection, predicates, sort);
  if (byId) return byId;
  const usable = hinted ? [hinted] : collection.indexes.filter(({ building }) => !building);
  const candidates = usable.flatMap((index) => planIndex(index, predicates, sort) ?? []);
  const [best] = candidates.toSorted((a, b) => b.score - a.score);
  if (best && (hinted || best.score > 0)) return best.plan;
  if (hinted) throw new StoreError(291, `the index ${hinted.name} cannot answer this query completely`);
  return planOr(collection, filter) ?? { stage: 'COLLSCAN' };
}

/** Whether the plan gives the documents in the wanted order. */
export function isInOrder(plan: Plan, sort: KeyPattern): boolean {
  return sort.length === 0 || (plan.stage === 'IXSCAN' && plan.sorted);
}

/** What names its one document needs no comparison of indexes. */
function planById({ indexes }: CollectionSpec, predicates: Predicate[], sort: KeyPattern): Plan | undefined {
  const [index] = indexes;
  if (index?.name !== '_id_' || !predicates.some(({ path }) => path === '_id')) return undefined;
  const found = planIndex(index, predicates, sort);
  return found && found.score >= WHOLE_KEY ? found.plan : undefined;
}

function findHint({ indexes }: CollectionSpec, hint: unknown): IndexSpec | 'natural' {
  if (isDoc(hint) && '$natural' in hint) return 'natural';
  const wanted = JSON.stringify(hint);
  const index = indexes.find(
    ({ name, key, building }) => !building && (name === hint || JSON.stringify(key) === wanted),
  );
  if (!index) throw new StoreError(2, 'hint provided does not correspond to an existing index');
  return index;
}

function planOr(collection: CollectionSpec, { $or }: Doc): Plan | undefined {
  if (!Array.isArray($or) || !$or.every(isDoc)) return undefined;
  const branches = $or.map((filter) => choosePlan(collection, { filter, sort: [] }));
  return branches.some(({ stage }) => stage === 'COLLSCAN') ? undefined : { stage: 'OR', branches };
}

function planIndex(
  index: IndexSpec,
  predicates: Predicate[],
  sort: KeyPattern,
): { plan: Plan; score: number } | undefined {
  if (!coversFilter(index, predicates)) return undefined;
  const bounds = indexBounds(index, predicates);
  if (index.sparse && !bounds.some(({ excludesNull }) => excludesNull)) return undefined;
  const order = sortDirection(index, bounds, sort);
  const points = bounds.filter(({ isPoint }) => isPoint).length;
  const isWholeKey = index.unique === true && points === Object.keys(index.key).length;
  const score = points * 10 + (bounds.length - points) * 5 + (order ? 4 : 0) + (isWholeKey ? WHOLE_KEY : 0);
  const plan: Plan = {
    stage: 'IXSCAN',
    index,
    ranges: joinRanges(bounds),
    reverse: order === -1,
    sorted: order !== undefined,
  };
  return { plan, score };
}

/** Bounds of the leading fields: equal values, and after them one range. */
function indexBounds(index: IndexSpec, predicates: Predicate[]): Bounds[] {
  const bounds: Bounds[] = [];
  let ranges = 1;
  for (const [i, [path, direction]] of keyPattern(index).entries()) {
    const isMultikey = index.multikey[i] ?? false;
    // Fields behind one array describe its elements one by one, a filter may be met by different elements: only the first gets bounds.
    if (isMultikey && index.multikey.slice(0, i).some(Boolean)) break;
    const next = fieldBounds(predicates, { path, direction, isMultikey });
    ranges *= next?.parts.length ?? 1;
    if (!next || ranges > MAX_RANGES) break;
    bounds.push(next);
    if (!next.isPoint) break;
  }
  return bounds;
}

function joinRanges(bounds: Bounds[]): KeyRange[] {
  let ranges: KeyRange[] = [{ start: Buffer.alloc(0), end: Buffer.alloc(0) }];
  for (const { parts } of bounds) {
    const extend = ({ start }: KeyRange) =>
      parts.map((part) => ({ start: Buffer.concat([start, part.start]), end: Buffer.concat([start, part.end]) }));
    ranges = ranges.flatMap(extend);
  }
  const cut = ranges.map(({ start, end }) => ({
    start: start.subarray(0, MAX_KEY),
    end: Buffer.concat([end.subarray(0, MAX_KEY), HIGH]),
  }));
  // Cutting can make two long values one range.
  return cut.filter(({ start }, i) => compareBytes(start, cut[i - 1]?.start ?? HIGH) !== 0);
}

/** 1 or -1 when walking the index forwards or backwards gives the wanted order, undefined when it does not. */
function sortDirection(index: IndexSpec, bounds: Bounds[], sort: KeyPattern): 1 | -1 | undefined {
  if (sort.length === 0 || index.cut || index.multikey.some(Boolean)) return undefined;
  const pattern = keyPattern(index);
  const fixed = new Set(
    pattern.filter((_, i) => bounds[i]?.isPoint && bounds[i].parts.length === 1).map(([path]) => path),
  );
  const rest = pattern.filter(([path]) => !fixed.has(path));
  const needed = sort.filter(([path]) => !fixed.has(path));
  const direction = needed[0] && needed[0][1] !== rest[0]?.[1] ? -1 : 1;
  const isGiven = needed.every(([path, wanted], i) => rest[i]?.[0] === path && rest[i][1] * direction === wanted);
  return isGiven ? direction : undefined;
}

/** Whether every match of the filter is in the index: true unless it is partial and the filter does not imply its expression. */
function coversFilter({ partialFilterExpression }: IndexSpec, predicates: Predicate[]): boolean {
  return conjuncts(partialFilterExpression ?? {}).every((needed) =>
    predicates.some((predicate) => predicate.path === needed.path && implies(predicate, needed)),
  );
}
