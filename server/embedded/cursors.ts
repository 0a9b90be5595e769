import { randomBytes } from 'node:crypto';
import { Long, serialize } from 'bson';
import { ensure } from './errors.ts';
import { MAX_DOCUMENT } from './storage.ts';
import { consume } from './turns.ts';
import type { Doc } from './values.ts';

interface Cursor {
  namespace: string;
  docs: Iterator<Uint8Array | undefined, unknown>;
  /** Read already, not sent yet. */
  held: Uint8Array | undefined;
  lastUse: number;
  isBusy: boolean;
}

/** The open cursors of an engine. */
export type Cursors = Map<bigint, Cursor>;

// More batches where MongoDB sends one keep each of them short.
const [BATCH_DOCUMENTS, BATCH_BYTES] = [1000, 4 * 1024 * 1024];
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

/** A document in bytes. */
export function encode(doc: Doc): Uint8Array {
  return serialize(doc, { ignoreUndefined: true });
}

/** What a cursor is opened with, its documents as BSON has them; `singleBatch` where no more than the first is wanted. */
export type CursorInput = Pick<Cursor, 'namespace' | 'docs'> & { batchSize: number; singleBatch?: boolean };

/** Reads the first batch; the reply carries a cursor id if there is more. */
export async function openCursor(cursors: Cursors, input: CursorInput): Promise<Doc> {
  const { namespace, docs, batchSize, singleBatch = false } = input;
  const cursor: Cursor = { namespace, docs, held: undefined, lastUse: Date.now(), isBusy: false };
  const { batch, isDone } = await readBatch(cursor, batchSize);
  const id = isDone || singleBatch ? 0n : randomBytes(8).readBigUInt64BE() >> 1n || 1n;
  if (id !== 0n) cursors.set(id, cursor);
  return { cursor: { firstBatch: batch, id: Long.fromBigInt(id), ns: namespace } };
}

type Next = Omit<CursorInput, 'docs'>;

/** Reads the next batch. Throws 43 for a cursor that is not open. */
export async function readCursor(cursors: Cursors, id: bigint, { namespace, batchSize }: Next): Promise<Doc> {
  const cursor = cursors.get(id);
  ensure(cursor?.namespace === namespace, 43, `cursor id ${id} not found`);
  ensure(!cursor.isBusy, 2, `cursor id ${id} is already in use`);
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

async function readBatch(cursor: Cursor, wanted: number): Promise<{ batch: Uint8Array[]; isDone: boolean }> {
  const { docs, held } = cursor;
  const batch: Uint8Array[] = [];
  let bytes = 0;
  const take = (doc: Uint8Array): boolean => {
    const size = doc.length;
    ensure(size <= MAX_DOCUMENT, 10334, `a document is at most ${MAX_DOCUMENT} bytes`);
    const isFull =
      batch.length >= Math.min(wanted, BATCH_DOCUMENTS) ||
      bytes >= BATCH_BYTES ||
      (batch.length > 0 && bytes + size > MAX_DOCUMENT);
    cursor.held = isFull ? doc : undefined;
    bytes += size;
    if (!isFull) batch.push(doc);
    return !isFull;
  };
  const isDone = (!held || take(held)) && (await consume(docs, take));
  return { batch, isDone };
}
