import { createPause, dayOf, settledInstant, type Clock } from '../core/clock.ts';
import { createMerkleTree } from './merkle.rules.ts';
import type { AuditStore, Chunk, Covered } from './port.ts';
import { endOfDay, entriesBefore, leafText, placeOf, sealed, type Leaf, type Seal } from './seal.rules.ts';
import { createSealedLeaves } from './sealed.service.ts';

// A day with more records has several seals; what one is made of is held in memory.
const mostLeaves = 50_000;
const leavesOfChunk = 1000;
const coveredAtOnce = 500;

interface SealingParts {
  store: AuditStore;
  clock: Clock;
}

/**
 * Seals the earliest day that is over and has records waiting: how many, 0 where none is left. A seal is never written again:
 * what was cut off behind it only takes the marks off, and a record that comes late for its day is in a further seal of that day.
 */
export async function sealSome({ store, clock }: SealingParts): Promise<number> {
  const since = await store.waitingSince();
  if (since === null) return 0;
  const day = dayOf(since);
  const end = endOfDay(day);
  if (end > settledInstant(clock)) return 0;
  // Read before what waits: a seal that another process makes meanwhile takes the number, so no leaf is sealed twice.
  const last = await store.lastSeal();
  const { leaves, covered } = await readWaiting(store, day, end);
  if (leaves.length > 0 && !(await keepSeal({ store, clock }, { last, day, leaves }))) return 1;
  for (let at = 0; at < covered.length; at += coveredAtOnce) await store.cover(covered.slice(at, at + coveredAtOnce));
  return covered.length;
}

/** What waits for the day: the leaves that no seal of it has yet, and how far each record is covered then. */
async function readWaiting(
  store: AuditStore,
  day: string,
  end: string,
): Promise<{ leaves: Leaf[]; covered: Covered[] }> {
  const covered: Covered[] = [];
  const heads: Leaf[] = [];
  for await (const record of store.waiting(end, mostLeaves)) {
    const { collection, id, history } = record;
    const sealable = entriesBefore(history, end);
    covered.push({ collection, id, entries: history.length, since: history[sealable]?.at });
    const head = history[sealable - 1];
    if (head) heads.push({ collection, id, seq: head.seq, hash: head.hash });
  }
  heads.sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
  const known = createSealedLeaves(store);
  const leaves: Leaf[] = [];
  const pause = createPause();
  for (const head of heads) {
    await pause();
    const found = await known.find(day, head);
    if (found?.leaf.seq !== head.seq) leaves.push(head);
  }
  return { leaves, covered };
}

/** Seals the leaves behind the last seal; false where another process was faster. */
async function keepSeal(
  { store, clock }: SealingParts,
  { last, day, leaves }: { last: Seal | null; day: string; leaves: Leaf[] },
): Promise<boolean> {
  const tree = createMerkleTree(store.hashBytes);
  const pause = createPause();
  for (const leaf of leaves) {
    tree.add(leafText(leaf));
    await pause();
  }
  const seal = sealed(store.hash, {
    number: (last?.number ?? 0) + 1,
    day,
    leaves: leaves.length,
    root: tree.root(),
    previous: last?.hash ?? null,
    sealedAt: clock.now(),
  });
  return store.keep(seal, chunksOf(leaves));
}

function chunksOf(leaves: Leaf[]): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 0; at < leaves.length; at += leavesOfChunk) {
    const some = leaves.slice(at, at + leavesOfChunk);
    chunks.push({ first: placeOf(some[0]!), leaves: some });
  }
  return chunks;
}
