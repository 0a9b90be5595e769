import type { Clock } from '../core/clock.ts';
import { broken, Problem } from '../core/problem.ts';
import type { Page, PageQuery, Recorded, Records } from '../core/records.ts';
import type { Author } from '../core/author.rules.ts';
import type { Idempotency } from '../core/route.ts';
import { recordOn, type Version } from './dated.rules.ts';

/** A record of the law that is entered version by version. */
export interface DatedRecord extends Recorded {
  code: string;
  versions: Version[];
}
/** What a record says from a day on, before it is recorded. */
export type NewVersion<T extends DatedRecord> = Omit<T['versions'][number], 'recordedAt'>;
/** A version as a body brings it: with the code of its record, or without. */
export type VersionInput<T extends DatedRecord> = NewVersion<T> & { code?: string };

/** A record with its first versions, and the key under which it is sent. */
export interface DatedEntry<T extends DatedRecord> {
  code: string;
  versions: NewVersion<T>[];
  idempotency?: Idempotency | undefined;
}

/** One kind of dated record: small, public, read by code; every answer says what holds today as known now. */
export interface DatedRecords<T extends DatedRecord> {
  page(query: PageQuery): Promise<Page<T>>;
  /** All of them; a few hundred at the most. */
  all(): Promise<T[]>;
  get(code: string): Promise<T | null>;
  /** Those of the codes that exist. */
  some(codes: string[]): Promise<T[]>;
  /** Enters a record with its first versions. @throws Problem 409 where the code is taken, 422 for what it names */
  add(by: Author, entry: DatedEntry<T>): Promise<T>;
  /**
   * Adds a version; with `revision` 0 it enters the record. @throws Problem 412 where the revision is stale or the record
   * to be entered is there, 404 for an unknown one, 422 for what the version names
   */
  put(by: Author, code: string, change: { revision: number; version: VersionInput<T> }): Promise<T>;
}

interface DatedParts<T extends DatedRecord> {
  records: Records<T>;
  clock: Clock;
  /** Refuses a version that names what is not there. */
  check(version: NewVersion<T>): Promise<void>;
  /** Says that a record changed. */
  changed(): void;
}

// What a code of any kind can be; the longest are those of criteria documents.
const codeShape = /^[\p{L}\p{N}][\p{L}\p{N}:. _-]{0,63}$/u;

/** Dated records over their records. */
export function createDatedRecords<T extends DatedRecord>(parts: DatedParts<T>): DatedRecords<T> {
  const { records, clock } = parts;
  const current = (record: T): T => recordOn(record, clock.today(), clock.now());
  return {
    async page(query) {
      const page = await records.page({}, query);
      return { ...page, items: page.items.map(current) };
    },
    all: async () => (await records.all()).map(current),
    async get(code) {
      const record = await records.get(code);
      return record && current(record);
    },
    some: async (codes) => (await records.some(codes)).map(current),
    add: async (by, entry) =>
      current(await enter(parts, { ...entry, by, taken: new Problem('CODE_TAKEN', { code: entry.code }) })),
    async put(by, code, { revision, version: { code: named = code, ...said } }) {
      if (!codeShape.test(code)) throw new Problem('INVALID_PATH');
      if (named !== code) throw broken({ pointer: '/code', code: 'CODE_OF_PATH', params: { code } });
      const version = said as unknown as NewVersion<T>;
      return current(
        revision === 0
          ? await enter(parts, { by, code, versions: [version], taken: new Problem('PRECONDITION_FAILED') })
          : await addVersion(parts, { by, code, version, revision }),
      );
    },
  };
}

interface Entry<T extends DatedRecord> extends DatedEntry<T> {
  by: Author;
  taken: Problem;
}

async function enter<T extends DatedRecord>(
  { records, clock, check, changed }: DatedParts<T>,
  { by, code, versions, idempotency, taken }: Entry<T>,
): Promise<T> {
  const repeated = await records.repeated(undefined, idempotency);
  if (repeated) return repeated;
  for (const version of versions) await check(version);
  const make = (now: string): T => {
    const recorded = versions.map((version) => ({ ...version, recordedAt: now }));
    return recordOn({ code, versions: recorded } as unknown as T, clock.today(), now);
  };
  const record = await records.insert((now) => make(now), {
    by,
    idempotency,
    onDuplicate: () => taken,
  });
  changed();
  return record;
}

async function addVersion<T extends DatedRecord>(
  { records, clock, check, changed }: DatedParts<T>,
  { by, code, version, revision }: { by: Author; code: string; version: NewVersion<T>; revision: number },
): Promise<T> {
  if (!(await records.get(code))) throw new Problem('NOT_FOUND');
  await check(version);
  const record = await records.change(
    code,
    (before, now) => {
      const versions = [...before.versions, { ...version, recordedAt: now }];
      return recordOn({ ...before, versions }, clock.today(), now);
    },
    { by, expected: revision },
  );
  changed();
  return record;
}
