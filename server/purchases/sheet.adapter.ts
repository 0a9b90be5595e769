import { once } from 'node:events';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { CsvError, parse } from 'csv-parse';
import type { PurchaseImport } from '../../schemas/types.d.ts';
import type { Cell } from './ledger-cell.rules.ts';
import type { SheetFault, SheetReader } from './port.ts';

type Encoding = NonNullable<PurchaseImport['file']['encoding']>;
type Delimiter = NonNullable<PurchaseImport['file']['delimiter']>;

const piece = 1024 * 1024;
const longestRecord = 256 * 1024;
const workbookMb = 1024;
const delimiters: Delimiter[] = [';', ',', '\t'];

/** Reads ledgers: XLSX in a thread of its own, CSV as a stream. */
export const sheetReader: SheetReader = {
  async inspect({ bytes, type }) {
    if (type === 'xlsx') return { format: 'xlsx' };
    // A type that shows itself is something else; but the mark of UTF-16 looks like that of a sound file.
    const isMarked = [0xfffe, 0xfeff].includes(bytes.length > 1 ? bytes.readUInt16BE() : 0);
    if (type !== null && !isMarked) return null;
    const encoding = await encodingOf(bytes);
    if (encoding === null) return null;
    const head = new TextDecoder(encoding).decode(bytes.subarray(0, 64 * 1024));
    return { format: 'csv', encoding, delimiter: delimiterOf(head) };
  },
  rows: (format, bytes) =>
    format.format === 'xlsx'
      ? workbookRows(bytes)
      : csvRows(bytes, { encoding: format.encoding ?? 'utf-8', delimiter: format.delimiter ?? ',' }),
};

/** The encoding of a text by its mark or its bytes; null where control characters say that it is no text. */
async function encodingOf(bytes: Buffer): Promise<Encoding | null> {
  const marked = markOf(bytes);
  if (marked === null && looksBinary(bytes)) return null;
  if (bytes.length === 0) return null;
  if (marked !== null && marked !== 'utf-8') return marked;
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for (let from = 0; from < bytes.length; from += piece) {
      decoder.decode(bytes.subarray(from, from + piece), { stream: true });
      await setImmediate();
    }
    decoder.decode();
    return 'utf-8';
  } catch {
    return marked === null ? 'windows-1258' : null;
  }
}

function markOf(bytes: Buffer): Encoding | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  // Without a mark the zero bytes of its Latin letters show UTF-16.
  const head = bytes.subarray(0, 400);
  const zeros = (odd: number) => head.filter((byte, at) => at % 2 === odd && byte === 0).length;
  if (head.length < 4) return null;
  if (zeros(1) > head.length / 5 && zeros(0) === 0) return 'utf-16le';
  return zeros(0) > head.length / 5 && zeros(1) === 0 ? 'utf-16be' : null;
}

function looksBinary(bytes: Buffer): boolean {
  return bytes.subarray(0, piece).some((byte) => byte < 9 || (byte > 13 && byte < 32) || byte === 127);
}

/** The delimiter that parts the first lines most evenly, outside quotes. */
function delimiterOf(head: string): Delimiter {
  const lines = head.replace(/"(?:[^"]|"")*"/g, '').split(/\r\n|\r|\n/);
  const filled = lines.slice(0, 30).filter((line) => line.trim() !== '');
  const scores = delimiters.map((delimiter) => {
    const counts = filled.map((line) => line.split(delimiter).length - 1).toSorted((a, b) => a - b);
    // The median: titles above the table and notes below it have none.
    return counts[Math.floor(counts.length / 2)] ?? 0;
  });
  const best = Math.max(...scores);
  return best === 0 ? ',' : delimiters[scores.indexOf(best)]!;
}

async function* csvRows(
  bytes: AsyncIterable<Buffer>,
  { encoding, delimiter }: { encoding: Encoding; delimiter: Delimiter },
): AsyncGenerator<Cell[][]> {
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: longestRecord,
  });
  const source = Readable.from(decode(bytes, encoding));
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let batch: string[][] = [];
  let count = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      batch.push(record);
      count += 1;
      if (batch.length < 500) continue;
      yield batch;
      batch = [];
    }
  } catch (error) {
    throw error instanceof CsvError ? faultOf({ code: 'SHEET_BROKEN', params: { row: count + 1 } }) : error;
  } finally {
    source.destroy();
  }
  if (batch.length > 0) yield batch;
}

async function* decode(bytes: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  const step = 32 * 1024;
  for await (const chunk of bytes) {
    for (let from = 0; from < chunk.length; from += step) {
      const text = decoder.decode(chunk.subarray(from, from + step), { stream: true });
      if (text !== '') yield text;
    }
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

async function* workbookRows(bytes: AsyncIterable<Buffer>): AsyncGenerator<Cell[][]> {
  const chunks: Buffer[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  const worker = new Worker(new URL('./sheet-worker.cjs', import.meta.url), {
    workerData: Buffer.concat(chunks),
    // A small file can unfold into a huge one: then the thread ends, not the server.
    resourceLimits: { maxOldGenerationSizeMb: workbookMb },
  });
  try {
    await once(worker, 'message');
    for (;;) {
      const answer = once(worker, 'message') as Promise<[Cell[][]]>;
      worker.postMessage('more', []);
      const [rows] = await answer;
      if (rows.length === 0) return;
      yield rows;
    }
  } catch {
    throw faultOf({ code: 'WORKBOOK_BROKEN' });
  } finally {
    await worker.terminate();
  }
}

function faultOf(sheetFault: SheetFault['sheetFault']): SheetFault {
  return Object.assign(new Error(sheetFault.code), { sheetFault });
}
