import { BSONRegExp } from 'bson';
import { ensure, StoreError } from './errors.ts';
import { COMPARISONS, compareValues } from './keys.ts';
import { entryOf, isDoc, isDocs, isOperatorDoc, isPosition, own, pathParts, rankOf, type Doc } from './values.ts';

/** Says whether a document passes a filter. */
export type Matcher = (doc: Doc) => boolean;
/** The same for one value. */
export type Test = (value: unknown) => boolean;
/** Sees every value that a path leads to (one per array element passed on the way; undefined = missing). */
type PathTest = (values: unknown[]) => boolean;

const LOGICAL: Record<string, (branches: Matcher[]) => Matcher> = {
  $and: (branches) => (doc) => branches.every((branch) => branch(doc)),
  $or: (branches) => (doc) => branches.some((branch) => branch(doc)),
  $nor: (branches) => (doc) => !branches.some((branch) => branch(doc)),
};
const FALSY = new Set<unknown>([undefined, null, false, 0]);

/** Compiles a filter of MongoDB's query language. Throws 2 (BadValue) for whatever it does not know. */
export function compileFilter(filter: Doc): Matcher {
  const tests = Object.entries(filter).map(([name, condition]) => {
    if (!name.startsWith('$')) return compileField(name, condition);
    const combine = entryOf(LOGICAL, name);
    ensure(combine, 2, `unknown or unsupported top level operator: ${name}`);
    ensure(isDocs(condition) && condition.length > 0, 2, `${name} must be a nonempty array of objects`);
    return combine(condition.map(compileFilter));
  });
  return (doc) => tests.every((test) => test(doc));
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

/** The operators of a condition; a bare value is `$eq`, a bare pattern `$regex`, and a pattern has its `$options` with it. */
export function operatorsOf(condition: unknown): [operator: string, operand: unknown][] {
  if (condition instanceof BSONRegExp) return [['$regex', condition]];
  if (!isOperatorDoc(condition)) return [['$eq', condition]];
  const { $options, ...operators } = condition;
  ensure($options === undefined || '$regex' in operators, 2, '$options needs a $regex');
  if ('$regex' in operators) operators['$regex'] = patternOf(operators['$regex'], $options);
  return Object.entries(operators);
}

function patternOf(operand: unknown, $options: unknown): BSONRegExp {
  const given = operand instanceof BSONRegExp ? operand : { pattern: operand, options: '' };
  const [pattern, options] = [given.pattern, $options ?? given.options];
  ensure(typeof pattern === 'string' && typeof options === 'string', 2, '$regex and $options have to be strings');
  ensure(!/[^imsu]/.test(options), 51108, `invalid or unsupported flag in regex options: ${options}`);
  return new BSONRegExp(pattern, options);
}

/** Compiles what stands behind a field name: a value, a pattern or operators. */
export function compileCondition(condition: unknown): PathTest {
  const tests = operatorsOf(condition).map(([name, operand]) => {
    const compile = entryOf(OPERATORS, name);
    ensure(compile, 2, `unknown or unsupported operator: ${name}`);
    return compile(operand);
  });
  return (values) => tests.every((test) => test(values));
}

/** Applies the test to each value and, where it is an array, to each of its elements. */
function any(test: Test): PathTest {
  return (values) => values.some((value) => test(value) || (Array.isArray(value) && value.some(test)));
}

const not =
  (test: PathTest): PathTest =>
  (values) =>
    !test(values);

const OPERATORS: Record<string, (operand: unknown) => PathTest> = {
  $eq: equal,
  $ne: (operand) => not(equal(operand)),
  $gt: (operand) => ordered('$gt', operand),
  $gte: (operand) => (operand === null ? equal(null) : ordered('$gte', operand)),
  $lt: (operand) => ordered('$lt', operand),
  $lte: (operand) => (operand === null ? equal(null) : ordered('$lte', operand)),
  $in: oneOf,
  $nin: (operand) => not(oneOf(operand)),
  $exists: (operand) => (values) => values.some((value) => value !== undefined) !== FALSY.has(operand),
  $regex: matching,
  $not: (operand) => {
    ensure(operand instanceof BSONRegExp || isOperatorDoc(operand), 2, '$not needs a regex or a document');
    return not(compileCondition(operand));
  },
  $elemMatch: (operand) => {
    const test = elementTest(operand);
    return (values) => values.some((value) => Array.isArray(value) && value.some(test));
  },
  $size: (operand) => {
    ensure(Number.isInteger(operand) && Number(operand) >= 0, 2, '$size needs a whole number from 0');
    return (values) => values.some((value) => Array.isArray(value) && value.length === operand);
  },
  $all: (operand) => {
    ensure(Array.isArray(operand), 2, '$all needs an array');
    const tests = operand.map(compileCondition);
    return (values) => tests.length > 0 && tests.every((test) => test(values));
  },
};

function equal(operand: unknown): PathTest {
  ensure(!(operand instanceof BSONRegExp), 2, "Can't have RegEx as arg to a comparison");
  if (operand === null) return any((value) => value === undefined || value === null);
  return any((value) => compareValues(value, operand) === 0);
}

// Only values of one type are compared with each other, and not-a-number with itself alone.
function ordered(operator: string, operand: unknown): PathTest {
  const accept = COMPARISONS[operator];
  ensure(!(operand instanceof BSONRegExp), 2, "Can't have RegEx as arg to a comparison");
  const rank = rankOf(operand);
  return any((value) => {
    if (value === undefined || rankOf(value) !== rank || Number.isNaN(value) !== Number.isNaN(operand)) return false;
    return accept?.(compareValues(value, operand)) ?? false;
  });
}

function oneOf(operand: unknown): PathTest {
  ensure(Array.isArray(operand), 2, '$in needs an array');
  ensure(!operand.some(isOperatorDoc), 2, 'cannot nest $ under $in');
  const texts = new Set(operand.filter((item) => typeof item === 'string'));
  const others = operand.filter((item) => typeof item !== 'string');
  const tests = others.map((item) => (item instanceof BSONRegExp ? matching(item) : equal(item)));
  const isText = any((value) => typeof value === 'string' && texts.has(value));
  return (values) => isText(values) || tests.some((test) => test(values));
}

function matching(operand: unknown): PathTest {
  const { pattern, options } = patternOf(operand, undefined);
  try {
    const regex = new RegExp(pattern, [...new Set(options)].join(''));
    return any((value) => typeof value === 'string' && regex.test(value));
  } catch {
    throw new StoreError(51091, `Regular expression is invalid: ${pattern}`);
  }
}

/** The test for one array element, as `$elemMatch` and `$pull` take it: a filter for documents or operators for the element itself. */
export function elementTest(condition: unknown): Test {
  ensure(isDoc(condition), 2, '$elemMatch needs an Object');
  if (isOperatorDoc(condition) && !Object.hasOwn(LOGICAL, Object.keys(condition)[0] ?? '')) {
    const test = compileCondition(condition);
    return (element) => test([element]);
  }
  const matches = compileFilter(condition);
  return (element) => isDoc(element) && matches(element);
}
