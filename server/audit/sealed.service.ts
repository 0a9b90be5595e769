import type { AuditStore, Chunk, StoredSeal } from './port.ts';
import { placeOf, type Leaf } from './seal.rules.ts';

/** Where the seals of a day have a record. */
export interface SealedLeaf {
  seal: StoredSeal;
  leaf: Leaf;
}

/** Looks records up in the leaves of a day's seals; what is asked for in the order of leaves is read once. */
export interface SealedLeaves {
  /** The leaf with the latest entry of the record; null where no seal of the day has it. */
  find(day: string, record: Pick<Leaf, 'collection' | 'id'>): Promise<SealedLeaf | null>;
}

const mostChunks = 200;
const mostDays = 1000;

export function createSealedLeaves(store: AuditStore): SealedLeaves {
  const days = new Map<string, StoredSeal[]>();
  const chunks = new Map<string, KnownChunk>();
  const sealsOf = async (day: string): Promise<StoredSeal[]> => {
    const kept = days.get(day) ?? (await store.sealsOf([day]));
    keep(days, [day, kept], mostDays);
    return kept;
  };
  const leafOf = async ({ leavesAt }: StoredSeal, place: string): Promise<Leaf | undefined> => {
    let chunk = chunks.get(leavesAt);
    if (!chunk || place < chunk.first || place > chunk.last)
      chunk = knownChunk(await store.chunkAround(leavesAt, place));
    if (!chunk) return undefined;
    keep(chunks, [leavesAt, chunk], mostChunks);
    return chunk.leaves.get(place);
  };
  return {
    async find(day, record) {
      let latest: SealedLeaf | null = null;
      for (const seal of await sealsOf(day)) {
        const leaf = await leafOf(seal, placeOf(record));
        if (leaf && leaf.seq > (latest?.leaf.seq ?? 0)) latest = { seal, leaf };
      }
      return latest;
    },
  };
}

/** A chunk whose leaves are found by their places. */
interface KnownChunk {
  first: string;
  last: string;
  leaves: ReadonlyMap<string, Leaf>;
}

function knownChunk(chunk: Chunk | null): KnownChunk | undefined {
  if (!chunk) return undefined;
  const leaves = chunk.leaves.map((leaf): [string, Leaf] => [placeOf(leaf), leaf]);
  return { first: chunk.first, last: leaves.at(-1)?.[0] ?? chunk.first, leaves: new Map(leaves) };
}

/** Keeps an entry as the youngest, and of all no more than so many. */
function keep<V>(kept: Map<string, V>, [key, value]: [string, V], most: number): void {
  kept.delete(key);
  kept.set(key, value);
  const [oldest] = kept.keys();
  if (kept.size > most && oldest !== undefined) kept.delete(oldest);
}
