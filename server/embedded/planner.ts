import { BSONRegExp } from 'bson';
import { ensure } from './errors.ts';
import { operatorsOf } from './filter.ts';
import { compareKeys, compareValues, encodeText, encodeValue, HIGH, inDirection, MAX_KEY, rankKey } from './keys.ts';
import type { KeyPattern } from './keys.ts';
import { keyPattern, type CollectionSpec, type IndexSpec } from './storage.ts';
import { isDoc, isDocs, isPosition, RANK, rankOf, type Doc } from './values.ts';

/** How candidates are found. A superset, unless it is certain: the caller re-checks every candidate with the full filter. */
export type Plan =
  | { stage: 'COLLSCAN' }
  | { stage: 'IXSCAN'; index: IndexSpec; ranges: StoredRange[]; reverse: boolean; sorted: boolean; isCertain: boolean }
  | { stage: 'OR'; branches: Plan[] };

/** What has to be found: filter, order, and the index that the client asks for. */
export type Wanted = { filter: Doc; sort: KeyPattern; hint?: unknown };

/** Keys from `start` to everything that begins with `end`. */
type KeyRange = { start: string; end: string };

/** The same as keys are stored; or the one key of the one document that has it. */
type StoredRange = KeyRange & { isOne: boolean };

/** One condition that holds for every match. */
type Predicate = { path: string; operator: string; operand: unknown };

/** What the conditions say of one field of an index: single values or one range. */
type Bounds = { ranges: KeyRange[]; isPoint: boolean; excludesNull: boolean };

type Candidate = { plan: Extract<Plan, { stage: 'IXSCAN' }>; score: number };

const MAX_RANGES = 2000;
// More than any number of fields scores: one document, or one for each value.
const WHOLE_KEY = 100;

/** Chooses the index for a query, or a full scan. Throws 2 for a hint without index, 291 for one that would leave matches out. */
export function choosePlan(collection: CollectionSpec, { filter, sort, hint }: Wanted): Plan {
  const predicates = conjuncts(filter);
  const usable = collection.indexes.filter(({ building }) => !building);
  if (hint !== undefined) return planHint(usable, { predicates, sort, hint });
  // What names its one document needs no comparison of indexes.
  const byId = predicates.some(({ path }) => path === '_id') && usable[0] && planIndex(usable[0], predicates, sort);
  if (byId && byId.score >= WHOLE_KEY) return byId.plan;
  // An index whose first field nobody asks for neither narrows nor sorts.
  const asked = new Set([...predicates.map(({ path }) => path), ...sort.map(([path]) => path)]);
  const helping = usable.filter(({ key }) => asked.has(Object.keys(key)[0] ?? ''));
  const candidates = helping.flatMap((index) => planIndex(index, predicates, sort) ?? []);
  const [best] = candidates.toSorted((a, b) => b.score - a.score);
  if (best && best.score > 0) return best.plan;
  return planOr(collection, filter) ?? { stage: 'COLLSCAN' };
}

/** Whether the plan gives the documents in the wanted order. */
export function isInOrder(plan: Plan, sort: KeyPattern): boolean {
  return sort.length === 0 || (plan.stage === 'IXSCAN' && plan.sorted);
}

function planHint(usable: IndexSpec[], asked: { predicates: Predicate[]; sort: KeyPattern; hint: unknown }): Plan {
  const { predicates, sort, hint } = asked;
  if (isDoc(hint) && '$natural' in hint) return { stage: 'COLLSCAN' };
  const index = usable.find(({ name, key }) => name === hint || JSON.stringify(key) === JSON.stringify(hint));
  ensure(index, 2, 'hint provided does not correspond to an existing index');
  const found = planIndex(index, predicates, sort);
  ensure(found, 291, `the index ${index.name} cannot answer this query completely`);
  return found.plan;
}

function planOr(collection: CollectionSpec, { $or }: Doc): Plan | undefined {
  if (!isDocs($or)) return undefined;
  const branches = $or.map((filter) => choosePlan(collection, { filter, sort: [] }));
  return branches.some(({ stage }) => stage === 'COLLSCAN') ? undefined : { stage: 'OR', branches };
}

/** The conditions of a filter that must all hold. What no index can use is there as one that none knows: `$or` and the like, paths by array position. */
function conjuncts(filter: Doc): Predicate[] {
  return Object.entries(filter).flatMap(([path, condition]): Predicate[] => {
    if (path === '$and' && isDocs(condition)) return condition.flatMap(conjuncts);
    if (path.startsWith('$') || path.split('.').some(isPosition))
      return [{ path, operator: 'other', operand: condition }];
    return operatorsOf(condition).map(([operator, operand]) => ({ path, operator, operand }));
  });
}

function planIndex(index: IndexSpec, predicates: Predicate[], sort: KeyPattern): Candidate | undefined {
  if (!coversFilter(index, predicates)) return undefined;
  const bounds = indexBounds(index, predicates);
  if (index.sparse && !bounds.some(({ excludesNull }) => excludesNull)) return undefined;
  const order = sortDirection(index, bounds, sort);
  const points = bounds.filter(({ isPoint }) => isPoint).length;
  const isWholeKey = index.unique === true && points === Object.keys(index.key).length;
  const score = points * 10 + (bounds.length - points) * 5 + (order ? 4 : 0) + (isWholeKey ? WHOLE_KEY : 0);
  const ranges = joinRanges(bounds, isWholeKey);
  // Where the one condition is that a value is among these, an entry in the index says that it is.
  const [only, ...others] = bounds;
  const isAllAsked = predicates.length === 1 && others.length === 0 && only?.isPoint === true && only.excludesNull;
  const isCertain = isAllAsked && ranges.every(({ start }) => start.length < MAX_KEY);
  const plan = {
    stage: 'IXSCAN' as const,
    index,
    ranges,
    reverse: order === -1,
    sorted: order !== undefined,
    isCertain,
  };
  return { plan, score };
}

/** Whether every match of the filter is in the index: true unless it is partial and the filter does not imply its expression. */
function coversFilter({ partialFilterExpression }: IndexSpec, predicates: Predicate[]): boolean {
  return conjuncts(partialFilterExpression ?? {}).every((needed) => predicates.some((known) => implies(known, needed)));
}

const PRESENT = new Set(['$eq', '$gt', '$gte', '$lt', '$lte', '$regex']);

// What is not plainly implied is not used: the same condition, or any value where the index asks for one.
function implies({ path, operator, operand }: Predicate, needed: Predicate): boolean {
  if (path !== needed.path) return false;
  if (operator === needed.operator && compareValues(operand, needed.operand) === 0) return true;
  if (needed.operator !== '$exists') return false;
  if (operator === '$in') return Array.isArray(operand) && !operand.includes(null);
  return PRESENT.has(operator) && operand !== null;
}

/** Bounds of the leading fields: equal values, and after them one range. */
function indexBounds(index: IndexSpec, predicates: Predicate[]): Bounds[] {
  const bounds: Bounds[] = [];
  let ranges = 1;
  for (const [i, [path, direction]] of keyPattern(index).entries()) {
    const isMultikey = index.multikey[i] ?? false;
    // Fields behind one array describe its elements one by one, a filter may be met by different elements: only the first gets bounds.
    if (isMultikey && index.multikey.slice(0, i).includes(true)) break;
    const onPath = predicates.filter((predicate) => predicate.path === path);
    const next = fieldBounds(onPath, isMultikey);
    ranges *= next?.ranges.length ?? 1;
    if (!next || ranges > MAX_RANGES) break;
    bounds.push(direction === 1 ? next : { ...next, ranges: next.ranges.map(downwards).toReversed() });
    if (!next.isPoint) break;
  }
  return bounds;
}

function downwards({ start, end }: KeyRange): KeyRange {
  return { start: inDirection(end, -1), end: inDirection(start, -1) };
}

/** What the conditions on a field allow, in ascending order; undefined where they say nothing that an index can use. */
function fieldBounds(predicates: Predicate[], isMultikey: boolean): Bounds | undefined {
  const known = predicates.flatMap((predicate) => predicateBounds(predicate) ?? []);
  const narrowest = known.find(({ isPoint }) => isPoint) ?? known[0];
  // Different elements of an array may meet different conditions: only one of them may narrow the search.
  if (!narrowest || narrowest.isPoint || isMultikey) return narrowest;
  const ranges = known.flatMap((bounds) => bounds.ranges);
  const start = ranges.map((range) => range.start).reduce((a, b) => (a > b ? a : b));
  const end = ranges.map((range) => range.end).reduce((a, b) => (a + HIGH < b + HIGH ? a : b));
  return { ...narrowest, ranges: start < end + HIGH ? [{ start, end }] : [] };
}

const BOUNDED = new Set<unknown>([RANK.number, RANK.string, RANK.binary, RANK.objectId, RANK.boolean, RANK.date]);

function predicateBounds({ operator, operand }: Predicate): Bounds | undefined {
  if (operator === '$in') return Array.isArray(operand) ? pointBounds(operand) : undefined;
  if (operator === '$eq' || (operand === null && (operator === '$gte' || operator === '$lte')))
    return pointBounds([operand]);
  if (operator === '$regex') return operand instanceof BSONRegExp ? prefixBounds(operand) : undefined;
  const rank = rankOf(operand);
  if (rank === undefined || !BOUNDED.has(rank)) return undefined;
  const [value, type] = [encodeValue(operand), rankKey(rank)];
  if (operator === '$gt' || operator === '$gte') return rangeBounds({ start: value, end: type });
  return operator === '$lt' || operator === '$lte' ? rangeBounds({ start: type, end: value }) : undefined;
}

const rangeBounds = (range: KeyRange): Bounds => ({ ranges: [range], isPoint: false, excludesNull: true });

function pointBounds(values: unknown[]): Bounds | undefined {
  if (!values.every((value) => value === null || BOUNDED.has(rankOf(value)))) return undefined;
  const keys = [...new Set(values.map(encodeValue))].toSorted(compareKeys);
  return { ranges: keys.map((key) => ({ start: key, end: key })), isPoint: true, excludesNull: !values.includes(null) };
}

const LITERAL = /^\^((?:[\p{L}\p{N} _,:;@#%&'"<>=!~`/-]|\\[.\-/+*?^$()[\]{}\\])+)(?![*?{])/u;

/** The range of strings that an anchored, case-sensitive pattern without alternatives can match. */
function prefixBounds({ pattern, options }: BSONRegExp): Bounds | undefined {
  const literal = LITERAL.exec(pattern)?.[1];
  if (options !== '' || pattern.includes('|') || literal === undefined) return undefined;
  const prefix = rankKey(RANK.string) + encodeText(literal.replaceAll(/\\(.)/gu, '$1'));
  return rangeBounds({ start: prefix, end: prefix });
}

function joinRanges(bounds: Bounds[], isWholeKey: boolean): StoredRange[] {
  let joined: KeyRange[] = [{ start: '', end: '' }];
  for (const { ranges } of bounds)
    joined = joined.flatMap(({ start }) =>
      ranges.map((range) => ({ start: start + range.start, end: start + range.end })),
    );
  const cut = joined.map(({ start, end }) => {
    const isOne = isWholeKey && start.length <= MAX_KEY;
    return { start: start.slice(0, MAX_KEY), end: end.slice(0, MAX_KEY) + HIGH, isOne };
  });
  // Cutting can make two long values one range.
  return cut.filter(({ start }, i) => start !== cut[i - 1]?.start);
}

/** 1 or -1 when walking the index forwards or backwards gives the wanted order, undefined when it does not. */
function sortDirection(index: IndexSpec, bounds: Bounds[], sort: KeyPattern): 1 | -1 | undefined {
  if (sort.length === 0 || index.cut || index.multikey.includes(true)) return undefined;
  const pattern = keyPattern(index);
  const isFixed = ([path]: [string, unknown]) => {
    const at = bounds[pattern.findIndex(([name]) => name === path)];
    return at?.isPoint === true && at.ranges.length === 1;
  };
  const rest = pattern.filter((field) => !isFixed(field));
  const needed = sort.filter((field) => !isFixed(field));
  const direction = needed[0] && needed[0][1] !== rest[0]?.[1] ? -1 : 1;
  const isGiven = needed.every(([path, wanted], i) => rest[i]?.[0] === path && rest[i][1] * direction === wanted);
  return isGiven ? direction : undefined;
}
