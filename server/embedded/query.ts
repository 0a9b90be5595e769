import { deserialize } from 'bson';
import type { FoundBytes } from './collection.ts';
import { ensure } from './errors.ts';
import type { Matcher } from './filter.ts';
import type { KeyPattern } from './keys.ts';
import { pick, type Names } from './pick.ts';
import { choosePlan, isInOrder, type Plan } from './planner.ts';
import { sorted } from './sort.ts';
import { entryKey, idKey, recordIdOf, recordKey } from './storage.ts';
import type { CollectionSpec, Storage } from './storage.ts';
import { assertInTime, PIECE, type Stream } from './turns.ts';
import type { Doc } from './values.ts';

/** A query on one collection. */
export interface Query {
  storage: Storage;
  namespace: string;
  filter: Doc;
  /** The same filter, compiled. */
  matches: Matcher;
  sort: KeyPattern;
  /** The fields that are looked at, of which alone documents are then made; all of them where there is no such list. */
  fields?: Names;
  skip: number;
  /** Infinity for no limit. */
  limit: number;
  hint?: unknown;
  /** When the client's time is over, on `performance.now()`'s clock; Infinity for never. It may change while the query runs. */
  deadline: number;
}

/** How much a query has looked at. */
export type Examined = { keys: number; docs: number };

/** How a query is carried out: at most so many matches are wanted of the plan. */
type Way = { spec: CollectionSpec; plan: Plan; most: number; examined: Examined };

/** A stretch of keys to walk, or the one key of a document; without `indexId` they are the records themselves. */
type Segment = { indexId?: number; start: Buffer; end: Buffer; reverse: boolean; isOne: boolean };

const [PIECE_MATCHES, CHECK_EVERY] = [250, 16];

/** The matches of a query in order. Throws 50, 175 if what it walks is dropped, and what a wrong hint throws. */
export function* findMatches(query: Query, examined: Examined = { keys: 0, docs: 0 }): Stream<FoundBytes> {
  const spec = query.storage.readSpec(query.namespace);
  if (!spec) return;
  const { sort, skip, limit } = query;
  const plan = choosePlan(spec, query);
  const top = skip + limit;
  if (isInOrder(plan, sort)) yield* slice(walk(query, { spec, plan, most: top, examined }), skip, limit);
  else
    yield* slice(
      sorted(walk(query, { spec, plan, most: Infinity, examined }), sort, { top, of: docOf, sizeOf }),
      skip,
      limit,
    );
}

const docOf = ({ doc }: FoundBytes): Doc => doc;
const sizeOf = ({ bytes }: FoundBytes): number => bytes.length;

/** Leaves the first `skip` items out and ends after `limit` more. */
export function* slice<T>(items: Stream<T>, skip: number, limit: number): Stream<T> {
  let seen = 0;
  for (const item of items) {
    if (item !== undefined) seen += 1;
    yield seen > skip ? item : undefined;
    if (seen >= skip + limit) return;
  }
}

/**
 * Walks a plan in pieces. Between two pieces nothing is held open, so a client may pause for ever; each piece sees the newest commit, or inside a
 * write the write's own changes.
 */
function* walk(query: Query, way: Way): Stream<FoundBytes> {
  const { spec, plan, examined } = way;
  const look = lookerOf(query, way);
  let left = way.most;
  let piece: { found: FoundBytes[]; until: number } | undefined;
  for (const segment of segmentsOf(plan, spec)) {
    const isRecords = segment.indexId === undefined;
    let [last, isOpen]: [Buffer | undefined, boolean] = [undefined, true];
    while (isOpen && left > 0) {
      if (!piece) assertThere(query, spec, segment);
      const { found, until } = (piece ??= { found: [], until: performance.now() + PIECE });
      const isFull = () => found.length >= Math.min(left, PIECE_MATCHES);
      isOpen = false;
      for (const { key, value } of entriesIn(query.storage, segment, last)) {
        last = segment.isOne ? key : Buffer.from(key);
        const hit = look(recordIdOf(isRecords ? last : value), isRecords ? value : undefined);
        if (hit) found.push(hit);
        isOpen = isFull() || isTimeOver(examined, until);
        if (isOpen) break;
      }
      if (!isOpen && performance.now() < until) continue;
      piece = undefined;
      left -= found.length;
      yield* found;
      yield undefined;
    }
  }
  if (piece) yield* piece.found;
}

/** Looks at the document of an entry, each document once; undefined where it is no match. */
function lookerOf(
  { storage, matches, fields }: Query,
  { spec, plan, examined }: Way,
): (recordId: number, raw: Buffer | undefined) => FoundBytes | undefined {
  const isSingle = plan.stage === 'COLLSCAN' || (plan.stage === 'IXSCAN' && !plan.index.multikey.includes(true));
  const isCertain = fields !== undefined && plan.stage === 'IXSCAN' && plan.isCertain;
  const seen = isSingle ? undefined : new Set<number>();
  const docIn = (bytes: Buffer) => deserialize(fields ? pick(bytes, fields) : bytes);
  return (recordId, raw) => {
    if (!raw) {
      examined.keys += 1;
      if (seen?.has(recordId)) return undefined;
      seen?.add(recordId);
    }
    examined.docs += 1;
    const bytes = raw ?? storage.readBytes(spec.id, recordId);
    if (!bytes || isCertain) return bytes && new KnownMatch({ recordId, bytes }, docIn);
    const doc = docIn(bytes);
    return matches(doc) ? { recordId, doc, bytes } : undefined;
  };
}

function isTimeOver({ keys, docs }: Examined, until: number): boolean {
  return (keys + docs) % CHECK_EVERY === 0 && performance.now() >= until;
}

function assertThere({ storage, namespace, deadline }: Query, spec: CollectionSpec, { indexId }: Segment): void {
  assertInTime(deadline);
  const now = storage.readSpec(namespace);
  const isThere = now?.id === spec.id && (indexId === undefined || now.indexes.some(({ id }) => id === indexId));
  ensure(isThere, 175, `query plan killed: collection or index of ${namespace} dropped`);
}

/** A match whose document is made when it is looked at, which most are not that are known to match. */
class KnownMatch implements FoundBytes {
  readonly recordId: number;
  readonly bytes: Buffer;
  readonly #docIn: (bytes: Buffer) => Doc;

  constructor({ recordId, bytes }: Pick<FoundBytes, 'recordId' | 'bytes'>, docIn: (bytes: Buffer) => Doc) {
    this.recordId = recordId;
    this.bytes = bytes;
    this.#docIn = docIn;
  }

  get doc(): Doc {
    return this.#docIn(this.bytes);
  }
}

/** The entries of a segment behind the last one. The key is good until the next is read. */
function entriesIn(
  { records, entries }: Storage,
  { indexId, start, end, reverse, isOne }: Segment,
  last: Buffer | undefined,
): Iterable<{ key: Buffer; value: Buffer }> {
  if (isOne) {
    const value = last ? undefined : entries.getBinary(start);
    return value ? [{ key: start, value }] : [];
  }
  const [from, to] = reverse ? [end, start] : [start, end];
  const range = { start: last ?? from, end: to, exclusiveStart: last !== undefined, inclusiveEnd: reverse, reverse };
  return (indexId === undefined ? records : entries).getRange(range);
}

function segmentsOf(plan: Plan, spec: CollectionSpec): Segment[] {
  if (plan.stage === 'OR') return plan.branches.flatMap((branch) => segmentsOf(branch, spec));
  if (plan.stage === 'COLLSCAN')
    return [{ start: recordKey(spec.id, 0), end: idKey(spec.id + 1), reverse: false, isOne: false }];
  const { index, ranges, reverse } = plan;
  const segments = ranges.map(({ start, end, isOne }) => {
    return { indexId: index.id, start: entryKey(index.id, start), end: entryKey(index.id, end), reverse, isOne };
  });
  return reverse ? segments.toReversed() : segments;
}
