import { BSONRegExp } from 'bson';
import { compareBytes, compareValues, encodeValue, escapeText, inDirection } from './index-keys.ts';
import { isDoc, isOperatorDoc, isPosition, RANK, rankOf, type Doc } from './values.ts';

/** A range of keys: from `start` to everything that begins with `end`. */
export interface KeyRange {
  start: Buffer;
  end: Buffer;
}

/** One condition that holds for every match. */
export interface Predicate {
  path: string;
  operator: string;
  operand: unknown;
}

/** Bounds of one index field: single values or ranges, in the index's own byte order. */
export interface Bounds {
  parts: KeyRange[];
  isPoint: boolean;
  excludesNull: boolean;
}

/** A field of an index. */
export interface Field {
  path: string;
  direction: 1 | -1;
  isMultikey: boolean;
}

/** Sorts after every continuation of a key. */
export const HIGH = Buffer.alloc(24, 0xff);
const BOUNDED = new Set<number | undefined>([
  RANK.number,
  RANK.string,
  RANK.binary,
  RANK.objectId,
  RANK.boolean,
  RANK.date,
]);

/** The conditions of a filter that must all hold; `$or` and the like are left out, and so are paths by array position. */
export function conjuncts(filter: Doc): Predicate[] {
  return Object.entries(filter).flatMap(([path, condition]): Predicate[] => {
    if (path === '$and' && Array.isArray(condition)) return condition.filter(isDoc).flatMap(conjuncts);
    if (path.startsWith('$') || path.split('.').some(isPosition)) return [];
    if (condition instanceof BSONRegExp) return [{ path, operator: '$regex', operand: condition }];
    if (!isOperatorDoc(condition)) return [{ path, operator: '$eq', operand: condition }];
    const { $options } = condition;
    return Object.entries(condition).map(([operator, operand]) => {
      return { path, operator, operand: operator === '$regex' ? asPattern(operand, $options) : operand };
    });
  });
}

function asPattern(operand: unknown, options: unknown): unknown {
  const own = operand instanceof BSONRegExp ? operand : { pattern: operand, options: '' };
  return typeof own.pattern === 'string'
    ? new BSONRegExp(own.pattern, typeof options === 'string' ? options : own.options)
    : undefined;
}

/** The keys of an index field that the conditions allow; undefined where they say nothing that an index can use. */
export function fieldBounds(predicates: Predicate[], field: Field): Bounds | undefined {
  const onField = predicates.filter(({ path }) => path === field.path);
  const known = onField
    .map((predicate) => predicateBounds(predicate, field.direction))
    .filter((bounds) => bounds !== undefined);
  const point = known.find(({ isPoint }) => isPoint);
  const [first] = known;
  // Different elements of an array may meet different conditions: only one of them may narrow the search.
  if (point || !first || field.isMultikey) return point ?? first;
  const sameType = known.flatMap(({ parts }) => parts).filter(({ start }) => start[0] === first.parts[0]?.start[0]);
  const start = sameType
    .map((part) => part.start)
    .toSorted(compareBytes)
    .at(-1);
  const end = sameType.map((part) => Buffer.concat([part.end, HIGH])).toSorted(compareBytes)[0];
  if (!start || !end) return first;
  const isEmpty = compareBytes(start, end) >= 0;
  return { isPoint: false, excludesNull: true, parts: isEmpty ? [] : [{ start, end: end.subarray(0, -HIGH.length) }] };
}

function predicateBounds({ operator, operand }: Predicate, direction: 1 | -1): Bounds | undefined {
  if (operator === '$eq') return pointBounds([operand], direction);
  if (operator === '$in') return Array.isArray(operand) ? pointBounds(operand, direction) : undefined;
  if (operator === '$regex') return operand instanceof BSONRegExp ? prefixBounds(operand, direction) : undefined;
  if (!['$gt', '$gte', '$lt', '$lte'].includes(operator)) return undefined;
  return operand === null ? pointBounds([null], direction) : rangeBounds(operand, operator.startsWith('$g'), direction);
}

function pointBounds(values: unknown[], direction: 1 | -1): Bounds | undefined {
  if (!values.every((value) => value === null || BOUNDED.has(rankOf(value)))) return undefined;
  const points = new Map(
    values.map(encodeValue).map((bytes) => [bytes.toString('latin1'), inDirection(bytes, direction)]),
  );
  const parts = [...points.values()].toSorted(compareBytes).map((bytes) => ({ start: bytes, end: bytes }));
  return { parts, isPoint: true, excludesNull: !values.includes(null) };
}

function rangeBounds(operand: unknown, isLower: boolean, direction: 1 | -1): Bounds | undefined {
  const rank = rankOf(operand);
  if (rank === undefined || !BOUNDED.has(rank)) return undefined;
  const value = inDirection(encodeValue(operand), direction);
  const type = inDirection(Buffer.from([rank]), direction);
  const part = isLower === (direction === 1) ? { start: value, end: type } : { start: type, end: value };
  return { parts: [part], isPoint: false, excludesNull: true };
}

const LITERAL = /^\^((?:[\p{L}\p{N} _,:;@#%&'"<>=!~`/-]|\\[.\-/+*?^$()[\]{}\\])+)(?![*?{])/u;

/** The range of strings that an anchored, case-sensitive pattern without alternatives can match. */
function prefixBounds({ pattern, options }: BSONRegExp, direction: 1 | -1): Bounds | undefined {
  const literal = LITERAL.exec(pattern)?.[1];
  if (options !== '' || pattern.includes('|') || literal === undefined) return undefined;
  const bytes = Buffer.concat([Buffer.from([RANK.string]), escapeText(literal.replaceAll(/\\(.)/gu, '$1'))]);
  const prefix = inDirection(bytes, direction);
  return { parts: [{ start: prefix, end: prefix }], isPoint: false, excludesNull: true };
}

const PRESENT = new Set(['$eq', '$gt', '$gte', '$lt', '$lte', '$regex']);

/** Whether a document that meets the known condition surely meets the needed one (on the same path). */
export function implies(known: Predicate, needed: Predicate): boolean {
  if (known.operator === needed.operator && compareValues(known.operand, needed.operand) === 0) return true;
  if (known.operator === '$in' && Array.isArray(known.operand)) {
    const asEqual = (operand: unknown) => ({
      path: known.path,
      operator: operand instanceof BSONRegExp ? '$regex' : '$eq',
      operand,
    });
    return known.operand.every((operand) => implies(asEqual(operand), needed));
  }
  if (!PRESENT.has(known.operator) || known.operand === null) return false;
  if (needed.operator === '$exists') return needed.operand === true;
  if (known.operator === '$regex' || rankOf(known.operand) !== rankOf(needed.operand)) return false;
  const order = compareValues(known.operand, needed.operand);
  const isStrict = known.operator === '$gt' || known.operator === '$lt';
  const isInside = (sign: number) => order * sign > 0 || (order === 0 && (isStrict || needed.operator.endsWith('e')));
  if (needed.operator.startsWith('$g')) return ['$eq', '$gt', '$gte'].includes(known.operator) && isInside(1);
  if (needed.operator.startsWith('$l')) return ['$eq', '$lt', '$lte'].includes(known.operator) && isInside(-1);
  return false;
}
