import type { Author } from './author.rules.ts';
import { canonicalJson } from './canonical.rules.ts';
import { undo, type Change } from './change.rules.ts';

/** One write of a record. What stood after it is told by the next entry's `before`, else by the record itself. */
export interface HistoryEntry {
  seq: number;
  by: Author;
  at: string;
  action: string;
  before: Change[];
  /** Over this entry, the hash of the one before it, and the recorded state after it. */
  hash: string;
}

/** What of the stored document is recorded: the document without what the register derives and can make again. */
export type State = Record<string, unknown>;
/** The fields that a history leaves out: whole ones, and some inside of others. */
export interface Omitted {
  [field: string]: true | Omitted;
}
/** SHA-256 of a text, hexadecimal. */
export type Hash = (text: string) => string;

/** A write, as its entry tells of it. */
export type Written = Pick<HistoryEntry, 'by' | 'at' | 'action'>;

/** What a history hangs on: the collection of its record, and the hash. */
export interface Chain {
  collection: string;
  hash: Hash;
}

/** The fields left out, from their paths: `lines.green` is one inside of each element of `lines`. */
export function omittedFields(paths: readonly string[]): Omitted {
  const omitted: Omitted = {};
  for (const path of paths) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    let within = omitted;
    for (const name of names) within = (within[name] ??= {}) as Omitted;
    within[last] = true;
  }
  return omitted;
}

/** The document without the fields that are left out. */
export function recordedState(document: object, omitted: Omitted): State {
  const state: State = {};
  for (const [field, value] of Object.entries(document)) {
    const inside = omitted[field];
    if (inside === true || value === undefined) continue;
    state[field] = inside ? withoutInside(value, inside) : value;
  }
  return state;
}

function withoutInside(value: unknown, omitted: Omitted): unknown {
  if (Array.isArray(value)) return value.map((element) => withoutInside(element, omitted));
  return typeof value === 'object' && value !== null ? recordedState(value, omitted) : value;
}

/** The history with the entry of one more write, which left the state behind. */
export function withEntry(
  chain: Chain,
  history: readonly HistoryEntry[],
  { state, before, ...written }: Written & { state: State; before: Change[] },
): HistoryEntry[] {
  const entry = { seq: history.length + 1, ...written, before };
  return [...history, { ...entry, hash: hashOf(chain, entry, { state, previous: history.at(-1)?.hash ?? null }) }];
}

function hashOf(
  { collection, hash }: Chain,
  { seq, by, at, action, before }: Omit<HistoryEntry, 'hash'>,
  { state, previous }: { state: State; previous: string | null },
): string {
  const digest = hash(canonicalJson(state));
  return hash(canonicalJson({ collection, seq, by, at, action, before, previous, state: digest }));
}

/** Why an entry does not fit. */
export type Misfit = 'missing' | 'out of order' | 'changed';

/** The first entry that does not fit the others and the state that stands; null where all do. */
export function firstMisfit(
  chain: Chain,
  history: readonly HistoryEntry[],
  state: State,
): { seq: number; why: Misfit } | null {
  if (history.length === 0) return { seq: 1, why: 'missing' };
  const gap = history.findIndex((entry, at) => entry.seq !== at + 1) + 1;
  if (gap > 0) return { seq: gap, why: history.some(({ seq }) => seq === gap) ? 'out of order' : 'missing' };
  const states = statesAfter(history, state);
  for (const [at, entry] of history.entries()) {
    const previous = history[at - 1]?.hash ?? null;
    if (hashOf(chain, entry, { state: states[at]!, previous }) !== entry.hash) return { seq: at + 1, why: 'changed' };
  }
  return null;
}

/** The recorded state after each entry, undone from the one that stands. */
export function statesAfter(history: readonly HistoryEntry[], state: State): State[] {
  const states = [state];
  for (const { before } of history.slice(1).toReversed()) states.unshift(undo(states[0]!, before));
  return states;
}
