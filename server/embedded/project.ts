import { StoreError } from './errors.ts';
import { compileExpression, type Evaluate } from './expression.ts';
import { compileCondition, elementTest, valuesAt, type Test } from './match.ts';
import { isDoc, isOperatorDoc, own, pathParts, type Doc } from './values.ts';

/** Shapes many documents at once. */
export type Shape = (docs: Doc[]) => Doc[];

/** Field names to keep or drop: `true` for a whole field, a further tree for parts of it. */
type Tree = Map<string, true | Tree>;

interface Parsed {
  kept: string[];
  dropped: string[];
  computed: { path: string; evaluate: Evaluate }[];
  /** Parts of arrays, which replace a field and do not by themselves make the projection an inclusion. */
  sliced: { path: string; evaluate: Evaluate }[];
}

/**
 * Compiles a projection. `filter` is what `find` was asked with: with it, `$slice`, `$elemMatch` and the positional `$` have their meaning as in
 * `find`; without it (aggregation) they are expressions. Throws 2, 31249 or 31254 like MongoDB for contradictions.
 */
export function compileProjection(spec: Doc, filter?: Doc): Shape {
  const parsed: Parsed = { kept: [], dropped: [], computed: [], sliced: [] };
  readSpec(spec, '', { parsed, filter });
  const { kept, dropped, computed, sliced } = parsed;
  const droppedFields = dropped.filter((path) => path !== '_id');
  const isInclusion =
    kept.some((path) => path !== '_id') || computed.length > 0 || (kept.length > 0 && droppedFields.length === 0);
  if (isInclusion && droppedFields.length > 0)
    throw new StoreError(31254, 'Cannot do exclusion in inclusion projection');
  const withId = dropped.includes('_id') ? kept : [...new Set(['_id', ...kept])];
  const tree = toTree(isInclusion ? withId : dropped);
  const shape = isInclusion ? (doc: Doc) => pick(doc, tree) : (doc: Doc) => omit(doc, tree);
  return (docs) => {
    let shaped = docs.map(shape);
    for (const { path, evaluate } of [...computed, ...sliced]) {
      const values = evaluate(docs);
      shaped = shaped.map((doc, i) => withField(doc, pathParts(path), values[i]));
    }
    return shaped;
  };
}

function readSpec(spec: Doc, prefix: string, context: { parsed: Parsed; filter: Doc | undefined }): void {
  const { parsed, filter } = context;
  for (const [name, value] of Object.entries(spec)) {
    const path = prefix + name;
    const parts = pathParts(path);
    if (typeof value === 'number' || typeof value === 'boolean') {
      if (filter && path.endsWith('.$'))
        keepElement(path.slice(0, -2), positionTest(filter, path.slice(0, -2)), parsed);
      else (value ? parsed.kept : parsed.dropped).push(path);
    } else if (isDoc(value) && !isOperatorDoc(value)) readSpec(value, `${path}.`, context);
    else if (filter && isDoc(value) && '$elemMatch' in value)
      keepElement(path, elementTest(value['$elemMatch']), parsed);
    else if (filter && isDoc(value) && '$slice' in value) {
      const slice = compileSlice(value['$slice']);
      parsed.sliced.push({ path, evaluate: (docs) => docs.map((doc) => slice(fieldAt(doc, parts))) });
    } else parsed.computed.push({ path, evaluate: compileExpression(value) });
  }
}

function keepElement(path: string, test: Test | undefined, { kept, sliced }: Parsed): void {
  if (!test) throw new StoreError(2, `positional projection '${path}.$' does not match the query`);
  const first = (value: unknown) => {
    const index = Array.isArray(value) ? value.findIndex(test) : -1;
    return Array.isArray(value) && index >= 0 ? [value[index]] : undefined;
  };
  kept.push(path);
  sliced.push({ path, evaluate: (docs) => docs.map((doc) => first(fieldAt(doc, pathParts(path)))) });
}

function compileSlice(operand: unknown): (value: unknown) => unknown {
  const [from, count] = Array.isArray(operand) ? operand.map(Number) : [Number(operand)];
  if (from === undefined || !Number.isInteger(from)) throw new StoreError(2, '$slice needs whole numbers');
  const slice = (array: unknown[]) => {
    if (count !== undefined) return array.slice(from).slice(0, count);
    return from < 0 ? array.slice(from) : array.slice(0, from);
  };
  return (value) => (Array.isArray(value) ? slice(value) : value);
}

/** The test that an array's element passed when the filter matched; undefined where the filter says nothing about that array. */
export function positionTest(filter: Doc, path: string): Test | undefined {
  for (const [name, condition] of Object.entries(filter)) {
    if (name === '$and' && Array.isArray(condition)) {
      const tests = condition.filter(isDoc).map((part) => positionTest(part, path));
      const found = tests.find((test) => test !== undefined);
      if (found) return found;
    }
    if (name !== path && !name.startsWith(`${path}.`)) continue;
    const test = compileCondition(condition);
    const rest = name === path ? [] : pathParts(name.slice(path.length + 1));
    return (element) => test(rest.length === 0 ? [[element]] : valuesAt([element], rest));
  }
  return undefined;
}

/** The value of a field without entering arrays; undefined where it is missing. */
export function fieldAt(doc: Doc, parts: string[]): unknown {
  return parts.reduce<unknown>((value, part) => (isDoc(value) ? own(value, part) : undefined), doc);
}

/** A copy of the document with the value at the path (undefined removes the field); arrays on the way are entered. */
export function withField(doc: Doc, [name = '', ...rest]: string[], value: unknown): Doc {
  if (rest.length === 0) {
    if (value !== undefined) return { ...doc, [name]: value };
    return Object.fromEntries(Object.entries(doc).filter(([known]) => known !== name));
  }
  const inner = own(doc, name);
  if (value === undefined && !isDoc(inner) && !Array.isArray(inner)) return doc;
  const put = (child: unknown) => withField(isDoc(child) ? child : {}, rest, value);
  return { ...doc, [name]: Array.isArray(inner) ? inner.map(put) : put(inner) };
}

function toTree(paths: string[]): Tree {
  const root: Tree = new Map();
  for (const path of paths) {
    let tree = root;
    const parts = pathParts(path);
    for (const [i, part] of parts.entries()) {
      const known = tree.get(part);
      const isLast = i === parts.length - 1;
      if (known === true || (known && isLast)) throw new StoreError(31249, `Path collision at ${path}`);
      const next: Tree = known ?? new Map();
      tree.set(part, isLast ? true : next);
      tree = next;
    }
  }
  return root;
}

/** Keeps what is in the tree; undefined where nothing of a value is. */
function pick(doc: Doc, tree: Tree): Doc {
  const pickIn = (value: unknown, part: Tree): unknown => {
    if (Array.isArray(value))
      return value.map((element) => pickIn(element, part)).filter((element) => element !== undefined);
    return isDoc(value) ? pick(value, part) : undefined;
  };
  const entries = Object.keys(doc).map((name) => {
    const part = tree.get(name);
    return [name, part === true || part === undefined ? part && doc[name] : pickIn(doc[name], part)] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function omit(doc: Doc, tree: Tree): Doc {
  const omitIn = (value: unknown, part: Tree): unknown => {
    if (Array.isArray(value)) return value.map((element) => omitIn(element, part));
    return isDoc(value) ? omit(value, part) : value;
  };
  const kept = Object.keys(doc).filter((name) => tree.get(name) !== true);
  return Object.fromEntries(
    kept.map((name) => {
      const part = tree.get(name);
      return [name, part && part !== true ? omitIn(doc[name], part) : doc[name]];
    }),
  );
}
