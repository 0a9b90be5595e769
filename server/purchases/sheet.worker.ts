import { parentPort, workerData } from 'node:worker_threads';
import readWorkbook from 'read-excel-file/node';

/** A row of a workbook: text as it is, numbers as numbers, days as `YYYY-MM-DD`. */
type Row = (string | number)[];

const batch = 500;

function cellOf(value: unknown): string | number {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return value;
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Sends the rows of the first sheet that has any, a batch for each message that asks. */
async function serve(): Promise<void> {
  const sheets = await readWorkbook(Buffer.from(workerData as Uint8Array));
  const rows = sheets.find(({ data }) => data.length > 0)?.data ?? [];
  let sent = 0;
  parentPort?.on('message', () => {
    const next: Row[] = rows.slice(sent, (sent += batch)).map((cells) => cells.map(cellOf));
    parentPort?.postMessage(next, []);
  });
  parentPort?.postMessage([], []);
}

// A workbook that cannot be read ends the thread with its error.
void serve();
