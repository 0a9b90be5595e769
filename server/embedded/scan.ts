import { deserialize } from 'bson';
import type { Found } from './collection.ts';
import { StoreError } from './errors.ts';
import type { Matcher } from './filter.ts';
import type { Plan } from './planner.ts';
import { entryKey, idKey, readRecord, readSpec, recordIdOf, recordKey } from './storage.ts';
import type { CollectionSpec, Storage } from './storage.ts';

/** A stretch of keys to walk; without `indexId` they are the records themselves. */
interface Segment {
  indexId?: number;
  start: Buffer;
  end: Buffer;
  reverse: boolean;
}

/** What is scanned and which documents are wanted. */
export interface ScanInput {
  storage: Storage;
  namespace: string;
  spec: CollectionSpec;
  plan: Plan;
  matches: Matcher;
}

const CHECK_EVERY = 16;

/**
 * Walks a plan in pieces. Between two pieces nothing is held open, so a client may pause for ever; each piece sees the newest commit, or inside a
 * write the write's own changes.
 */
export class Scan {
  isDone = false;
  keysExamined = 0;
  docsExamined = 0;
  readonly #input: ScanInput;
  readonly #segments: Segment[];
  readonly #seen: Set<number> | undefined;
  #at = 0;
  #last: Buffer | undefined;

  constructor(input: ScanInput) {
    const { plan, spec } = input;
    this.#input = input;
    this.#segments = segmentsOf(plan, spec);
    const isSingle = plan.stage === 'COLLSCAN' || (plan.stage === 'IXSCAN' && !plan.index.multikey.includes(true));
    this.#seen = isSingle ? undefined : new Set();
  }

  /** The next matches: at most `max`, and no longer than until `deadline` (on `performance.now()`'s clock). Throws 175 if what it walks was dropped. */
  pull(max: number, deadline: number): Found[] {
    this.#assertThere();
    const found: Found[] = [];
    for (; this.#at < this.#segments.length; this.#at += 1) {
      const segment = this.#segments[this.#at];
      if (segment && !this.#walk(segment, { found, max, deadline })) return found;
      this.#last = undefined;
    }
    this.isDone = true;
    return found;
  }

  /** Walks on in a segment; false when it stopped before its end. */
  #walk({ indexId, start, end, reverse }: Segment, limits: { found: Found[]; max: number; deadline: number }): boolean {
    const { storage } = this.#input;
    const database = indexId === undefined ? storage.records : storage.entries;
    const range = {
      start: this.#last ?? (reverse ? end : start),
      end: reverse ? start : end,
      exclusiveStart: this.#last !== undefined,
      inclusiveEnd: reverse,
      reverse,
    };
    for (const { key, value } of database.getRange(range)) {
      this.#last = Buffer.from(key as Uint8Array);
      const found = indexId === undefined ? this.#examine(recordIdOf(this.#last), value) : this.#lookUp(value);
      if (found) limits.found.push(found);
      const isPause =
        (this.keysExamined + this.docsExamined) % CHECK_EVERY === 0 && performance.now() >= limits.deadline;
      if (limits.found.length >= limits.max || isPause) return false;
    }
    return true;
  }

  #lookUp(entry: Buffer): Found | undefined {
    const recordId = recordIdOf(entry);
    this.keysExamined += 1;
    if (this.#seen?.has(recordId)) return undefined;
    this.#seen?.add(recordId);
    return this.#examine(recordId, undefined);
  }

  #examine(recordId: number, raw: Buffer | undefined): Found | undefined {
    const { storage, spec, matches } = this.#input;
    const doc = raw ? deserialize(raw) : readRecord(storage, spec.id, recordId);
    this.docsExamined += 1;
    return doc && matches(doc) ? { recordId, doc } : undefined;
  }

  #assertThere(): void {
    const { storage, namespace, spec } = this.#input;
    const now = readSpec(storage, namespace);
    const ids = new Set(now?.indexes.map(({ id }) => id));
    const isThere =
      now?.id === spec.id && this.#segments.every(({ indexId }) => indexId === undefined || ids.has(indexId));
    if (!isThere) throw new StoreError(175, `query plan killed: collection or index of ${namespace} dropped`);
  }
}

function segmentsOf(plan: Plan, spec: CollectionSpec): Segment[] {
  if (plan.stage === 'OR') return plan.branches.flatMap((branch) => segmentsOf(branch, spec));
  if (plan.stage === 'COLLSCAN') return [{ start: recordKey(spec.id, 0), end: idKey(spec.id + 1), reverse: false }];
  const { index, ranges, reverse } = plan;
  const segments = ranges.map(({ start, end }) => {
    return { indexId: index.id, start: entryKey(index.id, start), end: entryKey(index.id, end), reverse };
  });
  return reverse ? segments.toReversed() : segments;
}
