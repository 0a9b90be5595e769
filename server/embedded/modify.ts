import {
  ensureCollection,
  findRecord,
  insertRecord,
  removeRecord,
  replaceRecord,
  type Found,
  type WritableCollection,
} from './collection.ts';
import { StoreError } from './errors.ts';
import { sortKey, type KeyPattern } from './index-keys.ts';
import type { Matcher } from './match.ts';
import { sortDocs } from './pipeline.ts';
import { choosePlan, isInOrder } from './planner.ts';
import { assertInTime, findMatches, PIECE, type Query } from './query.ts';
import { Scan } from './scan.ts';
import { readCollection, write, type Storage } from './storage.ts';
import type { Update } from './update.ts';
import type { Doc } from './values.ts';

/** One update or removal of what a filter finds. */
export interface Change {
  filter: Doc;
  matches: Matcher;
  sort: KeyPattern;
  hint?: unknown;
  /** Without it the documents found are removed. */
  update?: Update;
  upsert: boolean;
}

/** Where a change is made, and until when (on `performance.now()`'s clock). */
export interface Target {
  storage: Storage;
  namespace: string;
  deadline: number;
}

/** What a change did. */
export interface Outcome {
  matched: number;
  modified: number;
  /** The document that an upsert inserted. */
  upserted?: Doc;
  before?: Doc;
  after?: Doc;
}

/** How long a write may keep the thread, in milliseconds: more than a read, since each write waits for the disk. */
export const WRITE_PIECE = 10;
const NOTHING: Outcome = { matched: 0, modified: 0 };
const TRIES = 5;

/** Changes the first match, or inserts for an upsert: decided and done inside one write. Throws 11000, 50 and what the update throws. */
export async function changeOne(target: Target, change: Change): Promise<Outcome> {
  for (let tries = 1; ; tries += 1) {
    // A quick search is made inside the write. A long one is made outside, where others have their turn, and its result is checked again inside.
    const candidate = tries === 1 ? undefined : await findCandidate(target, change);
    const searchTime = candidate === null || tries > TRIES ? Infinity : PIECE;
    const outcome = await write(target.storage, () => {
      assertInTime(target.deadline);
      return changeOneNow(target, change, { candidate: candidate ?? undefined, searchTime });
    });
    if (outcome) return outcome;
  }
}

/** The record id of the first match, or null where there is none. */
async function findCandidate(target: Target, { filter, sort, hint }: Change): Promise<number | null> {
  const query: Query = { ...target, filter, sort, skip: 0, limit: 1, hint };
  for await (const [found] of findMatches(query)) if (found) return found.recordId;
  return null;
}

interface Search {
  candidate?: number | undefined;
  /** How long the search may take inside the write, in milliseconds. */
  searchTime: number;
}

/** Inside a write: makes the change, or answers undefined when the search would take too long. */
export function changeOneNow(
  { storage, namespace }: Target,
  change: Change,
  { candidate, searchTime }: Search,
): Outcome | undefined {
  const spec = readCollection(storage, namespace);
  const collection = spec && { storage, namespace, spec };
  const known = collection && candidate !== undefined ? findRecord(collection, candidate) : undefined;
  const found = known && change.matches(known.doc) ? known : collection && search(collection, change, searchTime);
  if (found === 'long') return undefined;
  if (found && collection) return applyTo(collection, change, found);
  if (!change.upsert || !change.update) return NOTHING;
  const { doc } = insertRecord(ensureCollection(storage, namespace), change.update.create());
  return { matched: 0, modified: 0, upserted: doc, after: doc };
}

function search(collection: WritableCollection, change: Change, milliseconds: number): Found | 'long' | undefined {
  const plan = choosePlan(collection.spec, change);
  const scan = new Scan({ ...collection, plan, matches: change.matches });
  const inOrder = isInOrder(plan, change.sort);
  const found = scan.pull(inOrder ? 1 : Infinity, performance.now() + milliseconds);
  if (!scan.isDone && !(inOrder && found.length > 0)) return 'long';
  return inOrder ? found[0] : sortDocs(found, ({ doc }) => sortKey(doc, change.sort))[0];
}

function applyTo(collection: WritableCollection, { update }: Change, found: Found): Outcome {
  const after = update?.apply(found.doc);
  if (after) return { matched: 1, modified: replaceRecord(collection, found, after) ? 1 : 0, before: found.doc, after };
  removeRecord(collection, found);
  return { matched: 1, modified: 1, before: found.doc };
}

/** Changes every match. Each document is checked again when its turn comes; an error leaves those changed before it changed. */
export async function changeMany(target: Target, change: Change): Promise<Outcome> {
  const ids: number[] = [];
  const query: Query = { ...target, filter: change.filter, sort: [], skip: 0, limit: Infinity, hint: change.hint };
  // All ids first: a change can move a document inside the index that is being read.
  for await (const piece of findMatches(query)) for (const { recordId } of piece) ids.push(recordId);
  const total = { matched: 0, modified: 0 };
  for (let at = 0; at < ids.length;) {
    const piece = await write(target.storage, () => changePiece(target, change, ids.slice(at, at + 10_000)));
    at += piece.done;
    total.matched += piece.matched;
    total.modified += piece.modified;
    if (piece.error) throw piece.error;
  }
  return total.matched === 0 && change.upsert ? changeOne(target, change) : total;
}

interface Piece {
  done: number;
  matched: number;
  modified: number;
  error?: StoreError;
}

function changePiece({ storage, namespace, deadline }: Target, change: Change, ids: number[]): Piece {
  assertInTime(deadline);
  const piece: Piece = { done: 0, matched: 0, modified: 0 };
  const until = performance.now() + WRITE_PIECE;
  for (const id of ids) {
    const spec = readCollection(storage, namespace);
    const found = spec && findRecord({ storage, namespace, spec }, id);
    piece.done += 1;
    try {
      const outcome =
        found && change.matches(found.doc) ? applyTo({ storage, namespace, spec }, change, found) : NOTHING;
      piece.matched += outcome.matched;
      piece.modified += outcome.modified;
    } catch (error) {
      // Thrown on, it would take back the changes before it, which MongoDB keeps.
      if (!(error instanceof StoreError)) throw error;
      return { ...piece, error };
    }
    if (performance.now() >= until) break;
  }
  return piece;
}
