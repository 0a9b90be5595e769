import { randomBytes } from 'node:crypto';
import { StoreError } from './errors.ts';
import type { Reply } from './request.ts';
import { encodeDocument } from './storage.ts';
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

const BATCH_DOCUMENTS = 2000;
const BATCH_BYTES = 4 * 1024 * 1024;
const MAX_BYTES = 16 * 1024 * 1024;
const IDLE = 10 * 60_000;

/** Reads the first batch; the reply carries a cursor id if there is more. */
export async function openCursor(
  cursors: Cursors,
  { namespace, pieces, batchSize, singleBatch }: CursorInput,
): Promise<Reply> {
  dropIdle(cursors);
  const cursor: Cursor = {
    namespace,
    pieces: pieces[Symbol.asyncIterator](),
    rest: [],
    at: 0,
    lastUse: Date.now(),
    isBusy: false,
  };
  const { documents, isDone } = await readBatch(cursor, batchSize, singleBatch === true);
  let id = 0n;
  if (singleBatch) await cursor.pieces.return?.();
  else if (!isDone) {
    id = randomBytes(8).readBigUInt64BE() >> 1n || 1n;
    cursors.set(id, cursor);
  }
  return { fields: {}, batch: { name: 'firstBatch', documents, id, namespace } };
}

/** Reads the next batch; 0 documents as size means as much as fits. Throws 43 for a cursor that is not open. */
export async function readCursor(
  cursors: Cursors,
  id: bigint,
  wanted: { namespace: string; batchSize: number },
): Promise<Reply> {
  const cursor = cursors.get(id);
  if (!cursor || cursor.namespace !== wanted.namespace) throw new StoreError(43, `cursor id ${id} not found`);
  if (cursor.isBusy) throw new StoreError(2, `cursor id ${id} is already in use`);
  cursor.isBusy = true;
  try {
    const { documents, isDone } = await readBatch(cursor, wanted.batchSize || Infinity, false);
    if (isDone) cursors.delete(id);
    cursor.lastUse = Date.now();
    return { fields: {}, batch: { name: 'nextBatch', documents, id: isDone ? 0n : id, namespace: cursor.namespace } };
  } catch (error) {
    cursors.delete(id);
    throw error;
  } finally {
    cursor.isBusy = false;
  }
}

async function readBatch(
  cursor: Cursor,
  wanted: number,
  isOnly: boolean,
): Promise<{ documents: Buffer[]; isDone: boolean }> {
  // More batches where MongoDB sends one keep each of them short; a client that asks for one batch only gets all of it.
  const limit = isOnly
    ? { documents: wanted, bytes: MAX_BYTES }
    : { documents: Math.min(wanted, BATCH_DOCUMENTS), bytes: BATCH_BYTES };
  const documents: Buffer[] = [];
  for (let bytes = 0; documents.length < limit.documents && bytes < limit.bytes;) {
    const doc = cursor.rest[cursor.at];
    if (!doc) {
      if (await readPiece(cursor)) continue;
      return { documents, isDone: true };
    }
    const encoded = encodeDocument(doc);
    bytes += encoded.length;
    if (bytes > MAX_BYTES && documents.length > 0) break;
    documents.push(encoded);
    cursor.at += 1;
  }
  return { documents, isDone: cursor.at >= cursor.rest.length && !(await readPiece(cursor)) };
}

async function readPiece(cursor: Cursor): Promise<boolean> {
  const next = await cursor.pieces.next();
  if (!next.done) Object.assign(cursor, { rest: next.value, at: 0 });
  return !next.done;
}

// A client that went away without closing its cursors must not fill the memory.
function dropIdle(cursors: Cursors): void {
  const oldest = Date.now() - IDLE;
  for (const [id, { lastUse, isBusy }] of cursors) if (lastUse < oldest && !isBusy) cursors.delete(id);
}
