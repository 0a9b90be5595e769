import { once } from 'node:events';
import { afterEach, expect, jest, test } from '@jest/globals';
import { GridFSBucket, ObjectId, UUID, type Db } from 'mongodb';
import { startEmbeddedStore } from '../../server/embedded/start.ts';
import { copyDatabase } from '../../server/copy.ts';
import { cleanUp, newFolder, withClient } from './child-process.ts';

jest.setTimeout(60_000);
afterEach(cleanUp);

const ROWS = 1300;

async function inStore<T>(folder: string, use: (db: Db) => Promise<T>): Promise<T> {
  const store = await startEmbeddedStore(folder);
  try {
    return await withClient(store.uri, (client) => use(client.db()));
  } finally {
    await store.close();
  }
}

async function fill(db: Db): Promise<void> {
  await db.collection('rows').createIndexes([
    { key: { n: 1 }, unique: true },
    { key: { tags: 1, n: -1 }, sparse: true },
    { key: { half: 1 }, partialFilterExpression: { half: { $gt: 10 } } },
  ]);
  const rows = Array.from({ length: ROWS }, (_, n) => ({ n, half: n / 2, tags: ['a', `b${n % 9}`], at: new Date(n) }));
  await db.collection('rows').insertMany(rows);
  await db
    .collection<{ _id: unknown }>('ids')
    .insertMany([{ _id: 7 }, { _id: 'x' }, { _id: new ObjectId() }, { _id: new UUID() }]);
  await db.createCollection('empty');
  const upload = new GridFSBucket(db).openUploadStream('file');
  upload.end(Buffer.alloc(700_000, 'abc'));
  await once(upload, 'finish');
}

/** What cuts a copy off: thrown from the place that says how far it is. */
class Cut extends Error {}

function cutAt(line: RegExp): (said: string) => void {
  return (said) => {
    if (line.test(said)) throw new Cut();
  };
}

/** Another database for the way there and back; with MONGODB_URI also a MongoDB. */
const { MONGODB_URI } = process.env;
const middles = [['a store', () => newFolder()] as const];
if (MONGODB_URI)
  middles.push(['a MongoDB', () => MONGODB_URI.replace(/\/?(\?.*)?$/, `/copy-${Date.now()}$1`)] as never);

test.each(middles)('copies everything into %s and back, and goes on after every interruption', async (_, middle) => {
  const [from, to, back] = [newFolder(), middle(), newFolder()];
  await inStore(from, fill);
  for (const line of [/^rows: 500 of/, /^rows: 1000 of/, /^empty: 0 doc/])
    await expect(copyDatabase({ from, to }, cutAt(line))).rejects.toThrow(Cut);
  const said: string[] = [];
  const copied = await copyDatabase({ from, to }, (line) => said.push(line));
  expect(said).toContain('Going on with an interrupted copy.');
  expect(copied.map(({ name, documents }) => [name, documents])).toEqual([
    ['empty', 0],
    ['fs.chunks', 3],
    ['fs.files', 1],
    ['ids', 4],
    ['rows', ROWS],
  ]);
  expect(await copyDatabase({ from: to, to: back }, () => {})).toEqual(copied);
  await inStore(back, async (db) => {
    expect(await db.collection('rows').indexes()).toEqual(
      await inStore(from, (source) => source.collection('rows').indexes()),
    );
    expect((await db.listCollections().toArray()).map(({ name }) => name)).not.toContain('copying');
    expect(await db.command({ validate: 'rows' })).toMatchObject({ valid: true, nrecords: ROWS });
  });
});

test('refuses a target that has other data, and a source that changes meanwhile', async () => {
  const [from, to, other] = [newFolder(), newFolder(), newFolder()];
  await inStore(from, (db) => fill(db));
  await inStore(other, async (db) => void (await db.collection('mine').insertOne({ _id: 1 as never })));
  await expect(copyDatabase({ from, to: other }, () => {})).rejects.toThrow('The target has data of its own (mine)');
  await expect(copyDatabase({ from, to: from }, () => {})).rejects.toThrow('are the same');
  await inStore(from, async (db) => {
    const change = db.collection('rows').updateOne.bind(db.collection('rows'));
    const changes: Promise<unknown>[] = [];
    const onLine = (line: string) =>
      void (line.startsWith('rows: 1300 of') && changes.push(change({ n: 3 }, { $set: { half: 1 } })));
    await expect(copyDatabase({ from, to }, onLine)).rejects.toThrow('differ in rows');
    expect(changes).toHaveLength(1);
  });
  expect(await inStore(other, (db) => db.collection('mine').countDocuments())).toBe(1);
});
