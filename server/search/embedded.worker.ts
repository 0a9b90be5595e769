import { parentPort } from 'node:worker_threads';
import type { SearchDoc } from './document.rules.ts';
import { fault, isFault } from './fault.rules.ts';
import { createIndex, type EmbeddedIndex } from './embedded-index.ts';
import type { Facets } from './port.ts';
import type { WorkerCall, WorkerCalls, WorkerReply, WorkerRequests } from './embedded-protocol.ts';

type Handlers = { [C in WorkerCall]: (ask: WorkerCalls[C]['ask']) => WorkerCalls[C]['answer'] };
type Write = (index: EmbeddedIndex) => void;

/** The live index, what its last search has yet to count, and the index being built beside it with the writes that it must catch up with. */
let live: EmbeddedIndex | null = null;
let counting: () => Facets = () => ({});
let next: { index: EmbeddedIndex; writes: Write[] } | null = null;

function write(change: Write): null {
  next?.writes.push(change);
  if (live) change(live);
  else if (!next) throw fault('not_ready', 'no index stands yet');
  return null;
}

function building(): NonNullable<typeof next> {
  if (!next) throw fault('failed', 'no rebuild has begun');
  return next;
}

const handlers: Handlers = {
  search(request) {
    if (!live) throw fault('not_ready', 'no index stands yet');
    const start = performance.now();
    const { facets, ...answer } = live.search(request);
    counting = facets;
    return { ...answer, tookMs: performance.now() - start };
  },
  count: () => counting(),
  upsert: (docs) => write((index) => index.put(docs)),
  remove: (ids) => write((index) => index.remove(ids)),
  health: () => ({ ready: live !== null, documents: live?.documents() ?? 0 }),
  revisions: ({ from }) => live?.revisions(from) ?? { revisions: [], next: null },
  rebuildBegin() {
    next = { index: createIndex(), writes: [] };
    return null;
  },
  rebuildAdd(docs: SearchDoc[]) {
    building().index.put(docs);
    return null;
  },
  rebuildEnd() {
    const { index, writes } = building();
    for (const change of writes) change(index);
    live = index;
    next = null;
    return { documents: index.documents() };
  },
};

/** One request, one reply: a fault is an answer like any other and never ends the worker. */
function reply({ id, call, ask }: WorkerRequests[number]): WorkerReply {
  try {
    return { id, answer: handlers[call](ask as never) };
  } catch (error) {
    const { code, message } = isFault(error) ? error : fault('failed', String(error));
    return { id, fault: { code, message } };
  }
}

parentPort?.on('message', (text: string) => {
  for (const request of JSON.parse(text) as WorkerRequests) parentPort?.postMessage(JSON.stringify(reply(request)), []);
});
