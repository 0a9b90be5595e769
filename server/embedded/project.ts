import { ensure } from './errors.ts';
import { namesOf, type Names } from './pick.ts';
import { isDoc, isOperatorDoc, own, pathParts, type Doc } from './values.ts';

/** Field names to keep or drop: `true` for a whole field, a further tree for parts of it. */
type Tree = Map<string, true | Tree>;

/** A projection taken apart: what is kept or dropped, and what is computed. */
export type Projection = {
  shape: (doc: Doc) => Doc;
  computed: { parts: string[]; expression: unknown }[];
  /** The fields that are left, where whole fields are and nothing is computed. */
  kept: Names | undefined;
};

/** Reads a projection. Throws 31249 or 31254 like MongoDB for contradictions. */
export function readProjection(spec: Doc): Projection {
  const computed: Projection['computed'] = [];
  const paths: [path: string, isKept: boolean][] = [];
  const read = (fields: Doc, prefix: string): void => {
    for (const [name, value] of Object.entries(fields)) {
      const path = prefix + name;
      if (typeof value === 'number' || typeof value === 'boolean') paths.push([path, Boolean(value)]);
      else if (isDoc(value) && !isOperatorDoc(value)) read(value, `${path}.`);
      else computed.push({ parts: pathParts(path), expression: value });
    }
  };
  read(spec, '');
  const named = (wanted: boolean) => paths.flatMap(([path, isKept]) => (isKept === wanted ? path : []));
  const [kept, dropped] = [named(true), named(false)];
  const droppedFields = dropped.filter((path) => path !== '_id');
  const keeps =
    kept.some((path) => path !== '_id') || computed.length > 0 || (kept.length > 0 && droppedFields.length === 0);
  ensure(!keeps || droppedFields.length === 0, 31254, 'Cannot do exclusion in inclusion projection');
  const withId = dropped.includes('_id') ? kept : [...new Set(['_id', ...kept])];
  const tree: Tree = new Map();
  for (const path of keeps ? withId : dropped) plant(tree, path, pathParts(path));
  const isWhole = keeps && computed.length === 0 && [...tree.values()].every((part) => part === true);
  return { shape: (doc) => cut(doc, tree, keeps), computed, kept: isWhole ? namesOf(tree.keys()) : undefined };
}

/** The projection of a `find`: fields in and out; none where everything is left. Throws 2 for anything that is computed. */
export function compileProjection(spec: Doc): Projection | undefined {
  const names = Object.keys(spec);
  if (names.length === 0) return undefined;
  const isList = names.every((name) => spec[name] === 1);
  const projection = isList ? listOf(names) : readProjection(spec);
  const isPlain = projection.computed.length === 0 && !names.some((name) => name.endsWith('.$'));
  ensure(isPlain, 2, 'a projection of find keeps or drops fields; use $project to compute them');
  return projection;
}

const lists = new Map<string, Projection>();
const MOST_LISTS = 500;

/** Reads a list of fields once: a client has few, and sends them again and again. */
function listOf(names: string[]): Projection {
  // No name has a zero byte in it.
  const key = names.join('\0');
  const list = lists.get(key) ?? readProjection(Object.fromEntries(names.map((name) => [name, 1])));
  if (lists.size >= MOST_LISTS) lists.clear();
  lists.set(key, list);
  return list;
}

function plant(tree: Tree, path: string, [name = '', ...rest]: string[]): void {
  const known = tree.get(name);
  ensure(known === undefined || (known !== true && rest.length > 0), 31249, `Path collision at ${path}`);
  const inner: Tree = known ?? new Map();
  tree.set(name, rest.length > 0 ? inner : true);
  if (rest.length > 0) plant(inner, path, rest);
}

/** A copy that has only (or has not) what is in the tree; arrays on the way are entered. */
function cut(doc: Doc, tree: Tree, keeps: boolean): Doc {
  const cutIn = (value: unknown, part: Tree): unknown => {
    if (Array.isArray(value))
      return value.map((element) => cutIn(element, part)).filter((element) => element !== undefined);
    if (isDoc(value)) return cut(value, part, keeps);
    return keeps ? undefined : value;
  };
  const result: Doc = {};
  for (const [name, value] of Object.entries(doc)) {
    const part = tree.get(name);
    const isNamed = part === true;
    if (isNamed || part === undefined) {
      if (isNamed === keeps) result[name] = value;
      continue;
    }
    const left = cutIn(value, part);
    if (left !== undefined) result[name] = left;
  }
  return result;
}

/** The value of a field without entering arrays; undefined where it is missing. */
export function fieldAt(doc: Doc, parts: string[]): unknown {
  return parts.reduce<unknown>((value, part) => (isDoc(value) ? own(value, part) : undefined), doc);
}

/** A copy of the document with the value at the path (undefined removes the field); arrays on the way are entered. */
export function withField(doc: Doc, [name = '', ...rest]: string[], value: unknown): Doc {
  const { [name]: present, ...others } = doc;
  if (rest.length > 0) return { ...doc, [name]: withFieldIn(present, rest, value) };
  return value === undefined ? others : { ...doc, [name]: value };
}

function withFieldIn(present: unknown, rest: string[], value: unknown): unknown {
  if (Array.isArray(present)) return present.map((element) => withFieldIn(element, rest, value));
  return withField(isDoc(present) ? present : {}, rest, value);
}
