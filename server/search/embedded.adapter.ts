import type { SearchRequest } from './clause.rules.ts';
import { fault } from './fault.rules.ts';
import type { WorkerCalls } from './embedded-protocol.ts';
import { startThread, type Thread } from './embedded-thread.ts';
import type { SearchAnswer, SearchPort } from './port.ts';
import { keepWrites, within } from './writes-under-way.ts';

const healthMs = 1000;

/** The search engine of a machine that has nothing else: MiniSearch in a worker thread, its index in memory. */
export function createEmbeddedSearch(): SearchPort {
  const thread = keepThread();
  const writes = keepWrites();
  return {
    isShared: false,
    init: async () => void (await thread.running().ask('health', null)),
    async health() {
      const state = await within(thread.health(), healthMs);
      return { engine: 'embedded', ready: false, documents: 0, ...state, pending: writes.pending() };
    },
    search: async (request) => search(thread.running(), request),
    upsert: async (docs) => writes.add(thread.running().ask('upsert', docs)),
    remove: async (ids) => writes.add(thread.running().ask('remove', ids)),
    settle: (ticket, ms) => writes.settle(ticket, ms),
    async rebuild(source) {
      const start = performance.now();
      const builder = thread.running();
      await builder.ask('rebuildBegin', null);
      // The next are read while these are taken in.
      let adding: Promise<unknown> = Promise.resolve();
      for await (const docs of source) {
        await adding;
        adding = builder.ask('rebuildAdd', docs);
        adding.catch(() => {});
      }
      await adding;
      const { documents } = await builder.ask('rebuildEnd', null);
      return { documents, ms: performance.now() - start };
    },
    async *revisions() {
      for (let from: number | null = 0; from !== null;) {
        const { revisions, next }: WorkerCalls['revisions']['answer'] = await thread
          .running()
          .ask('revisions', { from });
        yield revisions;
        from = next;
      }
    },
    close: () => thread.close(),
  };
}

/** The page first, and what counts its facets right behind it. */
async function search(engine: Thread, request: SearchRequest): Promise<SearchAnswer> {
  const found = engine.ask('search', request);
  const facets = request.facets.length > 0 ? engine.ask('count', null) : Promise.resolve({});
  // Whoever wants them learns of a failure; most of all it is that of the search itself.
  facets.catch(() => {});
  return { ...(await found), facets };
}

/** One thread at a time: one that ended by itself is followed by an empty one, which is not ready until a rebuild. */
function keepThread() {
  let thread: Thread | null = null;
  let isClosed = false;
  const running = (): Thread => {
    if (isClosed) throw fault('not_ready', 'search is closed');
    if (!thread || thread.isGone()) thread = startThread();
    return thread;
  };
  return {
    running,
    async health() {
      try {
        return await running().ask('health', null);
      } catch {
        return null;
      }
    },
    async close() {
      isClosed = true;
      await thread?.end();
    },
  };
}
