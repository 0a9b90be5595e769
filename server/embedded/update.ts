import { ObjectId } from 'bson';
import { ensure } from './errors.ts';
import { operatorsOf, type Test } from './filter.ts';
import { compareValues } from './keys.ts';
import { addToSet, popFrom, pullAllFrom, pullFrom, pushTo, type ArrayChange } from './update-arrays.ts';
import { compileArrayFilters, expandPath, getAt, setAt, unsetAt } from './update-paths.ts';
import { assertSupported, copyOf, entryOf, isDoc, isDocs, isOperatorDoc, pathParts, type Doc } from './values.ts';

/** A compiled update: it gives the changed copy of a document that the filter found, and the document to insert where it found none. */
export type Update = { apply: (doc: Doc) => Doc; create: () => Doc };

/** What an update command says. */
export type UpdateInput = { filter: Doc; change: unknown; arrayFilters?: unknown };

/** One operator at one concrete path, in place. */
type Applied = (doc: Doc, path: string[]) => void;

type Operation = { operator: string; path: string; operand: unknown; run: Applied };

/** Compiles a replacement or an operator document. Throws 9, 40, 52 or 66 for what MongoDB refuses, 238 for a pipeline. */
export function compileUpdate({ filter, change, arrayFilters }: UpdateInput): Update {
  ensure(!Array.isArray(change), 238, 'updates by a pipeline are not supported');
  ensure(isDoc(change), 9, 'Update argument must be either an object or an array');
  const filters = compileArrayFilters(arrayFilters);
  if (!isOperatorDoc(change)) return compileReplacement(filter, change);
  const operations = readOperations(change);
  assertNoConflicts(operations, filters);
  const applyAll = (doc: Doc, isInsert: boolean): Doc => {
    for (const { operator, path, run } of operations) {
      if (operator === '$setOnInsert' && !isInsert) continue;
      for (const concrete of expandPath(doc, path, { filter, arrayFilters: filters })) run(doc, concrete);
    }
    assertSupported(doc, false);
    return doc;
  };
  return {
    apply: (doc) => assertSameId(doc, applyAll(copyOf(doc), false)),
    create: () => {
      const seed = equalities(filter);
      const created = applyAll(copyOf(seed), true);
      return Object.hasOwn(seed, '_id') ? assertSameId(seed, created) : created;
    },
  };
}

function compileReplacement(filter: Doc, change: Doc): Update {
  const dollar = Object.keys(change).find((name) => name.startsWith('$'));
  ensure(!dollar, 52, `The dollar ($) prefixed field '${dollar}' is not allowed in a replacement document.`);
  assertSupported(change, false);
  const { _id, ...fields } = change;
  return {
    apply: (doc) => assertSameId(doc, { _id: _id ?? doc['_id'], ...fields }),
    create: () => ({ _id: _id ?? equalities(filter)['_id'] ?? new ObjectId(), ...fields }),
  };
}

function assertSameId(before: Doc, after: Doc): Doc {
  const isSame = compareValues(before['_id'], after['_id']) === 0;
  ensure(isSame, 66, "Performing an update on the path '_id' would modify the immutable field '_id'");
  return after;
}

function readOperations(change: Doc): Operation[] {
  return Object.entries(change).flatMap(([operator, fields]) => {
    const compile = entryOf(OPERATORS, operator);
    ensure(compile, 9, `Unknown or unsupported modifier: ${operator}`);
    ensure(isDoc(fields), 9, `${operator} needs fields, but has another type of value`);
    return Object.entries(fields).map(([path, operand]) => ({ operator, path, operand, run: compile(operand) }));
  });
}

function assertNoConflicts(operations: Operation[], filters: Map<string, Test>): void {
  const targets = operations.filter(({ operator }) => operator === '$rename').map(({ operand }) => String(operand));
  const paths = [...operations.map(({ path }) => path), ...targets];
  const sorted = paths.map((path) => `${pathParts(path).join('.')}.`).toSorted();
  const conflict = sorted.find((path, i) => sorted[i + 1]?.startsWith(path));
  ensure(!conflict, 40, `Updating the path '${conflict?.slice(0, -1)}' would create a conflict`);
  const unused = [...filters.keys()].find((name) => !paths.some((path) => path.includes(`$[${name}]`)));
  ensure(unused === undefined, 9, `The array filter for identifier '${unused}' was not used in the update`);
}

/** The fields that an upsert takes over from its filter: what it asks to be equal to one value. */
function equalities(filter: Doc): Doc {
  const doc: Doc = {};
  for (const [path, condition] of Object.entries(filter)) {
    if (path === '$and' && isDocs(condition)) Object.assign(doc, ...condition.map(equalities));
    if (path.startsWith('$')) continue;
    const equal = operatorsOf(condition).find(([operator]) => operator === '$eq');
    if (equal) setAt(doc, pathParts(path), equal[1]);
  }
  return doc;
}

const set =
  (operand: unknown): Applied =>
  (doc, path) =>
    setAt(doc, path, copyOf(operand));

const OPERATORS: Record<string, (operand: unknown) => Applied> = {
  $set: set,
  $setOnInsert: set,
  $unset: () => unsetAt,
  $inc: (operand) => arithmetic(operand, (value, by) => value + by),
  $mul: (operand) => arithmetic(operand, (value, by) => value * by),
  $min: (operand) => extreme(operand, -1),
  $max: (operand) => extreme(operand, 1),
  $rename: rename,
  $currentDate: (operand) => {
    const isDate = operand === true || (isDoc(operand) && operand['$type'] === 'date');
    ensure(isDate, 2, "$currentDate is supported with true or { $type: 'date' } only");
    return (doc, path) => setAt(doc, path, new Date());
  },
  $push: (operand) => onArray(pushTo(operand), true),
  $addToSet: (operand) => onArray(addToSet(operand), true),
  $pull: (operand) => onArray(pullFrom(operand), false),
  $pullAll: (operand) => onArray(pullAllFrom(operand), false),
  $pop: (operand) => onArray(popFrom(operand), false),
};

function arithmetic(operand: unknown, compute: (value: number, by: number) => number): Applied {
  ensure(typeof operand === 'number', 14, 'Cannot increment or multiply with a non-numeric argument');
  return (doc, path) => {
    const present = getAt(doc, path);
    const value = present === undefined ? 0 : present;
    ensure(typeof value === 'number', 14, `Cannot compute with the non-numeric value of field '${path.join('.')}'`);
    setAt(doc, path, compute(value, operand));
  };
}

function extreme(operand: unknown, sign: 1 | -1): Applied {
  return (doc, path) => {
    const value = getAt(doc, path);
    if (value === undefined || compareValues(operand, value) * sign > 0) setAt(doc, path, copyOf(operand));
  };
}

function rename(operand: unknown): Applied {
  ensure(typeof operand === 'string', 2, "The 'to' field for $rename must be a string");
  const target = pathParts(operand);
  return (doc, path) => {
    const isThroughArray = (parts: string[]) => parts.some((_, i) => Array.isArray(getAt(doc, parts.slice(0, i))));
    const isPlain = !isThroughArray(path) && !isThroughArray(target);
    ensure(isPlain, 2, 'The source and target of $rename must not go through an array');
    const value = getAt(doc, path);
    if (value === undefined) return;
    unsetAt(doc, path);
    setAt(doc, target, value);
  };
}

function onArray(change: ArrayChange, creates: boolean): Applied {
  return (doc, path) => {
    const present = getAt(doc, path);
    if (present === undefined && !creates) return;
    const value = present === undefined ? [] : present;
    ensure(Array.isArray(value), 2, `The field '${path.join('.')}' must be an array`);
    setAt(doc, path, copyOf(change(value)));
  };
}
