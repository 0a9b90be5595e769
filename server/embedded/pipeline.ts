import { StoreError } from './errors.ts';
import { compileExpression } from './expression.ts';
import { compileGroup } from './group.ts';
import { compareText, sortKey } from './index-keys.ts';
import { compileFilter } from './match.ts';
import { compileProjection, fieldAt, withField } from './project.ts';
import { parseSort } from './query.ts';
import { isDoc, pathParts, wholeNumber, type Doc } from './values.ts';

/** One stage: takes documents in pieces and passes on what it has ready. */
export interface Stage {
  push: (docs: Doc[]) => Doc[];
  /** What remains when the input is over. */
  end?: () => Doc[];
  /** Nothing that follows can change the result any more. */
  isFull?: () => boolean;
}

/** Compiles one pipeline stage. Throws 40323 for a malformed and 40324 for an unknown or unsupported stage. */
export function compileStage(stage: unknown): Stage {
  const [name = '', ...others] = isDoc(stage) ? Object.keys(stage) : [];
  if (!isDoc(stage) || name === '' || others.length > 0)
    throw new StoreError(40323, 'A pipeline stage must contain exactly one field.');
  const compile = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined;
  if (!compile) throw new StoreError(40324, `Unrecognized or unsupported pipeline stage name: '${name}'`);
  return compile(stage[name]);
}

const STAGES: Record<string, (operand: unknown) => Stage> = {
  $match: (operand) => {
    const matches = compileFilter(asDoc(operand));
    return { push: (docs) => docs.filter(matches) };
  },
  $project: (operand) => ({ push: compileProjection(asDoc(operand)) }),
  $addFields: addFields,
  $set: addFields,
  $unset: (operand) => {
    const paths = Array.isArray(operand) ? operand : [operand];
    return { push: compileProjection(Object.fromEntries(paths.map((path) => [String(path), 0]))) };
  },
  $limit: (operand) => {
    let left = limitOf(operand);
    const push = (docs: Doc[]) => {
      const passed = docs.slice(0, left);
      left -= passed.length;
      return passed;
    };
    return { push, isFull: () => left === 0 };
  },
  $skip: (operand) => {
    let left = wholeNumber(operand, '$skip', 0);
    const push = (docs: Doc[]) => {
      const passed = docs.slice(left);
      left -= docs.length - passed.length;
      return passed;
    };
    return { push };
  },
  $sort: (operand) => {
    const pattern = parseSort(operand);
    const all: Doc[] = [];
    const end = () => sortDocs(all, (doc) => sortKey(doc, pattern));
    return { push: (docs) => keep(all, docs), end };
  },
  $count: (operand) => {
    if (typeof operand !== 'string' || !/^[^$.]+$/.test(operand))
      throw new StoreError(2, 'the count field must be a non-empty string');
    const { push, end } = compileGroup({ _id: null, [operand]: { $count: {} } });
    return { push, end: () => end().map((doc) => ({ [operand]: doc[operand] })) };
  },
  $unwind: unwind,
  $group: (operand) => compileGroup(asDoc(operand)),
};

function asDoc(operand: unknown): Doc {
  if (!isDoc(operand)) throw new StoreError(2, 'a stage specification must be an object');
  return operand;
}

/** The number behind `$limit`. Throws 2 for 0. */
export function limitOf(operand: unknown): number {
  const limit = wholeNumber(operand, '$limit', 0);
  if (limit === 0) throw new StoreError(2, 'the limit must be positive');
  return limit;
}

function keep(all: Doc[], docs: Doc[]): Doc[] {
  for (const doc of docs) all.push(doc);
  return [];
}

/** Sorted by keys that are computed once. */
export function sortDocs<T>(items: T[], keyOf: (item: T) => string): T[] {
  const rows = items.map((item) => ({ item, key: keyOf(item) }));
  return rows.sort((a, b) => compareText(a.key, b.key)).map(({ item }) => item);
}

function addFields(operand: unknown): Stage {
  const fields = Object.entries(asDoc(operand)).map(([path, expression]) => ({
    parts: pathParts(path),
    evaluate: compileExpression(expression),
  }));
  const push = (docs: Doc[]) => {
    let result = docs;
    for (const { parts, evaluate } of fields) {
      const values = evaluate(docs);
      result = result.map((doc, i) => (values[i] === undefined ? doc : withField(doc, parts, values[i])));
    }
    return result;
  };
  return { push };
}

function unwind(operand: unknown): Stage {
  const { path, includeArrayIndex, preserveNullAndEmptyArrays, ...rest } = isDoc(operand) ? operand : { path: operand };
  if (typeof path !== 'string' || !/^\$[^$]/.test(path))
    throw new StoreError(2, "$unwind needs a path that starts with '$'");
  if (Object.keys(rest).length > 0)
    throw new StoreError(2, `unrecognized option to $unwind stage: ${Object.keys(rest).join()}`);
  const parts = pathParts(path.slice(1));
  const indexParts = typeof includeArrayIndex === 'string' ? pathParts(includeArrayIndex) : undefined;
  const withIndex = (doc: Doc, index: number | null) => (indexParts ? withField(doc, indexParts, index) : doc);
  const unwindOne = (doc: Doc): Doc[] => {
    const value = fieldAt(doc, parts);
    if (Array.isArray(value) && value.length > 0)
      return value.map((element, i) => withIndex(withField(doc, parts, element), i));
    if (value !== undefined && value !== null && !Array.isArray(value)) return [withIndex(doc, null)];
    if (preserveNullAndEmptyArrays !== true) return [];
    return [withIndex(Array.isArray(value) ? withField(doc, parts, undefined) : doc, null)];
  };
  return { push: (docs) => docs.flatMap(unwindOne) };
}
