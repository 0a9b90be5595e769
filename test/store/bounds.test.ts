import { readFileSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { MongoClient, type Collection } from 'mongodb';
import { createCursors, openCursor, readCursor } from '../../server/embedded/cursors.ts';
import { cleanUp, newFolder, startChild, withClient, type Child } from './child-process.ts';
import { rewrite } from './file-growth.ts';
import { encode } from './hostile-messages.ts';
import { codeOf } from './support.ts';

jest.setTimeout(60_000);

afterAll(cleanUp);

describe('a cursor that nobody reads', () => {
  afterEach(() => void jest.useRealTimers());

  function* numbers() {
    for (let n = 0; ; n += 1) yield Buffer.of(n);
  }

  test('is closed after ten minutes, also where no other is opened; one that is read stays', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'performance', 'nextTick', 'queueMicrotask'] });
    const cursors = createCursors();
    const open = () => openCursor(cursors, { namespace: 'a.b', docs: numbers(), batchSize: 1 });
    const ids = [await open(), await open()].map(({ cursor }) =>
      (cursor as { id: { toBigInt(): bigint } }).id.toBigInt(),
    );
    const read = (id = 0n) => readCursor(cursors, id, { namespace: 'a.b', batchSize: 1 });
    jest.advanceTimersByTime(8 * 60_000);
    expect(await read(ids[0])).toMatchObject({ cursor: { nextBatch: [Buffer.of(1)] } });
    jest.advanceTimersByTime(4 * 60_000);
    expect(cursors.size).toBe(1);
    expect(await codeOf(read(ids[1]))).toBe(43);
    expect(await read(ids[0])).toMatchObject({ cursor: { nextBatch: [Buffer.of(2)] } });
    jest.advanceTimersByTime(12 * 60_000);
    expect(cursors.size).toBe(0);
  });
});

describe('an engine with 72 MB for its objects, and a collection of 80 MB', () => {
  const DOCUMENTS = 2000;
  let child: Child;
  let client: MongoClient;
  let large: Collection;

  beforeAll(async () => {
    child = startChild(newFolder(), '', ['--max-old-space-size=72']);
    client = await MongoClient.connect((await child.ready).split(' ')[2] ?? '');
    large = client.db().collection('large');
    for (let from = 0; from < DOCUMENTS; from += 100)
      await large.insertMany(
        Array.from({ length: 100 }, (_, at) => ({
          n: from + at,
          group: at % 7,
          text: 'x'.repeat(40_000),
        })),
      );
  });
  afterAll(async () => {
    await client.close();
  });

  test('reads, counts, sorts and groups all of it', async () => {
    let read = 0;
    for await (const { n } of large.find()) read += n === read ? 1 : 0;
    expect(read).toBe(DOCUMENTS);
    expect(await large.countDocuments({ text: /^x/, n: { $ne: 7 } })).toBe(DOCUMENTS - 1);
    expect(await large.find().sort({ n: -1 }).limit(5).project({ n: 1 }).toArray()).toHaveLength(5);
    expect(await large.aggregate([{ $group: { _id: '$group', n: { $sum: 1 } } }]).toArray()).toHaveLength(7);
    expect(await client.db().command({ validate: 'large' })).toMatchObject({ valid: true, nrecords: DOCUMENTS });
  });

  const memory = () =>
    Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${child.process.pid}/status`, 'utf8'))?.[1]) / 1024;

  const memoryIsKnown = process.platform === 'linux' ? describe : describe.skip;
  memoryIsKnown('and memory that the system tells', () => {
    test('reads no more from a client that does not take its answers', async () => {
      const socket = connect(client.options.hosts[0]?.socketPath ?? '');
      const before = memory();
      const find = encode({ find: 'large', batchSize: 1000, $db: 'xanh' });
      socket.write(Buffer.concat(Array.from({ length: 100 }, () => find)));
      let most = 0;
      for (let looks = 0; looks < 16; looks += 1) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        most = Math.max(most, memory() - before);
      }
      expect(most).toBeLessThan(100);
      socket.destroy();
      expect(await large.findOne({ n: 1 })).toMatchObject({ n: 1 });
    });
  });
});

test('the file does not grow while the same documents are written again and again', async () => {
  const folder = newFolder();
  const child = startChild(folder);
  const size = () => statSync(join(folder, 'store', 'data.mdb')).size;
  await withClient((await child.ready).split(' ')[2] ?? '', async (client) => {
    await rewrite(client.db(), 3000);
    const early = size();
    await rewrite(client.db(), 5000);
    expect(size() / early).toBeLessThan(1.5);
  });
});
