import { ensure } from './errors.ts';
import { compileCondition, compileFilter, valuesAt, type Test } from './filter.ts';
import { isDoc, isDocs, isPosition, own, pathParts, type Doc } from './values.ts';

/** What decides which array elements an update means: for `$` the filter that found the document, for `$[name]` its conditions. */
export type PathContext = { filter: Doc; arrayFilters: Map<string, Test> };

const MAX_GAP = 1_500_000;

/** Compiles `arrayFilters`. Throws 9 for one that does not name exactly one array element. */
export function compileArrayFilters(filters: unknown = []): Map<string, Test> {
  ensure(isDocs(filters), 14, 'arrayFilters must be an array of documents');
  const compiled = new Map<string, Test>();
  for (const filter of filters) {
    const [name, ...others] = new Set(fieldNames(filter));
    const isOwn = name !== undefined && others.length === 0 && !compiled.has(name);
    ensure(isOwn, 9, 'Error parsing array filter: each filter must use one top-level field name of its own');
    const matches = compileFilter(filter);
    compiled.set(name, (element) => matches({ [name]: element }));
  }
  return compiled;
}

function fieldNames(filter: Doc): string[] {
  return Object.entries(filter).flatMap(([name, condition]) => {
    if (!name.startsWith('$')) return [name.split('.')[0] ?? ''];
    return isDocs(condition) ? condition.flatMap(fieldNames) : [];
  });
}

/** The concrete paths that a path with `$`, `$[]` and `$[name]` means in this document. Throws 2 where an element cannot be told. */
export function expandPath(doc: Doc, path: string, context: PathContext): string[][] {
  let open: string[][] = [[]];
  for (const part of pathParts(path)) {
    const next = (base: string[]) => (part.startsWith('$') ? positions(doc, base, { part, context }) : [part]);
    open = open.flatMap((base) => next(base).map((at) => base.concat(at)));
  }
  return open;
}

function positions(doc: Doc, base: string[], { part, context }: { part: string; context: PathContext }): string[] {
  const array = getAt(doc, base);
  const where = base.join('.');
  const name = /^\$\[(\w*)\]$/.exec(part)?.[1];
  ensure(part === '$' || name !== undefined, 52, `The dollar ($) prefixed field '${part}' is not valid for storage.`);
  ensure(Array.isArray(array), 2, `The path '${where}' must exist in the document in order to apply array updates.`);
  if (name === '') return array.map((_, i) => String(i));
  const test = name === undefined ? positionTest(context.filter, where) : context.arrayFilters.get(name);
  const matching = array.flatMap((element, i) => (test?.(element) ? [String(i)] : []));
  ensure(name === undefined || test, 2, `No array filter found for identifier '${name}' in path '${where}'`);
  if (name !== undefined) return matching;
  ensure(matching.length > 0, 2, 'The positional operator did not find the match needed from the query.');
  return matching.slice(0, 1);
}

/** The test that an array's element passed when the filter matched; undefined where the filter says nothing about that array. */
function positionTest(filter: Doc, path: string): Test | undefined {
  const tests = Object.entries(filter).flatMap(([name, condition]): Test[] => {
    if (name === '$and' && isDocs(condition)) return condition.flatMap((part) => positionTest(part, path) ?? []);
    if (name !== path && !name.startsWith(`${path}.`)) return [];
    const test = compileCondition(condition);
    const rest = name === path ? [] : pathParts(name.slice(path.length + 1));
    return [(element) => test(rest.length === 0 ? [[element]] : valuesAt([element], rest))];
  });
  return tests[0];
}

/** The value at a concrete path; undefined where it is missing. */
export function getAt(doc: Doc, path: string[]): unknown {
  return path.reduce<unknown>((value, part) => {
    return isDoc(value) || (Array.isArray(value) && isPosition(part)) ? own(value, part) : undefined;
  }, doc);
}

/** Sets the value at a concrete path, in place, and creates what is missing on the way. Throws 28 where the way is blocked by a value. */
export function setAt(doc: Doc, path: string[], value: unknown): void {
  let container: unknown = doc;
  for (const [i, part] of path.entries()) {
    ensure(!part.startsWith('$'), 52, `The dollar ($) prefixed field '${part}' is not valid for storage.`);
    const blocked = `Cannot create field '${part}' of '${path.join('.')}' in a value that has no such fields`;
    ensure(isDoc(container) || (Array.isArray(container) && isPosition(part)), 28, blocked);
    if (Array.isArray(container)) openGap(container, Number(part));
    const isLast = i === path.length - 1;
    const present = own(container, part);
    if (isLast || present === undefined) Reflect.set(container, part, isLast ? value : {});
    container = own(container, part);
  }
}

function openGap(array: unknown[], at: number): void {
  ensure(at - array.length <= MAX_GAP, 2, `can't backfill more than ${MAX_GAP} elements`);
  while (array.length < at) array.push(null);
}

/** Removes what is at a concrete path, in place; an array keeps its length and gets null there. */
export function unsetAt(doc: Doc, path: string[]): void {
  const container = getAt(doc, path.slice(0, -1));
  const name = path.at(-1) ?? '';
  if (Array.isArray(container) && isPosition(name) && Number(name) < container.length) container[Number(name)] = null;
  else if (isDoc(container)) Reflect.deleteProperty(container, name);
}
