import { createCipheriv, createHash } from 'node:crypto';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mongo } from 'mongoose';
import type { Store } from '../../server/store.ts';
import { openTestStore } from '../support/store.ts';

const SIZE = 50_000_000;
const CHUNK = 255 * 1024;

let store: Store;
let bucket: mongo.GridFSBucket;

beforeAll(async () => {
  store = await openTestStore();
  bucket = new mongo.GridFSBucket(store.connection.db!);
});
afterAll(() => store.close());

/** The bytes of a made-up file from `start` to `end`, in pieces: a key stream, which can be entered anywhere. */
function* made(start: number, end: number): Generator<Buffer> {
  const counter = Buffer.alloc(16);
  counter.writeUInt32BE(Math.floor(start / 16), 12);
  const cipher = createCipheriv('aes-128-ctr', 'seed of the file', counter);
  cipher.update(Buffer.alloc(start % 16));
  for (let at = start; at < end; at += 100_003) yield cipher.update(Buffer.alloc(Math.min(100_003, end - at)));
}

async function hashOf(pieces: Iterable<Buffer> | AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}

async function upload(name: string, size: number): Promise<mongo.ObjectId> {
  const stream = bucket.openUploadStream(name);
  await pipeline(Readable.from(made(0, size)), stream);
  return stream.id;
}

/** How many chunks are kept of a file. */
function chunksOf(files_id: mongo.ObjectId): Promise<number> {
  return store.connection.db!.collection('fs.chunks').countDocuments({ files_id });
}

describe('a file of 50 MB', () => {
  let id: mongo.ObjectId;
  /** How long another client waited for each of its answers while the file was written and read. */
  const waits: number[] = [];

  async function meanwhile<T>(work: Promise<T>): Promise<T> {
    const state = { isOver: false };
    const done = work.finally(() => (state.isOver = true));
    const others = store.connection.db!.collection('others');
    await others.insertOne({});
    while (!state.isOver) {
      const begun = performance.now();
      await others.findOne({});
      waits.push(performance.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return done;
  }

  beforeAll(async () => {
    id = await meanwhile(upload('large', SIZE));
  });

  test('is the same when it is read', async () => {
    const [file] = await bucket.find({ _id: id }).toArray();
    expect(file).toMatchObject({ length: SIZE, chunkSize: CHUNK, filename: 'large', uploadDate: expect.any(Date) });
    expect(await meanwhile(hashOf(bucket.openDownloadStream(id)))).toBe(await hashOf(made(0, SIZE)));
  });

  test.each([
    ['within the first chunk', 10, 400],
    ['within another chunk', 5 * CHUNK + 1, 5 * CHUNK + 2],
    ['over a border', CHUNK - 3, CHUNK + 3],
    ['of exactly one chunk', 7 * CHUNK, 8 * CHUNK],
    ['over many chunks', 3 * CHUNK + 17, 30 * CHUNK + 5],
    ['to the end', SIZE - CHUNK - 9, SIZE],
    ['that is empty, at the end', SIZE, SIZE],
    ['that is empty, within', 5000, 5000],
  ])('gives the range %s', async (_, start, end) => {
    const expected = await hashOf(made(start, end));
    expect(await hashOf(bucket.openDownloadStream(id, { start, end }))).toBe(expected);
  });

  test('reads a range by an index, in its order', async () => {
    const chunks = store.connection.db!.collection('fs.chunks').find({ files_id: id, n: { $gte: 190 } });
    const plan = JSON.stringify(await chunks.sort({ n: 1 }).explain('queryPlanner'));
    expect(plan).toContain('"indexName":"files_id_1_n_1"');
    expect(plan).not.toContain('"SORT"');
  });

  test('refuses a range that lies behind the end', async () => {
    const behind = bucket.openDownloadStream(id, { start: SIZE + 1, end: SIZE + 2 });
    await expect(buffer(behind)).rejects.toThrow('must not be more than the length');
  });

  test('is deleted with all its chunks', async () => {
    expect(await chunksOf(id)).toBe(Math.ceil(SIZE / CHUNK));
    await bucket.delete(id);
    expect([await chunksOf(id), await bucket.find({ _id: id }).toArray()]).toEqual([0, []]);
    await expect(buffer(bucket.openDownloadStream(id))).rejects.toThrow('FileNotFound');
    await expect(bucket.delete(id)).rejects.toThrow('File not found');
  });

  test('keeps nobody else waiting', () => {
    const median = waits.toSorted((a, b) => a - b)[Math.floor(waits.length / 2)] ?? Infinity;
    expect(waits.length).toBeGreaterThan(20);
    expect(median).toBeLessThan(50);
  });
});

test('an upload that is given up leaves nothing', async () => {
  const stream = bucket.openUploadStream('cut');
  for (const piece of made(0, 3 * CHUNK)) if (!stream.write(piece)) await once(stream, 'drain');
  expect(await chunksOf(stream.id)).toBeGreaterThan(0);
  await stream.abort();
  expect([await chunksOf(stream.id), await bucket.find({ filename: 'cut' }).toArray()]).toEqual([0, []]);
});

test('an upload whose source fails is no file', async () => {
  const stream = bucket.openUploadStream('torn');
  const source = Readable.from(
    (function* () {
      yield* made(0, 2 * CHUNK);
      throw new Error('the source is gone');
    })(),
  );
  await expect(pipeline(source, stream)).rejects.toThrow('the source is gone');
  expect(await bucket.find({ filename: 'torn' }).toArray()).toEqual([]);
});

test('a file is renamed, and the newest of a name or an older one is read', async () => {
  const [first, second] = [await upload('draft', 10), await upload('final', CHUNK)];
  await bucket.rename(first, 'final');
  expect((await bucket.find().sort({ uploadDate: 1 }).toArray()).map(({ filename }) => filename)).toEqual([
    'final',
    'final',
  ]);
  const sizeOf = async (revision: number) =>
    (await buffer(bucket.openDownloadStreamByName('final', { revision }))).length;
  expect([await sizeOf(-1), await sizeOf(0), await sizeOf(1)]).toEqual([CHUNK, 10, CHUNK]);
  await expect(bucket.rename(new mongo.ObjectId(), 'x')).rejects.toThrow('not found');
  await Promise.all([bucket.delete(first), bucket.delete(second)]);
});

test('an empty file is read as one, and a file that lacks a chunk is not read as a shorter one', async () => {
  const [empty, torn] = [await upload('empty', 0), await upload('torn', 3 * CHUNK)];
  expect(await buffer(bucket.openDownloadStream(empty))).toHaveLength(0);
  await store.connection.db!.collection('fs.chunks').deleteOne({ files_id: torn, n: 1 });
  await expect(buffer(bucket.openDownloadStream(torn))).rejects.toThrow('ChunkIsMissing');
  await bucket.drop();
  expect(await bucket.find().toArray()).toEqual([]);
});
