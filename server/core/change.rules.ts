import { canonicalJson } from './canonical.rules.ts';

/** A place that a write changed, as it was before: its value, the length of a list that grew, or neither where it was absent. */
export interface Change {
  /** A JSON pointer (RFC 6901) into the record. */
  path: string;
  was?: unknown;
  length?: number;
}

type Members = Record<string, unknown>;

/** What takes a state back to the one before it: the smallest places that differ, in the order of their names. */
export function changesBetween(before: unknown, after: unknown, path = ''): Change[] {
  if (before === after) return [];
  if (before === undefined) return [{ path }];
  if (isMembers(before) && isMembers(after)) return changesOfMembers(before, after, path);
  if (Array.isArray(before) && Array.isArray(after) && before.length <= after.length)
    return changesOfLists(before, after, path);
  return after !== undefined && canonicalJson(before) === canonicalJson(after) ? [] : [{ path, was: before }];
}

function changesOfMembers(before: Members, after: Members, path: string): Change[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name) => changesBetween(before[name], after[name], `${path}/${escaped(name)}`));
}

function changesOfLists(before: unknown[], after: unknown[], path: string): Change[] {
  const changes = before.flatMap((element, at) => changesBetween(element, after[at], `${path}/${at}`));
  // A list that was put into another order is told as a whole.
  if (changes.length > before.length) return [{ path, was: before }];
  return before.length < after.length ? [...changes, { path, length: before.length }] : changes;
}

/** The state before a write, from the state after it. What does not lead anywhere, because somebody changed it, is passed over. */
export function undo<T extends object>(after: T, changes: readonly Change[]): T {
  const state = structuredClone(after);
  for (const { path, was, length } of changes) {
    const names = path.split('/').slice(1).map(unescaped);
    const last = names.pop() ?? '';
    const place = names.reduce<unknown>((within, name) => memberOf(within, name), state);
    if (typeof place !== 'object' || place === null) continue;
    const members = place as Members;
    if (was !== undefined) members[last] = was;
    else if (length === undefined) delete members[last];
    else if (Array.isArray(members[last])) members[last] = members[last].slice(0, length);
  }
  return state;
}

function memberOf(within: unknown, name: string): unknown {
  return typeof within === 'object' && within !== null && Object.hasOwn(within, name)
    ? (within as Members)[name]
    : undefined;
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function unescaped(name: string): string {
  return name.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** What stands at a JSON pointer; undefined where it leads nowhere. */
export function valueAt(state: unknown, path: string): unknown {
  return path
    .split('/')
    .slice(1)
    .map(unescaped)
    .reduce<unknown>((within, name) => memberOf(within, name), state);
}
