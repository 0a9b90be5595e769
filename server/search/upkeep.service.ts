import { buildSearchDoc, type SearchDoc, type SearchSource } from './document.rules.ts';
import type { SearchPort, Ticket } from './port.ts';

/** A record whose last write the index has not seen: a product, or a certificate with every product it ever covered. */
export interface PendingWrite {
  products: string[];
  /** Takes the mark away, unless the record was written again since it was read. */
  settle(): Promise<void>;
}

export interface UpkeepParts {
  port: SearchPort;
  /** The sources of all products, or of those of the ids that exist. */
  sources: (ids?: string[]) => AsyncIterable<SearchSource[]>;
  /** The longest waiting first, each as it stands at the time of reading. */
  pending: (limit: number) => Promise<PendingWrite[]>;
}

/** Keeps the index what the store says. */
export interface Upkeep {
  /** Readies the engine; one that keeps no index gets it from the store. */
  start(): Promise<void>;
  /** Builds the index anew from the store; a call during a build waits for that build. */
  rebuild(): Promise<void>;
  /** Indexes some of the waiting writes: how many, 0 when none was left. Builds first where no index stands. */
  drain(): Promise<number>;
}

const writesAtOnce = 50;
const writesOfABuild = 1000;
const documentsAtOnce = 500;
const settleMs = 30_000;
// Products are never deleted, only withdrawn: one that is gone (a demonstration register left) stays gone.
const lastRevision = Number.MAX_SAFE_INTEGER;

/** Marks stay in the store until the index holds the write, so a crash at any point loses nothing. */
export function createUpkeep(parts: UpkeepParts): Upkeep {
  let building: Promise<void> | null = null;
  let draining: Promise<unknown> = Promise.resolve();
  const rebuild = (): Promise<void> => {
    building ??= build(parts).finally(() => (building = null));
    return building;
  };
  const isReady = async () => (await parts.port.health()).ready;
  // A build holds every write that was there when it began, so their marks come off with it.
  const buildForWaiting = async (): Promise<number> => {
    const writes = await parts.pending(writesOfABuild);
    // One that is under way may have read a product before it was written.
    if (building) await building;
    else {
      await rebuild();
      await Promise.all(writes.map((write) => write.settle()));
    }
    return writes.length;
  };
  return {
    async start() {
      await parts.port.init();
      if (!(await isReady())) await rebuild();
    },
    rebuild,
    // One after the other: of two at once the slower could put back what the faster has replaced.
    drain() {
      const drained = draining.then(async () => {
        return (await isReady()) ? drainSome(parts) : buildForWaiting();
      });
      draining = drained.catch(() => null);
      return drained;
    },
  };
}

async function build({ port, sources }: UpkeepParts): Promise<void> {
  await port.init();
  await port.rebuild(documentsOf(sources()));
}

async function* documentsOf(batches: AsyncIterable<SearchSource[]>): AsyncGenerator<SearchDoc[]> {
  for await (const batch of batches) yield batch.map(buildSearchDoc);
}

async function drainSome(parts: UpkeepParts): Promise<number> {
  const writes = await parts.pending(writesAtOnce);
  const ids = [...new Set(writes.flatMap(({ products }) => products))];
  for (let at = 0; at < ids.length; at += documentsAtOnce) await index(parts, ids.slice(at, at + documentsAtOnce));
  await Promise.all(writes.map((write) => write.settle()));
  return writes.length;
}

async function index({ port, sources }: UpkeepParts, ids: string[]): Promise<void> {
  const docs: SearchDoc[] = [];
  for await (const batch of documentsOf(sources(ids))) docs.push(...batch);
  const isThere = new Set(docs.map(({ id }) => id));
  const gone = ids.filter((id) => !isThere.has(id)).map((id) => ({ id, seq: lastRevision }));
  if (docs.length > 0) await settled(port, await port.upsert(docs));
  if (gone.length > 0) await settled(port, await port.remove(gone));
}

async function settled(port: SearchPort, ticket: Ticket): Promise<void> {
  const end = await port.settle(ticket, settleMs);
  if (end.state !== 'done') throw new Error(`the search engine did not take a write: ${JSON.stringify(end)}`);
}
