import type {
  ImportInput,
  ImportMapping,
  ImportRow,
  ImportRowsQuery,
  ImportRunInput,
  PurchaseImport,
} from '../../schemas/types.d.ts';
import { broken, Problem } from '../core/problem.ts';
import type { Page, Recorded } from '../core/records.ts';
import type { Actor, Idempotency } from '../core/route.ts';
import { rowSheet, wireRows, type ImportSheet } from './import-report.service.ts';
import { runOf } from './import-row.rules.ts';
import { runImport, type ImportRunParts } from './import-run.service.ts';

/** Imports of ledgers: each is a job that goes on by itself, survives a crash, and keeps what became of every row. */
export interface ImportService {
  /**
   * Takes a ledger and begins to read it.
   * @throws Problem 403 for another's agency, 415 for a file that is no ledger, 422 for an unknown agency
   */
  begin(
    actor: Actor,
    sent: { input: ImportInput; file: LedgerFile; idempotency?: Idempotency | undefined },
  ): Promise<PurchaseImport>;
  /** Reads the kept file again by another mapping, or for good after a dry run. @throws Problem 403, 404, 409 while it is under way or its file is gone */
  again(actor: Actor, id: string, run: ImportRunInput): Promise<PurchaseImport>;
  /** @throws Problem 403 for another's agency, 404 */
  get(actor: Actor, id: string): Promise<PurchaseImport>;
  /** What became of each row, in the order of the file. @throws Problem 403, 404 */
  rows(actor: Actor, id: string, query: ImportRowsQuery): Promise<Page<ImportRow>>;
  /** The same as a table, with the reasons in both languages. @throws Problem 403, 404 */
  sheet(actor: Actor, id: string, query: ImportRowsQuery): Promise<ImportSheet>;
  /** Works on the import that waits longest; 0 where none waits. */
  pass(): Promise<number>;
}

/** A file as it was sent. */
export interface LedgerFile {
  name: string;
  bytes: Buffer;
  hash: string;
  type: string | null;
}

/** A job with what it goes on by after a crash. */
export type StoredImport = PurchaseImport &
  Recorded & {
    /** For whom purchases are recorded. */
    actor: Actor;
    fileId: string;
    /** The mapping as it was sent; `mapping` is what is made of it. */
    given: ImportMapping;
    /** Counts the readings of the file. */
    run: number;
    /** The last row that was checked and kept. */
    checkedTo: number;
    /** The key of the last purchase that was recorded. */
    position: string;
    attempts: number;
    leaseBy?: string;
    leaseUntil?: string;
  };

interface ImportParts extends ImportRunParts {
  newId(): string;
  lineage(agency: string): Promise<string[]>;
  recordedUnder(agency: string, keys: string[]): Promise<Map<string, string>>;
  /** Says that there is an import to work on. */
  changed(): void;
}

/** The imports over their jobs, files and rows. */
export function createImportService(parts: ImportParts): ImportService {
  const { jobs, mark, store, runner, clock } = parts;
  return {
    begin: (actor, sent) => begin(parts, actor, sent),
    again: (actor, id, run) => again(parts, actor, { id, run }),
    get: (actor, id) => visible(parts, actor, id),
    async rows(actor, id, { status, limit, cursor }) {
      const job = await visible(parts, actor, id);
      const after = Number(Buffer.from(cursor ?? '', 'base64url').toString()) || 0;
      const { rows, isMore } = await store.pageOfRows(runOf(job), { status, limit, after });
      return {
        items: await wireRows(parts, job, rows),
        total: job.totals?.[status ?? 'rows'] ?? 0,
        next: isMore ? Buffer.from(String(rows.at(-1)!.row)).toString('base64url') : null,
      };
    },
    async sheet(actor, id, { status }) {
      const job = await visible(parts, actor, id);
      return rowSheet(parts, job, status);
    },
    async pass() {
      const now = clock.now();
      const waiting = await jobs.marked(mark, 20);
      const next = waiting.find(({ leaseBy = runner, leaseUntil = '' }) => leaseBy === runner || leaseUntil <= now);
      if (!next || parts.isEnding()) return 0;
      await runImport(parts, next.id);
      return 1;
    },
  };
}

async function begin(
  parts: ImportParts,
  actor: Actor,
  { input, file, idempotency }: Parameters<ImportService['begin']>[1],
): Promise<PurchaseImport> {
  const { jobs, store } = parts;
  const { agency, mapping = {}, dryRun } = input;
  const repeated = await jobs.repeated(agency, idempotency);
  if (repeated) return repeated;
  const above = await parts.lineage(agency);
  if (above.length === 0) throw broken({ pointer: '/agency', code: 'UNKNOWN_CODE', params: { code: agency } });
  if (!above.includes(actor.org ?? '')) throw new Problem('OTHER_ORGANISATION', { code: agency });
  const format = await parts.sheets.inspect(file);
  if (!format) throw new Problem('NOT_A_LEDGER');
  const fileId = parts.newId();
  await store.keepFile(fileId, file.bytes);
  const { name, hash, bytes } = file;
  const job = await jobs.insert(
    () => ({
      agency,
      actor: { id: actor.id, role: actor.role, ...(actor.org !== undefined && { org: actor.org }) },
      fileId,
      file: { name, bytes: bytes.length, hash, ...format },
      given: mapping,
      run: 1,
      ...fresh(mapping, dryRun),
    }),
    { by: actor, idempotency },
  );
  parts.changed();
  return job;
}

type Fresh = Omit<StoredImport, 'id' | 'agency' | 'actor' | 'fileId' | 'file' | 'given' | 'run' | keyof Recorded>;

function fresh(mapping: ImportMapping, dryRun: boolean): Fresh {
  return {
    status: 'queued',
    dryRun,
    columns: [],
    firstRows: [],
    mapping,
    questions: [],
    progress: { done: 0, all: 0 },
    checkedTo: 0,
    position: '',
    attempts: 0,
  };
}

async function again(
  parts: ImportParts,
  actor: Actor,
  { id, run: { mapping, dryRun } }: { id: string; run: ImportRunInput },
): Promise<PurchaseImport> {
  await visible(parts, actor, id);
  const rerun = ({ totals: _totals, failure: _failure, ...before }: StoredImport): StoredImport => {
    if (before.status === 'done' && !before.dryRun) throw new Problem('FILE_GONE');
    if (parts.mark in before) throw new Problem('IMPORT_UNDER_WAY');
    return { ...before, ...fresh(mapping, dryRun), given: mapping, run: before.run + 1, actor };
  };
  const job = await parts.jobs.change(id, rerun, { by: actor });
  parts.changed();
  return job;
}

async function visible({ jobs, lineage }: ImportParts, actor: Actor, id: string): Promise<StoredImport> {
  const job = await jobs.get(id);
  if (!job) throw new Problem('NOT_FOUND');
  if (actor.role === 'officer' && !(await lineage(job.agency)).includes(actor.org ?? '')) {
    throw new Problem('OTHER_ORGANISATION', { code: job.agency });
  }
  return job;
}
