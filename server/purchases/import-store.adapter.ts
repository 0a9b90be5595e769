import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { mongo, type Connection } from 'mongoose';
import type { ImportStore, StoredRow } from './port.ts';

type RowDocument = Omit<StoredRow, 'id'> & { _id: string };
type Rows = mongo.Collection<RowDocument>;
type RowStore = Omit<ImportStore, 'keepFile' | 'readFile' | 'dropFile'>;

const batch = 500;

/** The files of imports in GridFS, their rows in a collection of their own whose indexes stand when this resolves. */
export async function openImportStore(connection: Connection): Promise<ImportStore> {
  const { db } = connection;
  if (!db) throw new Error('the connection is not open');
  const bucket = new mongo.GridFSBucket(db, { bucketName: 'importFiles' });
  const rows = db.collection<RowDocument>('importRows');
  await rows.createIndex({ run: 1, key: 1, row: 1 });
  await rows.createIndex({ run: 1, status: 1, row: 1 });
  return {
    async keepFile(job, bytes) {
      await dropFile(bucket, job);
      await pipeline(Readable.from([bytes]), bucket.openUploadStreamWithId(job as never, job));
    },
    readFile: (job) => bucket.openDownloadStream(job as never) as AsyncIterable<Buffer>,
    dropFile: (job) => dropFile(bucket, job),
    ...rowStore(rows),
  };
}

async function dropFile(bucket: mongo.GridFSBucket, job: string): Promise<void> {
  const [found] = await bucket
    .find({ _id: job as never })
    .limit(1)
    .toArray();
  if (found) await bucket.delete(job as never);
}

function rowStore(rows: Rows): RowStore {
  return {
    async keepRows(kept) {
      const documents = kept.map(({ id, ...row }) => ({ _id: id, ...row }));
      await rows.insertMany(documents, { ordered: false }).catch(ignoreRepetition);
    },
    rowsByKey: (run, after) => stream(rows.find({ run, key: { $gt: after } }).sort({ run: 1, key: 1, row: 1 })),
    rowsOf: (run, status) => stream(find(rows, run, { status, after: 0 })),
    async pageOfRows(run, { limit, ...query }) {
      const found = await find(rows, run, query)
        .limit(limit + 1)
        .toArray();
      return { rows: found.slice(0, limit).map(fromDocument), isMore: found.length > limit };
    },
    async judgeRows(judged) {
      const writes = judged.map(({ id, status, reasons }) => ({
        updateOne: { filter: { _id: id }, update: { $set: { status, reasons } } },
      }));
      if (writes.length > 0) await rows.bulkWrite(writes, { ordered: false });
    },
    async dropRows(run) {
      await rows.deleteMany({ run });
    },
  };
}

function find(
  rows: Rows,
  run: string,
  { status, after }: { status?: StoredRow['status'] | undefined; after: number },
): mongo.FindCursor<mongo.WithId<RowDocument>> {
  if (status) return rows.find({ run, status, row: { $gt: after } }).sort({ run: 1, status: 1, row: 1 });
  return rows.find({ _id: { $gt: `${run}.${String(after).padStart(7, '0')}`, $lt: `${run}.~` } }).sort({ _id: 1 });
}

async function* stream(cursor: mongo.FindCursor<mongo.WithId<RowDocument>>): AsyncGenerator<StoredRow> {
  for await (const document of cursor.batchSize(batch)) yield fromDocument(document);
}

function fromDocument({ _id, ...row }: RowDocument): StoredRow {
  return { id: _id, ...row };
}

/** A row that was kept before a crash is the same row. */
function ignoreRepetition(error: unknown): void {
  const errors = [(error as { writeErrors?: { code: number } | { code: number }[] }).writeErrors ?? []].flat();
  if (errors.length === 0 || errors.some(({ code }) => code !== 11000)) throw error;
}
