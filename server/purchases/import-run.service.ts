import type { PurchaseInput } from '../../schemas/types.d.ts';
import type { Clock } from '../core/clock.ts';
import { Problem, problemText, ruleText, type Fault } from '../core/problem.ts';
import type { Records } from '../core/records.ts';
import { system } from '../core/author.rules.ts';
import { checkRows, readWhole } from './import-read.service.ts';
import { recordRows } from './import-record.service.ts';
import { emptyTally, runOf, tallyRow, totalsOf } from './import-row.rules.ts';
import type { StoredImport } from './import.service.ts';
import type { ImportStore, SheetFault, SheetReader } from './port.ts';
import type { PurchaseEntry, PurchaseOutcome } from './recording.service.ts';

/** What the running of imports needs. */
export interface ImportRunParts {
  jobs: Records<StoredImport>;
  mark: string;
  store: ImportStore;
  sheets: SheetReader;
  clock: Clock;
  /** Names this process among those that work on one database. */
  runner: string;
  /** What keeps a purchase from being one, by its schema. */
  faultsOf(input: PurchaseInput): Fault[];
  createMany(entries: PurchaseEntry[], how: { preview: boolean }): Promise<PurchaseOutcome[]>;
  /** SHA-256, hexadecimal. */
  digest(text: string): string;
  /** Whether the server is ending: the work stops where it can go on later. */
  isEnding(): boolean;
}

const leaseMs = 10_000;
const mostAttempts = 5;

class Stopped extends Error {}

/** Writes what has changed of a job, and gives the job as it is then. */
export type Step = (patch: Partial<StoredImport>) => Promise<StoredImport>;

/** Works on an import until it is done, asks something, or fails for good. What it did before a crash it does not do again. */
export async function runImport(parts: ImportRunParts, id: string): Promise<void> {
  const step: Step = (patch) => changeLeased(parts, id, patch);
  try {
    const job = await step({});
    await workOn(parts, job, step);
  } catch (error) {
    if (error instanceof Stopped) return;
    const fault = (error as Partial<SheetFault>).sheetFault;
    if (fault) return finish(parts, await step({ status: 'failed', failure: ruleText(fault.code, fault.params) }));
    const { attempts } = await step({});
    await step({ attempts: attempts + 1 });
    if (attempts + 1 < mostAttempts) throw error;
    await finish(parts, await step({ status: 'failed', failure: problemText(new Problem('INTERNAL')) }));
  }
}

/** Writes what has changed, and that this process still works on it; stops where another one does, or the server ends. */
function changeLeased(parts: ImportRunParts, id: string, patch: Partial<StoredImport>): Promise<StoredImport> {
  const { jobs, runner, isEnding } = parts;
  return jobs.change(
    id,
    (job, now) => {
      const isTaken = job.leaseBy !== undefined && job.leaseBy !== runner && (job.leaseUntil ?? '') > now;
      if (isTaken || isEnding()) throw new Stopped();
      return { ...job, ...patch, leaseBy: runner, leaseUntil: new Date(Date.parse(now) + leaseMs).toISOString() };
    },
    { by: system, marks: [] },
  );
}

async function workOn(parts: ImportRunParts, job: StoredImport, step: Step): Promise<void> {
  if (job.status === 'done' || job.status === 'failed' || job.status === 'needsMapping') return finish(parts, job);
  let current = job;
  if (job.status !== 'recording') {
    const read = await readWhole(parts, job, step);
    if (read.questions.length > 0) {
      const questions = read.questions.map(({ params, ...question }) => ({
        ...question,
        text: ruleText(question.code, params),
      }));
      return finish(parts, await step({ status: 'needsMapping', questions }));
    }
    current = await step({ status: 'checking', questions: [] });
    current = await checkRows(parts, { job: current, plan: read.plan, headerRow: read.headerRow }, step);
    current = await step({ status: 'recording', position: '', progress: { ...current.progress, done: 0 } });
  }
  current = await recordRows(parts, current, step);
  const tally = emptyTally();
  for await (const row of parts.store.rowsOf(runOf(current))) tallyRow(tally, row);
  await finish(parts, await step({ status: 'done', totals: totalsOf(tally) }));
}

/** Nothing is left to do: the file of what was recorded is no longer needed. */
async function finish({ jobs, mark, store }: ImportRunParts, job: StoredImport): Promise<void> {
  if (job.status === 'done' && !job.dryRun) await store.dropFile(job.fileId);
  await jobs.unmark([job], mark);
}
