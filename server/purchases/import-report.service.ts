import type { ImportRow } from '../../schemas/types.d.ts';
import { runOf } from './import-row.rules.ts';
import type { StoredImport } from './import.service.ts';
import type { ImportStore, StoredRow } from './port.ts';

interface ReportParts {
  store: ImportStore;
  recordedUnder(agency: string, keys: string[]): Promise<Map<string, string>>;
}

/** A table of rows: of each reason one line. */
export interface ImportSheet {
  name: string;
  header: string[];
  rows: AsyncIterable<string[]>;
}

function keyOf({ key }: StoredRow): string {
  return `import-${key}`;
}

/** Rows as they are answered, each with the purchase that it went into. */
export async function wireRows(
  { recordedUnder }: ReportParts,
  { agency, dryRun }: StoredImport,
  rows: StoredRow[],
): Promise<ImportRow[]> {
  const ids = dryRun ? new Map<string, string>() : await recordedUnder(agency, [...new Set(rows.map(keyOf))]);
  return rows.map((stored) => {
    const { row, status, frame, line, amount, reasons } = stored;
    const { name, taxCode, code } = frame?.supplier ?? {};
    const [supplier, purchase] = [name ?? taxCode ?? code, ids.get(keyOf(stored))];
    return {
      row,
      status,
      ...(frame && { reference: frame.reference, basisDate: frame.basisDate }),
      ...(supplier !== undefined && { supplier }),
      ...(line && { description: line.description }),
      ...(amount !== undefined && { amount }),
      ...(purchase !== undefined && { purchase }),
      reasons,
    };
  });
}

const sheetHeader = [
  'row',
  'status',
  'reference',
  'basisDate',
  'supplier',
  'description',
  'amount',
  'purchase',
  'column',
  'value',
  'reason (vi)',
  'reason (en)',
];

/** Every row of a job, or those of one status, as a table. */
export function rowSheet(parts: ReportParts, job: StoredImport, status: StoredRow['status'] | undefined): ImportSheet {
  return {
    name: `import-${job.id}${job.demo ? '-demo' : ''}`,
    header: sheetHeader,
    rows: sheetRows(parts, job, status),
  };
}

async function* sheetRows(
  parts: ReportParts,
  job: StoredImport,
  status: StoredRow['status'] | undefined,
): AsyncGenerator<string[]> {
  let batch: StoredRow[] = [];
  const lines = async () => (await wireRows(parts, job, batch)).flatMap(sheetLines);
  for await (const row of parts.store.rowsOf(runOf(job), status)) {
    batch.push(row);
    if (batch.length < 200) continue;
    yield* await lines();
    batch = [];
  }
  yield* await lines();
}

function sheetLines({ row, status, reasons, ...rest }: ImportRow): string[][] {
  const { reference = '', basisDate = '', supplier = '', description = '', amount = '', purchase = '' } = rest;
  const start = [String(row), status, reference, basisDate, supplier, description, amount, purchase];
  if (reasons.length === 0) return [[...start, '', '', '', '']];
  return reasons.map(({ column = '', value = '', text }) => [...start, column, value, text.vi, text.en]);
}
