import type { ImportMapping } from '../../schemas/types.d.ts';
import { createPause } from '../core/clock.ts';
import { ruleText } from '../core/problem.ts';
import type { ImportRunParts, Step } from './import-run.service.ts';
import { placeOf, runOf, type RowReason } from './import-row.rules.ts';
import type { StoredImport } from './import.service.ts';
import type { Cell } from './ledger-cell.rules.ts';
import { columnNames, guessColumns, guessHeaderRow, mergeMapping } from './ledger-header.rules.ts';
import { fieldAt, joinRows } from './ledger-purchase.rules.ts';
import {
  completeMapping,
  noEvidence,
  placesOf,
  planOf,
  questionsOf,
  weighRow,
  type LedgerQuestion,
} from './ledger-questions.rules.ts';
import { isBlank, readRow, type LedgerPlan } from './ledger.rules.ts';
import type { LedgerField } from './ledger-words.rules.ts';
import type { SheetFault, StoredRow } from './port.ts';
import { supplierKeyOf } from './purchase-key.rules.ts';

const headRows = 20;
const shownRows = 5;
const mostRows = 500_000;

/** What the whole file says of how it is read. */
export interface Whole {
  headerRow: number;
  questions: LedgerQuestion[];
  plan: LedgerPlan;
}

/** Reads the file to its end once: what its header and all its values say decides how its rows are read. */
export async function readWhole(parts: ImportRunParts, job: StoredImport, step: Step): Promise<Whole> {
  await step({ status: 'reading', progress: { done: 0, all: 0 } });
  if (job.run > 1) await parts.store.dropRows(runOf({ ...job, run: job.run - 1 }));
  const evidence = noEvidence();
  let head: Head | undefined;
  let all = 0;
  const pause = createPause();
  for await (const batch of numbered(parts, job)) {
    head ??= headOf(
      batch.map(({ cells }) => cells),
      job.given,
    );
    const { headerRow, mapping, columns } = head;
    const places = placesOf(mapping, columns);
    for (const { row, cells } of batch) {
      if (row <= headerRow || isBlank(cells)) continue;
      all += 1;
      weighRow(evidence, cells, places);
      await pause();
    }
    if (all > mostRows) throw tooMany();
    await step({ progress: { done: all, all: 0 } });
  }
  const { headerRow, columns, firstRows, ...found } = head ?? headOf([], job.given);
  const mapping = completeMapping(found.mapping, evidence);
  await step({ columns, firstRows, mapping, progress: { done: 0, all } });
  const fileMark = job.file.hash.slice(0, 12);
  return {
    headerRow,
    questions: questionsOf(mapping, columns, evidence),
    plan: planOf(mapping, { columns, evidence, fileMark }),
  };
}

interface Head {
  headerRow: number;
  columns: string[];
  firstRows: string[][];
  mapping: ImportMapping;
}

function headOf(rows: Cell[][], given: ImportMapping): Head {
  const texts = rows.slice(0, headRows + shownRows).map((cells) => cells.map((cell) => String(cell).slice(0, 200)));
  const headerRow = given.headerRow ?? guessHeaderRow(texts.slice(0, headRows));
  const columns = columnNames(texts[headerRow - 1] ?? []);
  const mapping = mergeMapping({ columns: guessColumns(columns), headerRow }, given);
  return { headerRow, columns, firstRows: texts.slice(headerRow, headerRow + shownRows), mapping };
}

function tooMany(): SheetFault {
  return Object.assign(new Error('TOO_MANY_ROWS'), {
    sheetFault: { code: 'TOO_MANY_ROWS' as const, params: { most: mostRows } },
  });
}

/** The rows of the file with their numbers, from 1. */
async function* numbered(
  { sheets, store }: ImportRunParts,
  { file, fileId }: StoredImport,
): AsyncGenerator<{ row: number; cells: Cell[] }[]> {
  let last = 0;
  for await (const rows of sheets.rows(file, store.readFile(fileId))) {
    yield rows.map((cells) => ({ row: ++last, cells }));
  }
}

/** Reads every row, and keeps what it is or what is wrong with it; goes on behind the last that was kept. */
export async function checkRows(
  parts: ImportRunParts,
  { job, plan, headerRow }: { job: StoredImport; plan: LedgerPlan; headerRow: number },
  step: Step,
): Promise<StoredImport> {
  let current = job;
  let done = 0;
  const pause = createPause();
  for await (const batch of numbered(parts, job)) {
    const filled = batch.filter(({ row, cells }) => row > headerRow && !isBlank(cells));
    done += filled.length;
    const fresh = filled.filter(({ row }) => row > job.checkedTo);
    if (fresh.length === 0) continue;
    const checked: StoredRow[] = [];
    for (const numberedRow of fresh) {
      checked.push(checkRow(parts, { job, plan }, numberedRow));
      await pause();
    }
    await parts.store.keepRows(checked);
    current = await step({ checkedTo: fresh.at(-1)!.row, progress: { ...job.progress, done } });
  }
  return current;
}

function checkRow(
  { faultsOf, digest }: ImportRunParts,
  { job, plan }: { job: StoredImport; plan: LedgerPlan },
  { row, cells }: { row: number; cells: Cell[] },
): StoredRow {
  const run = runOf(job);
  const read = readRow(cells, row, plan);
  const kept = { id: `${run}.${String(row).padStart(7, '0')}`, run, row, ...(read.amount && { amount: read.amount }) };
  const reasonAt = (field: LedgerField | null, text: RowReason['text'], value?: string): RowReason => ({
    ...placeOf(field, job.mapping.columns),
    ...(value && { value }),
    text,
  });
  if ('faults' in read) {
    const reasons = read.faults.map(({ field, code, value }) => reasonAt(field, ruleText(code), value));
    return { ...kept, key: '', status: 'bad', reasons };
  }
  const { frame, line } = read;
  const faults = faultsOf(joinRows(job.agency, [{ row, frame, line }]).input);
  if (faults.length > 0) {
    const reasons = faults.map(({ pointer, code, params }) => reasonAt(fieldAt(pointer), ruleText(code, params)));
    return { ...kept, key: '', status: 'bad', frame, line, reasons };
  }
  const natural = [supplierKeyOf(frame.supplier), frame.reference, frame.basisDate.slice(0, 4)];
  const key = digest(JSON.stringify([job.agency, job.file.hash, ...natural]));
  return { ...kept, key, status: 'good', frame, line, reasons: [] };
}
