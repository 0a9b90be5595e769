import { Collection, makeReady, type Found } from './collection.ts';
import { StoreError } from './errors.ts';
import { findMatches, type Query } from './query.ts';
import { type Watch } from './storage.ts';
import { assertInTime, consume, PIECE } from './turns.ts';
import type { Update } from './update.ts';
import type { Doc } from './values.ts';

/** One update or removal of what a query finds. */
export interface Change extends Query {
  /** Without it the documents found are removed. */
  update: Update | undefined;
  upsert: boolean;
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

/** Where something is written, and until when. */
export type Target = Pick<Query, 'storage' | 'namespace' | 'deadline'>;

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
    await storage.write(() => {
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
export async function changeOne(change: Change): Promise<Outcome> {
  const { storage, namespace, deadline } = change;
  const watch: Watch = { collectionId: 0, recordIds: new Set() };
  try {
    for (;;) {
      const quick = await storage.write(() => {
        assertInTime(deadline);
        const outcome = changeNow(change);
        // From inside the write: whatever is written before it is there for the search, and whatever comes after it is noted.
        if (!outcome) storage.watches.add(Object.assign(watch, { collectionId: storage.readSpec(namespace)?.id }));
        return outcome;
      });
      const outcome = quick ?? (await changeAfterSearch(change, watch));
      if (outcome) return outcome;
    }
  } finally {
    storage.watches.delete(watch);
  }
}

/** Inside a write: makes the change, or answers undefined when the search would take too long. */
export function changeNow(change: Change): Outcome | undefined {
  const until = performance.now() + PIECE;
  for (const found of findMatches({ ...change, limit: 1 })) {
    if (found) return applyTo(change, found);
    if (performance.now() >= until) return undefined;
  }
  return applyTo(change, undefined);
}

/**
 * A long search is made outside the write, where others have their turn. Inside, what it found is checked again; where it found nothing, what was
 * written meanwhile is looked through, so that an upsert is as sure as if it had searched inside. Undefined when it has to begin anew.
 */
async function changeAfterSearch(change: Change, watch: Watch): Promise<Outcome | undefined> {
  let candidate: Found | undefined;
  await consume(findMatches({ ...change, limit: 1 }), (found) => void (candidate = found));
  return change.storage.write(() => {
    assertInTime(change.deadline);
    const collection = existing(change);
    if (collection?.spec.id !== watch.collectionId) return undefined;
    const ids = candidate ? [candidate.recordId] : [...watch.recordIds];
    const found = ids.map((id) => collection.find(id)).find((item) => item && change.matches(item.doc));
    return candidate && !found ? undefined : applyTo(change, found);
  });
}

function existing({ storage, namespace }: Target): Collection | undefined {
  const spec = storage.readSpec(namespace);
  return spec && new Collection(storage, namespace, spec);
}

/** Inside a write: changes what was found, inserts for an upsert where nothing was, or does nothing. */
function applyTo(change: Change, found: Found | undefined): Outcome {
  const { storage, namespace, update, upsert } = change;
  const collection = found && existing(change);
  if (!collection) {
    if (!upsert || !update) return { matched: 0, modified: 0 };
    const ready = makeReady(update.create(), undefined);
    Collection.ensure(storage, namespace).insert(ready);
    return { matched: 0, modified: 0, upserted: ready.doc, after: ready.doc };
  }
  const after = update?.apply(found.doc);
  if (!after) collection.remove(found);
  const isChanged = after ? collection.replace(found, after) : true;
  return { matched: 1, modified: isChanged ? 1 : 0, before: found.doc, ...(after && { after }) };
}

/** Changes every match. */
export async function changeMany(change: Change): Promise<Outcome> {
  const total = { matched: 0, modified: 0 };
  await eachRecord(change, (_, found) => {
    if (!change.matches(found.doc)) return;
    const { matched, modified } = applyTo(change, found);
    total.matched += matched;
    total.modified += modified;
  });
  return total.matched === 0 && change.upsert ? changeOne(change) : total;
}

/** Does something to every match, each read again inside a write when its turn comes; an error leaves what was done before it. */
export async function eachRecord(query: Query, step: (collection: Collection, found: Found) => void): Promise<void> {
  const ids: number[] = [];
  // All ids first: a change can move a document inside the index that is being read.
  await consume(findMatches(query), ({ recordId }) => void ids.push(recordId));
  let fault: StoreError | undefined;
  await writeSteps(query, { from: 0, to: ids.length }, (i) => {
    const collection = existing(query);
    const found = collection?.find(ids[i] ?? 0);
    try {
      if (collection && found) step(collection, found);
    } catch (error) {
      // Thrown on, it would take back the changes before it, which MongoDB keeps.
      if (!(error instanceof StoreError)) throw error;
      fault = error;
    }
    return !fault;
  });
  if (fault) throw fault;
}
