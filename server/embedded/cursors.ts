import { randomBytes } from 'node:crypto';
import { calculateObjectSize, Long } from 'bson';
import { StoreError } from './errors.ts';
import { MAX_DOCUMENT } from './storage.ts';
import { Turns } from './turns.ts';
import type { Doc } from './values.ts';

interface Cursor {
  namespace: string;
  pieces: AsyncIterator<Doc[]>;
  /** Read already, not sent yet. */
  rest: Doc[];
  at: number;
  lastUse: number;
  isBusy: boolean;
}

/** The open cursors of an engine. */
export type Cursors = Map<bigint, Cursor>;

/** What a cursor is opened with. */
export interface CursorInput {
  namespace: string;
  pieces: AsyncIterable<Doc[]>;
  batchSize: number;
  /** Sends the first batch only. */
  singleBatch?: boolean;
}

// More batches where MongoDB sends one keep each of them short.
const BATCH_DOCUMENTS = 1000;
const BATCH_BYTES = 4 * 1024 * 1024;
const IDLE = 10 * 60_000;

/** A client that goes away without closing its cursors must not fill the memory. */
export function createCursors(): Cursors {
  const cursors: Cursors = new Map();
  const dropIdle = () => {
    for (const [id, { lastUse, isBusy }] of cursors) if (Date.now() - lastUse > IDLE && !isBusy) cursors.delete(id);
  };
  setInterval(dropIdle, IDLE / 10).unref();
  return cursors;
}

/** Reads the first batch; the reply carries a cursor id if there is more. */
export async function openCursor(cursors: Cursors, input: CursorInput): Promise<Doc> {
  const { namespace, pieces, batchSize, singleBatch = false } = input;
  const iterator = pieces[Symbol.asyncIterator]();
  const cursor: Cursor = { namespace, pieces: iterator, rest: [], at: 0, lastUse: Date.now(), isBusy: false };
  const { batch, isDone } = await readBatch(cursor, batchSize);
  const id = isDone || singleBatch ? 0n : randomBytes(8).readBigUInt64BE() >> 1n || 1n;
  if (id !== 0n) cursors.set(id, cursor);
  return { cursor: { firstBatch: batch, id: Long.fromBigInt(id), ns: namespace } };
}

/** Reads the next batch. Throws 43 for a cursor that is not open. */
export async function readCursor(
  cursors: Cursors,
  id: bigint,
  wanted: Pick<CursorInput, 'namespace' | 'batchSize'>,
): Promise<Doc> {
  const { namespace, batchSize } = wanted;
  const cursor = cursors.get(id);
  if (cursor?.namespace !== namespace) throw new StoreError(43, `cursor id ${id} not found`);
  if (cursor.isBusy) throw new StoreError(2, `cursor id ${id} is already in use`);
  cursor.isBusy = true;
  try {
    const { batch, isDone } = await readBatch(cursor, batchSize);
    if (isDone) cursors.delete(id);
    cursor.lastUse = Date.now();
    return { cursor: { nextBatch: batch, id: Long.fromBigInt(isDone ? 0n : id), ns: namespace } };
  } catch (error) {
    cursors.delete(id);
    throw error;
  } finally {
    cursor.isBusy = false;
  }
}

async function readBatch(cursor: Cursor, wanted: number): Promise<{ batch: Doc[]; isDone: boolean }> {
  const turns = new Turns();
  const batch: Doc[] = [];
  const most = Math.min(wanted, BATCH_DOCUMENTS);
  for (let bytes = 0; batch.length < most && bytes < BATCH_BYTES && (await hasMore(cursor)); await turns.pass()) {
    const doc = cursor.rest[cursor.at] ?? {};
    const size = calculateObjectSize(doc, { ignoreUndefined: true });
    if (size > MAX_DOCUMENT) throw new StoreError(10334, `a document is at most ${MAX_DOCUMENT} bytes`);
    bytes += size;
    if (bytes > MAX_DOCUMENT && batch.length > 0) break;
    batch.push(doc);
    cursor.at += 1;
  }
  return { batch, isDone: !(await hasMore(cursor)) };
}

/** Whether something is left to send; reads on where it must. */
async function hasMore(cursor: Cursor): Promise<boolean> {
  while (cursor.at >= cursor.rest.length) {
    const next = await cursor.pieces.next();
    if (next.done) return false;
    Object.assign(cursor, { rest: next.value, at: 0 });
  }
  return true;
}
