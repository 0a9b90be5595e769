import writeExcelFile from 'write-excel-file/browser';
import type { CellObject, Row } from 'write-excel-file/browser';
import type { TableFile } from './table-file.ts';

// A pattern with places leaves a whole number its point: `5.`.
const formats = { number: '#,##0.######', whole: '#,##0', money: '#,##0', ratio: '0.00%', day: 'dd/mm/yyyy' } as const;
const widths = { text: 32, number: 12, money: 20, ratio: 10, day: 12, instant: 24 } as const;
/** A spreadsheet's number keeps 15 digits; a longer sum is written as text, exact. */
const mostDigits = 15;

/** The table as a workbook: its rows, and a second sheet that says what they are. */
export function xlsxBlob(table: TableFile, notesName: string): Promise<Blob> {
  const head: Row = table.columns.map(({ name }) => ({ value: writable(name), fontWeight: 'bold' }));
  const rows: Row[] = table.rows.map((row) => row.map((value, at) => cellOf(value, table.columns[at]?.kind ?? 'text')));
  const columns = table.columns.map(({ kind }) => ({ width: widths[kind] }));
  return writeExcelFile([
    { sheet: sheetName(table.title), data: [head, ...rows], columns, stickyRowsCount: 1 },
    { sheet: notesName, data: table.notes.map((note) => [writable(note)]), columns: [{ width: 100 }] },
  ]).toBlob();
}

function cellOf(value: string, kind: TableFile['columns'][number]['kind']): CellObject | null {
  if (value === '') return null;
  if (kind === 'text' || kind === 'instant') return { value: writable(value), type: String };
  if (kind === 'day') return { value: new Date(`${value}T00:00:00Z`), type: Date, format: formats.day };
  if (value.replaceAll(/\D/g, '').length > mostDigits) return { value, type: String };
  return {
    value: Number(value),
    type: Number,
    format: formats[kind === 'number' && !value.includes('.') ? 'whole' : kind],
  };
}

/** A text without what XML cannot hold: a spreadsheet refuses the whole file for one such character. */
function writable(text: string): string {
  return text.replaceAll(/(?![\t\n\r])[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, '');
}

/** A sheet's name has at most 31 characters, none of these, and no apostrophe at its ends. */
function sheetName(title: string): string {
  const short = title.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 31);
  return writable(short).replaceAll(/^'+|'+$/g, ' ');
}
