import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { Response } from 'express';

/** A table that is sent as it is read. */
export interface Sheet {
  /** Name of the file without its ending. */
  name: string;
  header: string[];
  rows: AsyncIterable<string[]>;
}

/**
 * Sends a table as CSV (RFC 4180) with a byte-order mark, so that spreadsheets read it as UTF-8. What a spreadsheet would
 * take for a formula is escaped, and a line break inside a cell is quoted however it was written. A reader who hangs up ends it.
 */
export async function sendSheet(response: Response, { name, header, rows }: Sheet): Promise<void> {
  response.status(200).type('text/csv; charset=utf-8').attachment(`${name}.csv`);
  const text = stringify({
    bom: true,
    header: true,
    columns: header,
    escape_formulas: true,
    record_delimiter: 'windows',
    quote_record_delimiter: true,
  });
  await pipeline(Readable.from(rows), text, response).catch((error: { code?: string }) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}
