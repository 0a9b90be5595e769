import type { Revision } from './agreement.rules.ts';
import type { IndexAnswer, IndexAsk } from './asks.rules.ts';
import type { SearchRequest } from './clause.rules.ts';
import type { SearchDoc } from './document.rules.ts';

/** A page of ids, with the revision that is indexed of each, and the counts; never content, so that a stale index cannot show stale facts. */
export interface SearchAnswer {
  hits: { id: string; seq: number; typos: number; rank: number }[];
  /** Exact. */
  total: number;
  /** Where an engine counts after it has found, the rows of the page are read meanwhile. Rejects with a `SearchFault`. */
  facets: Promise<Facets>;
  tookMs: number;
}

/** By their names. */
export type Facets = Record<string, FacetAnswer>;

/** A facet without its own filter: at most 200 values, by count downwards, then by value. */
export interface FacetAnswer {
  values: { value: string; count: number }[];
  truncated: boolean;
  /** Of the numbers of the facet's `range`; absent where no document found has one. */
  range?: { min: number; max: number };
}

/** A write that has been handed over and is not yet known to be visible. */
export type Ticket = number;
export type Settled = { state: 'done' } | { state: 'failed'; reason: string } | { state: 'timeout' };

export interface PortHealth {
  engine: string;
  /** False until a whole index stands. */
  ready: boolean;
  documents: number;
  /** Writes handed over and not yet visible. */
  pending: number;
}

/** What Xanh asks of a search engine; every adapter passes the same contract tests. */
export interface SearchPort {
  /** Whether all processes over one store share its index; else each keeps its own. */
  readonly isShared: boolean;
  /** Idempotent: the engine runs and its settings are right. */
  init(): Promise<void>;
  /** Never rejects. */
  health(): Promise<PortHealth>;
  /** Rejects with a `SearchFault`; never a partial answer. */
  search(request: SearchRequest): Promise<SearchAnswer>;
  /** Replaces whole documents by id, 1 to 1,000 at a time; a lower `seq` than the stored one is ignored. */
  upsert(docs: SearchDoc[]): Promise<Ticket>;
  /** 1 to 1,000 ids; an unknown one is no error, one with a higher stored `seq` stays. */
  remove(ids: { id: string; seq: number }[]): Promise<Ticket>;
  /** After `done` every later search sees the write. */
  settle(ticket: Ticket, ms: number): Promise<Settled>;
  /** Readers see the old index until one atomic switch; writes that arrive meanwhile are in the new one. */
  rebuild(source: AsyncIterable<SearchDoc[]>): Promise<{ documents: number; ms: number }>;
  /** Every document that it holds, some at a time. */
  revisions(): AsyncIterable<Revision[]>;
  close(): Promise<void>;
}

/** What the processes over one store tell each other. */
export type Message = { products: string[] } | { ask: IndexAsk } | { to: string; answer: IndexAnswer };

/** The messages between the processes over one store, each heard once by every other. */
export interface IndexMessages {
  /** The name of this process. */
  readonly by: string;
  /** Its id. */
  send(message: Message): Promise<string>;
  /** What others sent since the last call; null where this process was away too long to hear all of it. */
  hear(): Promise<{ id: string; from: string; message: Message }[] | null>;
  /** Whether this process alone, for the next half minute, writes the index that all share. */
  lead(): Promise<boolean>;
}
