import type { SealQuery } from '../../schemas/types.d.ts';
import type { Page } from '../core/records.ts';
import type { Hash, HistoryEntry, State } from '../core/history.rules.ts';
import type { HashBytes } from './merkle.rules.ts';
import type { Leaf, Seal } from './seal.rules.ts';

/** A record as its history tells of it. */
export interface AuditedRecord {
  collection: string;
  id: string;
  /** What is recorded now. */
  state: State;
  history: HistoryEntry[];
  /** The instant of the first entry that no seal covers. */
  unsealedSince: string | undefined;
}

/** How far seals cover a record: it has so many entries, and waits since the first that is not covered, where there is one. */
export interface Covered {
  collection: string;
  id: string;
  entries: number;
  since: string | undefined;
}

/** A seal and where its leaves are. */
export interface StoredSeal extends Seal {
  leavesAt: string;
}

/** The leaves of a seal, some of them at a time. */
export interface Chunk {
  /** The place of its first leaf. */
  first: string;
  leaves: Leaf[];
}

/** What seals are made of, and kept in. */
export interface AuditStore extends SealStore {
  hash: Hash;
  hashBytes: HashBytes;
  /** The collections whose records have a history, in the order of their names. */
  collections: string[];
  /** What answers show of a recorded state: what the schema of its records names, as it is on the wire. */
  shown(collection: string, state: State): object;
  /** The records of one, in the order of their ids. */
  records(collection: string): AsyncIterable<AuditedRecord>;
  /** Those of the ids that exist. */
  some(collection: string, ids: string[]): Promise<AuditedRecord[]>;
  /** The instant since when a record waits to be sealed; null where none does. */
  waitingSince(): Promise<string | null>;
  /** Records that wait since before an instant, at the most so many. */
  waiting(before: string, most: number): AsyncIterable<Pick<AuditedRecord, 'collection' | 'id' | 'history'>>;
  /** Gives records from before histories were kept their first entry; how many. */
  adopt(now: () => string): Promise<number>;
  /** Says how far seals cover records, each that has still as many entries. */
  cover(covered: Covered[]): Promise<void>;
}

/** The seals and their leaves. */
export interface SealStore {
  /** In the order of their numbers. */
  seals(): AsyncIterable<StoredSeal>;
  sealsOf(days: string[]): Promise<StoredSeal[]>;
  /** Of a period, the latest first; `cursor` is what `next` of the page before was. */
  sealPage(query: SealQuery): Promise<Page<StoredSeal>>;
  lastSeal(): Promise<StoredSeal | null>;
  chunks(leavesAt: string): AsyncIterable<Chunk>;
  /** The chunk in which a place would be; null where all chunks begin behind it. */
  chunkAround(leavesAt: string, place: string): Promise<Chunk | null>;
  /** Keeps the chunks, then the seal, which is what makes them count; false where another has its number. */
  keep(seal: Seal, chunks: Chunk[]): Promise<boolean>;
}
