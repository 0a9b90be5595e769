import { stringify } from 'csv-stringify/browser/esm/sync';
import type { TableFile } from './table-file.ts';

/** The table as CSV: UTF-8 with a mark that Excel needs, digits and ISO dates as they are, no text that a spreadsheet runs. */
export function csvText({ columns, rows }: TableFile): string {
  const cells = rows.map((row) => row.map((value, at) => (columns[at]?.kind === 'text' ? harmless(value) : value)));
  return stringify([columns.map(({ name }) => name), ...cells], {
    bom: true,
    record_delimiter: 'windows',
    quote_record_delimiter: true,
  });
}

/** A text that begins like a formula gets an apostrophe: a name in the register must not run in a spreadsheet. */
function harmless(text: string): string {
  return /^[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text;
}
