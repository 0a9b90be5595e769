import type { ImportRow, PurchaseImport } from '../../schemas/types.d.ts';
import type { Cell } from './ledger-cell.rules.ts';
import type { JoinedRow } from './ledger-purchase.rules.ts';

/** What a file is, as far as its bytes show it. */
export type SheetFormat = Pick<PurchaseImport['file'], 'format' | 'encoding' | 'delimiter'>;

/** What reads the files of ledgers. */
export interface SheetReader {
  /** What the file is; null where it is neither XLSX nor a text that could be CSV. */
  inspect(file: { bytes: Buffer; type: string | null }): Promise<SheetFormat | null>;
  /** The rows in batches, from the first of the file, blank ones included. @throws SheetFault */
  rows(format: SheetFormat, bytes: AsyncIterable<Buffer>): AsyncIterable<Cell[][]>;
}

/** Says that a file cannot be read to its end. */
export interface SheetFault extends Error {
  sheetFault: { code: 'SHEET_BROKEN' | 'WORKBOOK_BROKEN' | 'TOO_MANY_ROWS'; params?: Record<string, number> };
}

/** A row of a ledger as an import keeps it: what it was read as, and what became of it. */
export interface StoredRow extends Partial<Omit<JoinedRow, 'row'>> {
  id: string;
  /** One reading of one file: a job whose mapping is corrected has several. */
  run: string;
  row: number;
  /** Whose line it is: the key of its purchase, empty where the row cannot be read. */
  key: string;
  status: ImportRow['status'];
  amount?: string;
  reasons: ImportRow['reasons'];
}

export interface RowsQuery {
  status?: StoredRow['status'] | undefined;
  limit: number;
  /** The row after which the page begins; 0 for the first. */
  after: number;
}

/** What an import keeps while it works and for its report. */
export interface ImportStore {
  /** Keeps the file of a job, in the place of one that was cut off. */
  keepFile(job: string, bytes: Buffer): Promise<void>;
  readFile(job: string): AsyncIterable<Buffer>;
  dropFile(job: string): Promise<void>;
  /** Keeps rows; one that is there already stays as it is. */
  keepRows(rows: StoredRow[]): Promise<void>;
  /** The readable rows behind a key, those of one key together and in their order. */
  rowsByKey(run: string, after: string): AsyncIterable<StoredRow>;
  /** Every row in its order, or those of one status. */
  rowsOf(run: string, status?: StoredRow['status']): AsyncIterable<StoredRow>;
  pageOfRows(run: string, query: RowsQuery): Promise<{ rows: StoredRow[]; isMore: boolean }>;
  judgeRows(rows: Pick<StoredRow, 'id' | 'status' | 'reasons'>[]): Promise<void>;
  dropRows(run: string): Promise<void>;
}
