import { once } from 'node:events';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, jest, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { findRunningStore, startEmbeddedStore } from '../../server/embedded/start.ts';
import { cleanUp, newFolder, startChild, withClient } from './child-process.ts';
import { codeOf } from './support.ts';

jest.setTimeout(60_000);
afterEach(cleanUp);

test('keeps documents, indexes and their kinds over a restart', async () => {
  const folder = newFolder();
  const first = await startEmbeddedStore(folder);
  await withClient(first.uri, async (client) => {
    const collection = client.db().collection('kept');
    await collection.createIndexes([
      { key: { a: 1 }, unique: true },
      { key: { tags: 1 }, sparse: true },
    ]);
    await collection.insertMany([{ a: 1, tags: ['x', 'y'] }, { a: 2 }]);
    await collection.deleteOne({ a: 2 });
  });
  await first.close();
  await first.close();
  expect(await findRunningStore(folder)).toBeNull();
  const second = await startEmbeddedStore(folder);
  await withClient(second.uri, async (client) => {
    const collection = client.db().collection('kept');
    expect(await codeOf(collection.insertOne({ a: 1 }))).toBe(11000);
    expect(await collection.find({ tags: 'y' }).toArray()).toMatchObject([{ a: 1 }]);
    expect(await collection.find({ tags: 'y' }).explain('queryPlanner')).toMatchObject({
      queryPlanner: { winningPlan: { inputStage: { indexName: 'tags_1', isMultiKey: true } } },
    });
    await collection.insertOne({ a: 3 });
    expect(await collection.estimatedDocumentCount()).toBe(2);
    expect(await client.db().command({ validate: 'kept' })).toMatchObject({ valid: true, nrecords: 2 });
  });
  await second.close();
});

test('keeps the folder and the socket to their owner', async () => {
  const folder = newFolder();
  const store = await startEmbeddedStore(folder);
  expect(statSync(join(folder, 'store')).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, 'store', 'store.sock')).mode & 0o777).toBe(0o600);
  await store.close();
  expect(existsSync(join(folder, 'store', 'store.sock'))).toBe(false);
});

test('has one engine for a folder: a second start uses the first, and closing the second leaves it', async () => {
  const folder = newFolder();
  expect(await findRunningStore(folder)).toBeNull();
  const first = await startEmbeddedStore(folder);
  const second = await startEmbeddedStore(folder);
  expect(second.uri).toBe(first.uri);
  expect(await findRunningStore(folder)).toBe(first.uri);
  await second.close();
  await withClient(first.uri, async (client) => {
    expect(await client.db().command({ ping: 1 })).toEqual({ ok: 1 });
  });
  await first.close();
});

test('has one engine when the same process starts it several times at once', async () => {
  const folder = newFolder();
  const stores = await Promise.all(Array.from({ length: 3 }, () => startEmbeddedStore(folder)));
  const uri = stores[0]?.uri ?? '';
  expect(stores.map((store) => store.uri)).toEqual([uri, uri, uri]);
  await withClient(uri, async (client) => {
    await client.db().collection('c').insertOne({ n: 1 });
    expect(await client.db().collection('c').countDocuments()).toBe(1);
  });
  await Promise.all(stores.map((store) => store.close()));
  expect(await findRunningStore(folder)).toBeNull();
});

test('finishes the writes that are running when it is closed', async () => {
  const folder = newFolder();
  const store = await startEmbeddedStore(folder);
  const client = await MongoClient.connect(store.uri, { serverSelectionTimeoutMS: 500 });
  await client.db().command({ ping: 1 });
  const writes = Array.from({ length: 50 }, (_, n) => codeOf(client.db().collection('c').insertOne({ n })));
  await new Promise((resolve) => setTimeout(resolve, 15));
  await store.close();
  const done = (await Promise.all(writes)).filter((code) => code === undefined).length;
  await client.close();
  const again = await startEmbeddedStore(folder);
  await withClient(again.uri, async (other) => {
    expect(await other.db().collection('c').countDocuments()).toBeGreaterThanOrEqual(done);
    expect(
      await other
        .db()
        .command({ validate: 'c' })
        .catch(() => ({ valid: true })),
    ).toMatchObject({ valid: true });
  });
  await again.close();
});

test('works in a folder whose path is too long for a socket, also for a second process', async () => {
  const folder = join(newFolder(), 'x'.repeat(60), 'ă'.repeat(40));
  mkdirSync(folder, { recursive: true });
  const child = startChild(folder);
  const uri = (await child.ready).split(' ')[2] ?? '';
  expect(await findRunningStore(folder)).toBe(uri);
  const store = await startEmbeddedStore(folder);
  expect(store.uri).toBe(uri);
  await withClient(uri, async (client) => expect(await client.db().command({ ping: 1 })).toEqual({ ok: 1 }));
  const socketPath = decodeURIComponent(uri.replace(/^mongodb:\/\/|\/xanh$/g, ''));
  expect(Buffer.byteLength(socketPath)).toBeLessThanOrEqual(107);
  newFolder(join(socketPath, '..'));
});

test('replaces a socket file that nobody listens on', async () => {
  const folder = newFolder();
  mkdirSync(join(folder, 'store'), { recursive: true });
  writeFileSync(join(folder, 'store', 'store.sock'), '');
  const store = await startEmbeddedStore(folder);
  await withClient(store.uri, async (client) => expect(await client.db().command({ ping: 1 })).toEqual({ ok: 1 }));
  await store.close();
});

test.each([['exit'], ['fall-off']])('does not keep its process alive: %s', async (work) => {
  const child = startChild(newFolder(), work);
  const [code]: unknown[] = await once(child.process, 'exit');
  expect(code).toBe(0);
});
