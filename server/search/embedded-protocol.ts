import type { Revision } from './agreement.rules.ts';
import type { SearchRequest } from './clause.rules.ts';
import type { SearchDoc } from './document.rules.ts';
import type { SearchFaultCode } from './fault.rules.ts';
import type { Facets, SearchAnswer } from './port.ts';

/** What the worker does, and what it answers. */
export interface WorkerCalls {
  search: { ask: SearchRequest; answer: Omit<SearchAnswer, 'facets'> };
  /** The facets of the search that was asked for right before. */
  count: { ask: null; answer: Facets };
  upsert: { ask: SearchDoc[]; answer: null };
  remove: { ask: { id: string; seq: number }[]; answer: null };
  health: { ask: null; answer: { ready: boolean; documents: number } };
  /** From a row on; `next` is null after the last. */
  revisions: { ask: { from: number }; answer: { revisions: Revision[]; next: number | null } };
  rebuildBegin: { ask: null; answer: null };
  rebuildAdd: { ask: SearchDoc[]; answer: null };
  /** The new index takes the old one's place. */
  rebuildEnd: { ask: null; answer: { documents: number } };
}

export type WorkerCall = keyof WorkerCalls;

/** Calls, to be answered one after the other. Sent as JSON, which is written and read faster than what else threads can send each other. */
export type WorkerRequests = { id: number; call: WorkerCall; ask: unknown }[];

/** Of one call, likewise. */
export type WorkerReply =
  { id: number; answer: unknown; fault?: never } | { id: number; fault: { code: SearchFaultCode; message: string } };
