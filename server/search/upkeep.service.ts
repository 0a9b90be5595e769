import { buildSearchDoc, type SearchDoc, type SearchSource } from './document.rules.ts';
import type { Revision } from './agreement.rules.ts';
import type { IndexState } from './asks.rules.ts';
import type { IndexMessages, SearchPort, Ticket } from './port.ts';

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
  /** The instant since when the longest waiting write waits; null where none waits. */
  waitingSince: () => Promise<string | null>;
  /** Every product by its revision. */
  revisions: () => AsyncIterable<Revision>;
  messages: IndexMessages;
}

/** Keeps the index what the store says. */
export interface Upkeep {
  /** Readies the engine; one that keeps no index gets it from the store. */
  start(): Promise<void>;
  /** Builds the index anew from the store; a call during a build waits for that build, one that another process makes is left to it. */
  rebuild(): Promise<void>;
  /** Indexes some of the waiting writes, here or told by other processes: how many, 0 when none was left. */
  drain(): Promise<number>;
  state(): Promise<IndexState>;
}

const writesAtOnce = 50;
const writesOfABuild = 1000;
const documentsAtOnce = 500;
const settleMs = 30_000;
// Products are never deleted, only withdrawn: one that is gone (a demonstration register left) stays gone.
const lastRevision = Number.MAX_SAFE_INTEGER;

/**
 * Marks stay in the store until the index holds the write, so a crash at any point loses nothing. Where each process keeps an
 * index of its own, whoever takes a mark off tells the others first; one index that all share is written by one of them.
 */
export function createUpkeep(parts: UpkeepParts, listen: (heard: Heard) => void): Upkeep {
  const { port } = parts;
  const building = createBuilding(parts);
  const told = createTold(parts, { listen, rebuild: building.rebuild });
  let draining: Promise<unknown> = Promise.resolve();
  let lastError: string | null = null;
  const pass = async (): Promise<number> => {
    await told.hear();
    if (!(await isReady(parts))) return building.rebuildForWaiting();
    return (await told.indexSome()) + (await drainSome(parts));
  };
  return {
    async start() {
      await port.init();
      if (!(await isReady(parts))) await building.rebuild();
    },
    rebuild: building.rebuild,
    // One after the other: of two at once the slower could put back what the faster has replaced.
    drain() {
      const drained = draining.then(pass);
      draining = drained.then(
        () => (lastError = null),
        (error: unknown) => (lastError = String(error)),
      );
      return drained;
    },
    async state() {
      const [{ engine, ready, documents }, waitingSince] = await Promise.all([port.health(), parts.waitingSince()]);
      return { engine, ready, documents, waitingSince, lastError };
    },
  };
}

/** One build at a time. */
function createBuilding(parts: UpkeepParts) {
  let running: Promise<void> | null = null;
  const rebuild = (): Promise<void> => {
    running ??= mayWrite(parts)
      .then((may) => (may ? build(parts) : undefined))
      .finally(() => (running = null));
    return running;
  };
  return {
    rebuild,
    /** A build holds every write that was there when it began, so their marks come off with it. */
    async rebuildForWaiting(): Promise<number> {
      const writes = await parts.pending(writesOfABuild);
      // One that is under way may have read a product before it was written.
      if (running) await running;
      else {
        await rebuild();
        if (!(await isReady(parts))) return 0;
        await settleAll(parts, writes);
      }
      return writes.length;
    },
  };
}

/** Products that other processes told of, until this one's own index has them. */
function createTold(
  parts: UpkeepParts,
  { listen, rebuild }: { listen: (heard: Heard) => void; rebuild: () => Promise<void> },
) {
  const told = new Set<string>();
  return {
    async hear(): Promise<void> {
      const heard = await parts.messages.hear();
      if (heard === null) return rebuild();
      for (const one of heard) {
        if (!('products' in one.message)) listen(one);
        else if (!parts.port.isShared) for (const id of one.message.products) told.add(id);
      }
    },
    async indexSome(): Promise<number> {
      const ids = [...told].slice(0, documentsAtOnce);
      await indexAll(parts, ids);
      for (const id of ids) told.delete(id);
      return ids.length;
    },
  };
}

async function isReady({ port }: UpkeepParts): Promise<boolean> {
  return (await port.health()).ready;
}

async function mayWrite({ port, messages }: UpkeepParts): Promise<boolean> {
  return !port.isShared || messages.lead();
}

/** A message of another process that is not about writes. */
export type Heard = NonNullable<Awaited<ReturnType<IndexMessages['hear']>>>[number];

async function build({ port, sources, messages }: UpkeepParts): Promise<void> {
  await port.init();
  const keepLead = async () => void (port.isShared && (await messages.lead()));
  await port.rebuild(documentsOf(sources(), keepLead));
}

async function* documentsOf(
  batches: AsyncIterable<SearchSource[]>,
  meanwhile?: () => Promise<void>,
): AsyncGenerator<SearchDoc[]> {
  for await (const batch of batches) {
    await meanwhile?.();
    yield batch.map(buildSearchDoc);
  }
}

async function drainSome(parts: UpkeepParts): Promise<number> {
  const writes = await parts.pending(writesAtOnce);
  if (writes.length === 0 || !(await mayWrite(parts))) return 0;
  await indexAll(parts, [...new Set(writes.flatMap(({ products }) => products))]);
  await settleAll(parts, writes);
  return writes.length;
}

/** Once the mark is off, no other process would learn of the write. */
async function settleAll({ port, messages }: UpkeepParts, writes: PendingWrite[]): Promise<void> {
  const products = [...new Set(writes.flatMap((write) => write.products))];
  for (let at = 0; !port.isShared && at < products.length; at += documentsAtOnce)
    await messages.send({ products: products.slice(at, at + documentsAtOnce) });
  await Promise.all(writes.map((write) => write.settle()));
}

async function indexAll(parts: UpkeepParts, ids: string[]): Promise<void> {
  for (let at = 0; at < ids.length; at += documentsAtOnce) await index(parts, ids.slice(at, at + documentsAtOnce));
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
