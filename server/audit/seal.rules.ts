import { Temporal } from 'temporal-polyfill';
import { canonicalJson } from '../core/canonical.rules.ts';
import type { Hash, HistoryEntry } from '../core/history.rules.ts';

/** Up to which entry a seal covers a record: the last one of the day, with its hash. */
export interface Leaf {
  collection: string;
  id: string;
  seq: number;
  hash: string;
}

/** What became of the register on a day: the root over a leaf for every record that was written, chained to the seal before. */
export interface Seal {
  number: number;
  day: string;
  /** How many leaves. */
  leaves: number;
  root: string;
  /** The hash of the seal before; null for the first. */
  previous: string | null;
  sealedAt: string;
  hash: string;
}

/** What the root is made over: the order of leaves is that of their collections and ids. */
export function leafText({ collection, id, seq, hash }: Leaf): string {
  return canonicalJson({ collection, id, seq, hash });
}

/** The seal with its hash. */
export function sealed(hash: Hash, seal: Omit<Seal, 'hash'>): Seal {
  const { number, day, leaves, root, previous, sealedAt } = seal;
  const content = { number, day, leaves, root, previous, sealedAt };
  return { ...content, hash: hash(canonicalJson(content)) };
}

/** Where a record stands in the order of leaves: NUL is in no name of a collection and in no id. */
export function placeOf({ collection, id }: Pick<Leaf, 'collection' | 'id'>): string {
  return `${collection}\0${id}`;
}

/** The instant at which a calendar day in Asia/Ho_Chi_Minh is over. */
export function endOfDay(day: string): string {
  const next = Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime('Asia/Ho_Chi_Minh');
  return new Date(next.epochMilliseconds).toISOString();
}

/** How many entries a history has up to the last one before an instant. */
export function entriesBefore(history: readonly HistoryEntry[], end: string): number {
  return history.findLastIndex(({ at }) => at < end) + 1;
}
