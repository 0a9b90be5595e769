import type { ImportMapping } from '../../schemas/types.d.ts';
import { createPause } from '../core/clock.ts';
import { problemText, ruleText, type Problem } from '../core/problem.ts';
import { placeOf, runOf, type RowReason } from './import-row.rules.ts';
import type { ImportRunParts, Step } from './import-run.service.ts';
import type { StoredImport } from './import.service.ts';
import { fieldAt, joinRows, type JoinedRow } from './ledger-purchase.rules.ts';
import type { StoredRow } from './port.ts';
import type { PurchaseEntry } from './recording.service.ts';

const purchasesABatch = 200;
const rowsABatch = 1000;

type ReadRow = StoredRow & JoinedRow;
type JudgedRow = Pick<StoredRow, 'id' | 'status' | 'reasons'>;

/** Records the kept rows key by key, or only looks what would become of them; goes on behind the last key. */
export async function recordRows(parts: ImportRunParts, job: StoredImport, step: Step): Promise<StoredImport> {
  let current = job;
  let groups: ReadRow[][] = [];
  let rows = 0;
  const flush = async () => {
    await recordGroups(parts, job, groups);
    const done = current.progress.done + rows;
    const position = groups.at(-1)?.[0]?.key ?? current.position;
    current = await step({ position, progress: { ...current.progress, done } });
    [groups, rows] = [[], 0];
  };
  for await (const row of parts.store.rowsByKey(runOf(job), job.position)) {
    const isNext = groups.at(-1)?.[0]?.key !== row.key;
    if (isNext && (groups.length >= purchasesABatch || rows >= rowsABatch)) await flush();
    if (isNext) groups.push([]);
    groups.at(-1)!.push(row as ReadRow);
    rows += 1;
  }
  await flush();
  return current;
}

/** Records one purchase for each key, or only looks what would become of it; says of its rows what did. */
async function recordGroups(parts: ImportRunParts, job: StoredImport, groups: ReadRow[][]): Promise<void> {
  const judged: JudgedRow[] = [];
  const entries: { rows: ReadRow[]; entry: PurchaseEntry }[] = [];
  const columns = job.mapping.columns;
  const pause = createPause();
  for (const rows of groups) {
    await pause();
    const { input, disagree } = joinRows(job.agency, rows);
    const reasons = disagree.map((field): RowReason => ({
      ...placeOf(field, columns),
      text: ruleText('ROWS_DISAGREE'),
    }));
    reasons.push(...parts.faultsOf(input).map(({ code, params }) => ({ text: ruleText(code, params) })));
    if (reasons.length > 0) judged.push(...rows.map(({ id }) => ({ id, status: 'bad' as const, reasons })));
    else {
      // The digest tells this run's own purchases from those that the same file made before.
      const idempotency = { key: `import-${rows[0]!.key}`, digest: runOf(job) };
      entries.push({ rows, entry: { actor: job.actor, input, idempotency } });
    }
  }
  const outcomes = await parts.createMany(
    entries.map(({ entry }) => entry),
    { preview: job.dryRun },
  );
  for (const [index, { rows }] of entries.entries()) {
    const outcome = outcomes[index]!;
    if ('problem' in outcome) judged.push(...judge(rows, outcome.problem, columns));
  }
  await parts.store.judgeRows(judged);
}

function judge(rows: ReadRow[], problem: Problem, columns: ImportMapping['columns']): JudgedRow[] {
  if (problem.code === 'IDEMPOTENCY_KEY_REUSED')
    return rows.map(({ id }) => ({ id, status: 'alreadyThere', reasons: [] }));
  if (problem.code === 'PURCHASE_EXISTS') {
    return rows.map(({ id }) => ({ id, status: 'alreadyThere', reasons: [{ text: problemText(problem) }] }));
  }
  if (problem.faults.length === 0) {
    return rows.map(({ id }) => ({ id, status: 'bad', reasons: [{ text: problemText(problem) }] }));
  }
  return rows.map(({ id }, at) => ({
    id,
    status: 'bad',
    reasons: problem.faults.map(({ pointer, code, params }): RowReason => {
      const line = /^\/lines\/(\d+)/.exec(pointer)?.[1];
      const other = line !== undefined && Number(line) !== at ? rows[Number(line)] : undefined;
      if (other) return { text: ruleText('ROW_REFUSED_WITH', { row: other.row }) };
      return { ...placeOf(fieldAt(pointer), columns), text: ruleText(code, params) };
    }),
  }));
}
