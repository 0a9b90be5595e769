import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { mongo, type Connection } from 'mongoose';
import type { FileStore } from './port.ts';

const bucketName = 'evidenceFiles';

/** A file of GridFS: its name is the hash of its bytes; `pendingSince` stands while no record is known to name it. */
interface StoredFile {
  _id: mongo.ObjectId;
  filename: string;
  metadata?: { pendingSince?: string };
}

interface Parts {
  bucket: mongo.GridFSBucket;
  files: mongo.Collection<StoredFile>;
  chunks: mongo.Collection;
  /** Files whose chunks are being written or deleted, and since when: what a crash leaves is found by it. */
  unfinished: mongo.Collection<{ _id: mongo.ObjectId; since: string }>;
}

/** The files of evidence in GridFS, whose indexes stand when this resolves. */
export async function openFileStore({ db }: Connection): Promise<FileStore> {
  if (!db) throw new Error('the connection is not open');
  const parts: Parts = {
    bucket: new mongo.GridFSBucket(db, { bucketName }),
    files: db.collection(`${bucketName}.files`),
    chunks: db.collection(`${bucketName}.chunks`),
    unfinished: db.collection(`${bucketName}.unfinished`),
  };
  const { bucket, files } = parts;
  await files.createIndex({ filename: 1 }, { unique: true });
  const pending = { partialFilterExpression: { 'metadata.pendingSince': { $exists: true } } };
  await files.createIndex({ 'metadata.pendingSince': 1 }, pending);
  await parts.unfinished.createIndex({ since: 1 });
  const wait = async (hash: string, now: string) =>
    (await files.updateOne({ filename: hash }, { $set: { 'metadata.pendingSince': now } })).matchedCount > 0;
  return {
    async keep(hash, bytes, now) {
      // Written by another between the look and the write, it is there at the second look.
      while (!(await wait(hash, now)) && !(await write(parts, { hash, bytes, now })));
    },
    async hold(hash, keptAt) {
      await files.updateOne(
        { filename: hash, 'metadata.pendingSince': keptAt },
        { $unset: { 'metadata.pendingSince': 1 } },
      );
    },
    release: async (hash, now) => void (await wait(hash, now)),
    async read(hash) {
      const file = await files.findOne({ filename: hash });
      return file && (bucket.openDownloadStream(file._id) as AsyncIterable<Uint8Array>);
    },
    sweep: async (before, isNamed) => (await sweepPending(parts, before, isNamed)) + (await sweepChunks(parts, before)),
  };
}

/** Writes the chunks, then the file that makes them one; false where another was faster. */
async function write(
  { bucket, chunks, unfinished }: Parts,
  { hash, bytes, now }: { hash: string; bytes: Uint8Array; now: string },
): Promise<boolean> {
  const _id = new mongo.ObjectId();
  await unfinished.insertOne({ _id, since: now });
  try {
    const target = bucket.openUploadStreamWithId(_id, hash, { metadata: { pendingSince: now } });
    await pipeline(Readable.from([bytes]), target);
    await unfinished.deleteOne({ _id });
    return true;
  } catch (error) {
    await chunks.deleteMany({ files_id: _id });
    await unfinished.deleteOne({ _id });
    if ((error as { code?: number }).code !== 11000) throw error;
    return false;
  }
}

async function sweepPending(
  parts: Parts,
  before: string,
  isNamed: (hash: string) => Promise<boolean>,
): Promise<number> {
  const { files, chunks, unfinished } = parts;
  let swept = 0;
  const waiting = files.find({ 'metadata.pendingSince': { $lt: before } });
  for await (const { _id, filename, metadata } of waiting) {
    // Sent again meanwhile, it waits anew.
    const same = { _id, 'metadata.pendingSince': metadata?.pendingSince };
    if (await isNamed(filename)) {
      await files.updateOne(same, { $unset: { 'metadata.pendingSince': 1 } });
      continue;
    }
    await unfinished.updateOne({ _id }, { $set: { since: before } }, { upsert: true });
    const { deletedCount } = await files.deleteOne(same);
    if (deletedCount > 0) await chunks.deleteMany({ files_id: _id });
    await unfinished.deleteOne({ _id });
    swept += deletedCount;
  }
  return swept;
}

/** Chunks without their file: cut off while they were written or deleted. */
async function sweepChunks({ files, chunks, unfinished }: Parts, before: string): Promise<number> {
  let swept = 0;
  for await (const { _id } of unfinished.find({ since: { $lte: before } })) {
    if (!(await files.findOne({ _id }))) swept += (await chunks.deleteMany({ files_id: _id })).deletedCount;
    await unfinished.deleteOne({ _id });
  }
  return swept;
}
