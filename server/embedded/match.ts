import { BSONRegExp } from 'bson';
import { StoreError } from './errors.ts';
import { compileExpression } from './expression.ts';
import { compareValues } from './index-keys.ts';
import { isDoc, isOperatorDoc, isPosition, own, pathParts, RANK, rankOf, wholeNumber, type Doc } from './values.ts';

/** Says whether a document passes a filter. */
export type Matcher = (doc: Doc) => boolean;
/** The same for one value. */
export type Test = (value: unknown) => boolean;
/** Sees every value that a path leads to (one per array element passed on the way; undefined = missing). */
type PathTest = (values: unknown[]) => boolean;

const FALSY = new Set<unknown>([undefined, null, false, 0]);

/** Compiles a filter of MongoDB's query language. Throws 2 (BadValue) for whatever it does not know. */
export function compileFilter(filter: Doc): Matcher {
  const tests = Object.entries(filter).map(([name, condition]) =>
    name.startsWith('$') ? compileLogical(name, condition) : compileField(name, condition),
  );
  return (doc) => tests.every((test) => test(doc));
}

function compileLogical(name: string, condition: unknown): Matcher {
  if (name === '$comment') return () => true;
  if (name === '$expr') {
    const evaluate = compileExpression(condition);
    return (doc) => !FALSY.has(evaluate([doc])[0]);
  }
  if (name !== '$and' && name !== '$or' && name !== '$nor')
    throw new StoreError(2, `unknown top level operator: ${name}`);
  if (!Array.isArray(condition) || condition.length === 0 || !condition.every(isDoc)) {
    throw new StoreError(2, `${name} must be a nonempty array of objects`);
  }
  const branches = condition.map(compileFilter);
  if (name === '$and') return (doc) => branches.every((branch) => branch(doc));
  return (doc) => branches.some((branch) => branch(doc)) === (name === '$or');
}

function compileField(path: string, condition: unknown): Matcher {
  const parts = pathParts(path);
  const test = compileCondition(condition);
  return parts.length === 1 ? (doc) => test([own(doc, path)]) : (doc) => test(valuesAt(doc, parts));
}

/** Every value at a path, as MongoDB's queries see it: arrays are entered, and counted by position too; undefined stands for missing. */
export function valuesAt(value: unknown, [part, ...rest]: string[]): unknown[] {
  if (part === undefined) return [value];
  if (!Array.isArray(value)) return valuesAt(isDoc(value) ? own(value, part) : undefined, rest);
  const byPosition = isPosition(part) && Number(part) < value.length ? valuesAt(value[Number(part)], rest) : [];
  return [...byPosition, ...value.filter(isDoc).flatMap((element) => valuesAt(element, [part, ...rest]))];
}

/** Compiles what stands behind a field name: a value, a pattern or operators. */
export function compileCondition(condition: unknown): PathTest {
  if (!isOperatorDoc(condition)) return compileEquality(condition);
  const tests = Object.entries(condition).map(([name, operand]) => {
    const compile = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
    if (!compile) throw new StoreError(2, `unknown operator: ${name}`);
    return compile(operand, condition);
  });
  return (values) => tests.every((test) => test(values));
}

/** Applies the test to each value and, where it is an array, to each of its elements. */
function any(test: Test): PathTest {
  return (values) => values.some((value) => test(value) || (Array.isArray(value) && value.some(test)));
}

function not(test: PathTest): PathTest {
  return (values) => !test(values);
}

function compileEquality(operand: unknown): PathTest {
  if (operand instanceof BSONRegExp) return any(regexTest(operand.pattern, operand.options));
  if (operand === null) return any((value) => value === undefined || value === null);
  return any((value) => compareValues(value, operand) === 0);
}

const OPERATORS: Record<string, (operand: unknown, siblings: Doc) => PathTest> = {
  $eq: compileEquality,
  $ne: (operand) => not(compileEquality(operand)),
  $gt: (operand) => ordered(operand, (order) => order > 0),
  $gte: (operand) => (operand === null ? compileEquality(null) : ordered(operand, (order) => order >= 0)),
  $lt: (operand) => ordered(operand, (order) => order < 0),
  $lte: (operand) => (operand === null ? compileEquality(null) : ordered(operand, (order) => order <= 0)),
  $in: compileIn,
  $nin: (operand) => not(compileIn(operand)),
  $exists: (operand) => (values) => values.some((value) => value !== undefined) !== FALSY.has(operand),
  $type: compileType,
  $regex: compileRegex,
  $options: (_, siblings) => {
    if (!('$regex' in siblings)) throw new StoreError(2, '$options needs a $regex');
    return () => true;
  },
  $not: (operand) => {
    if (operand instanceof BSONRegExp || isOperatorDoc(operand)) return not(compileCondition(operand));
    throw new StoreError(2, '$not needs a regex or a document');
  },
  $elemMatch: (operand) => {
    const test = elementTest(operand);
    return (values) => values.some((value) => Array.isArray(value) && value.some(test));
  },
  $size: (operand) => {
    const size = wholeNumber(operand, '$size', 0);
    return (values) => values.some((value) => Array.isArray(value) && value.length === size);
  },
  $all: (operand) => {
    if (!Array.isArray(operand)) throw new StoreError(2, '$all needs an array');
    const tests = operand.map(compileCondition);
    return (values) => tests.length > 0 && tests.every((test) => test(values));
  },
  $mod: (operand) => {
    const [divisor, rest] =
      Array.isArray(operand) && operand.length === 2 ? operand.map((item) => Math.trunc(Number(item))) : [];
    if (!divisor || rest === undefined || Number.isNaN(rest)) throw new StoreError(2, 'malformed mod');
    return any((value) => typeof value === 'number' && Math.trunc(value) % divisor === rest);
  },
};

// Only values of one type are compared with each other, and not-a-number with itself alone.
function ordered(operand: unknown, accept: (order: number) => boolean): PathTest {
  const rank = rankOf(operand);
  if (rank === RANK.regex) throw new StoreError(2, "Can't have RegEx as arg to a comparison");
  return any((value) => {
    if (value === undefined || rankOf(value) !== rank || Number.isNaN(value) !== Number.isNaN(operand)) return false;
    return accept(compareValues(value, operand));
  });
}

function compileIn(operand: unknown): PathTest {
  if (!Array.isArray(operand)) throw new StoreError(2, '$in needs an array');
  if (operand.some(isOperatorDoc)) throw new StoreError(2, 'cannot nest $ under $in');
  const texts = new Set(operand.filter((item) => typeof item === 'string'));
  const tests = operand.filter((item) => typeof item !== 'string').map(compileEquality);
  const isText = any((value) => typeof value === 'string' && texts.has(value));
  return (values) => isText(values) || tests.some((test) => test(values));
}

const ofRank =
  (rank: number): Test =>
  (value) =>
    value !== undefined && rankOf(value) === rank;
const isInt: Test = (value) => Number.isInteger(value) && Number(value) >= -(2 ** 31) && Number(value) < 2 ** 31;
const isDouble: Test = (value) => typeof value === 'number' && !isInt(value);
const TYPES: [names: (string | number)[], test: Test][] = [
  [['double', 1], isDouble],
  [['string', 2], ofRank(RANK.string)],
  [['object', 3], ofRank(RANK.object)],
  [['array', 4], ofRank(RANK.array)],
  [['binData', 5], ofRank(RANK.binary)],
  [['objectId', 7], ofRank(RANK.objectId)],
  [['bool', 8], ofRank(RANK.boolean)],
  [['date', 9], ofRank(RANK.date)],
  [['null', 10], ofRank(RANK.null)],
  [['int', 16], isInt],
  [['number'], ofRank(RANK.number)],
];

function compileType(operand: unknown): PathTest {
  const names: unknown[] = Array.isArray(operand) ? operand : [operand];
  const tests = names.flatMap((name) => TYPES.find(([known]) => known.some((item) => item === name))?.[1] ?? []);
  if (names.length === 0 || tests.length < names.length) throw new StoreError(2, 'unknown type name in $type');
  return any((value) => tests.some((test) => test(value)));
}

/** The test for one array element, as `$elemMatch` and `$pull` take it: a filter for documents or operators for the element itself. */
export function elementTest(condition: unknown): Test {
  if (!isDoc(condition)) throw new StoreError(2, '$elemMatch needs an Object');
  const [first = ''] = Object.keys(condition);
  if (isOperatorDoc(condition) && !['$and', '$or', '$nor', '$expr'].includes(first)) {
    const test = compileCondition(condition);
    return (element) => test([element]);
  }
  const matches = compileFilter(condition);
  return (element) => isDoc(element) && matches(element);
}

function compileRegex(operand: unknown, { $options }: Doc): PathTest {
  const { pattern, options } = operand instanceof BSONRegExp ? operand : { pattern: operand, options: '' };
  const flags = $options ?? options;
  if (typeof pattern !== 'string' || typeof flags !== 'string')
    throw new StoreError(2, '$regex and $options have to be strings');
  return any(regexTest(pattern, flags));
}

function regexTest(pattern: string, options: string): Test {
  if (/[^imsu]/.test(options)) throw new StoreError(51091, `invalid or unsupported flag in regex options: ${options}`);
  try {
    const regex = new RegExp(pattern, [...new Set(options)].join(''));
    return (value) => typeof value === 'string' && regex.test(value);
  } catch {
    throw new StoreError(51091, `Regular expression is invalid: ${pattern}`);
  }
}
