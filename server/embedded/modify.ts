import { Collection, makeReady, type Found } from './collection.ts';
import { StoreError } from './errors.ts';
import type { Matcher } from './filter.ts';
import { compareKeys, sortKey, type KeyPattern } from './keys.ts';
import { choosePlan, isInOrder } from './planner.ts';
import { findMatches, type Query } from './query.ts';
import { Scan } from './scan.ts';
import { readSpec, write, type Storage, type Watch } from './storage.ts';
import { assertInTime, PIECE } from './turns.ts';
import type { Update } from './update.ts';
import type { Doc } from './values.ts';

/** One update or removal of what a filter finds. */
export interface Change {
  filter: Doc;
  matches: Matcher;
  sort: KeyPattern;
  hint?: unknown;
  /** Without it the documents found are removed. */
  update?: Update | undefined;
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
const WRITE_PIECE = 10;

/**
 * Runs a step for each number from `from` to `to` inside writes, as many in each as its time allows, until one says no. Gives where it ended. A
 * step that throws has changed nothing.
 */
export async function writeSteps(
  { storage, deadline }: Target,
  { from, to }: { from: number; to: number },
  step: (i: number) => boolean,
): Promise<number> {
  const state = { at: from, isOn: true };
  while (state.isOn && state.at < to)
    await write(storage, () => {
      assertInTime(deadline);
      const until = performance.now() + WRITE_PIECE;
      do {
        state.isOn = step(state.at);
        state.at += 1;
      } while (state.isOn && state.at < to && performance.now() < until);
    });
  return state.at;
}

/** Changes the first match, or inserts for an upsert: decided and done inside one write. Throws 11000, 50 and what the update throws. */
export async function changeOne(target: Target, change: Change): Promise<Outcome> {
  const { storage, namespace, deadline } = target;
  const watch: Watch = { collectionId: 0, recordIds: new Set() };
  try {
    const quick = await write(storage, () => {
      assertInTime(deadline);
      const outcome = changeOneNow(target, change);
      // From inside the write: whatever is written before it is there for the search, and whatever comes after it is noted.
      if (!outcome) storage.watches.add(Object.assign(watch, { collectionId: readSpec(storage, namespace)?.id }));
      return outcome;
    });
    const outcome = quick ?? (await changeAfterSearch(target, change, watch));
    if (outcome) return outcome;
  } finally {
    storage.watches.delete(watch);
  }
  return changeOne(target, change);
}

/** Inside a write: makes the change, or answers undefined when the search would take too long. */
export function changeOneNow(target: Target, change: Change): Outcome | undefined {
  const { storage, namespace } = target;
  const spec = readSpec(storage, namespace);
  if (!spec) return applyTo(target, change, undefined);
  const plan = choosePlan(spec, change);
  const scan = new Scan({ storage, namespace, spec, plan, matches: change.matches });
  const inOrder = isInOrder(plan, change.sort);
  const found = scan.pull(inOrder ? 1 : Infinity, performance.now() + PIECE);
  if (!scan.isDone && !(inOrder && found.length > 0)) return undefined;
  if (found.length > 1) {
    const keys = new Map(found.map((item) => [item, sortKey(item.doc, change.sort)]));
    found.sort((a, b) => compareKeys(keys.get(a) ?? '', keys.get(b) ?? ''));
  }
  return applyTo(target, change, found[0]);
}

/**
 * A long search is made outside the write, where others have their turn. Inside, what it found is checked again; where it found nothing, what was
 * written meanwhile is looked through, so that an upsert is as sure as if it had searched inside. Undefined when it has to begin anew.
 */
async function changeAfterSearch(target: Target, change: Change, watch: Watch): Promise<Outcome | undefined> {
  const [candidate] = (await findMatches({ ...target, ...change, skip: 0, limit: 1 }).next()).value ?? [];
  return write(target.storage, () => {
    assertInTime(target.deadline);
    const collection = existing(target);
    if (collection?.spec.id !== watch.collectionId) return undefined;
    const ids = candidate ? [candidate.recordId] : [...watch.recordIds];
    const found = ids.map((id) => collection.find(id)).find((item) => item && change.matches(item.doc));
    return candidate && !found ? undefined : applyTo(target, change, found);
  });
}

function existing({ storage, namespace }: Target): Collection | undefined {
  const spec = readSpec(storage, namespace);
  return spec && new Collection(storage, namespace, spec);
}

/** Inside a write: changes what was found, inserts for an upsert where nothing was, or does nothing. */
function applyTo(target: Target, { update, upsert }: Change, found: Found | undefined): Outcome {
  const collection = found && existing(target);
  if (!collection) {
    if (!upsert || !update) return { matched: 0, modified: 0 };
    const ready = makeReady(update.create(), undefined);
    Collection.ensure(target.storage, target.namespace).insert(ready);
    return { matched: 0, modified: 0, upserted: ready.doc, after: ready.doc };
  }
  const after = update?.apply(found.doc);
  if (!after) collection.remove(found);
  const isChanged = after ? collection.replace(found, after) : true;
  return { matched: 1, modified: isChanged ? 1 : 0, before: found.doc, ...(after && { after }) };
}

/** Changes every match. Each document is checked again when its turn comes; an error leaves those changed before it changed. */
export async function changeMany(target: Target, change: Change): Promise<Outcome> {
  const ids: number[] = [];
  const query: Query = { ...target, ...change, sort: [], skip: 0, limit: Infinity };
  // All ids first: a change can move a document inside the index that is being read.
  for await (const piece of findMatches(query)) for (const { recordId } of piece) ids.push(recordId);
  const total = { matched: 0, modified: 0 };
  let fault: StoreError | undefined;
  await writeSteps(target, { from: 0, to: ids.length }, (i) => {
    const found = existing(target)?.find(ids[i] ?? 0);
    try {
      if (!found || !change.matches(found.doc)) return true;
      const { matched, modified } = applyTo(target, change, found);
      total.matched += matched;
      total.modified += modified;
    } catch (error) {
      // Thrown on, it would take back the changes before it, which MongoDB keeps.
      if (!(error instanceof StoreError)) throw error;
      fault = error;
    }
    return !fault;
  });
  if (fault) throw fault;
  return total.matched === 0 && change.upsert ? changeOne(target, change) : total;
}
