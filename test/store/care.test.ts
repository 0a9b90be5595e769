import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { open } from 'lmdb';
import type { Db } from 'mongodb';
import { startEmbeddedStore } from '../../server/embedded/start.ts';
import { backupStore, restoreStore, statsOfStore, validateStore } from '../../server/store-care.ts';
import { cleanUp, newFolder, withClient } from './child-process.ts';
import { temporaryFolder } from './support.ts';

jest.setTimeout(60_000);
afterEach(cleanUp);

async function withStore<T>(folder: string, use: (db: Db) => Promise<T>): Promise<T> {
  const store = await startEmbeddedStore(folder);
  try {
    return await withClient(store.uri, (client) => use(client.db()));
  } finally {
    await store.close();
  }
}

async function fill(db: Db, count: number): Promise<void> {
  await db.collection('things').createIndex({ n: 1 }, { unique: true });
  await db.collection('things').insertMany(Array.from({ length: count }, (_, n) => ({ n, text: 'x'.repeat(100) })));
}

test('backs up while others write, and restores what was there into an empty folder', async () => {
  const folder = newFolder();
  const file = join(folder, 'backup.file');
  await withStore(folder, async (db) => {
    await fill(db, 1500);
    const more = db.collection('things').insertMany(Array.from({ length: 1000 }, (_, at) => ({ n: 5000 + at })));
    expect(await backupStore({ XANH_DATA: folder }, file)).toMatch(/\d documents in 1 collections, 2 indexes$/);
    await more;
    expect(statSync(file).mode & 0o077).toBe(0);
    await expect(backupStore({ XANH_DATA: folder }, file)).rejects.toThrow('is there already');
    await expect(restoreStore({ XANH_DATA: folder }, file, true)).rejects.toThrow('A server is running');
  });
  expect(readdirSync(folder).toSorted()).toEqual(['backup.file', 'store']);
  const other = newFolder();
  expect(await restoreStore({ XANH_DATA: other }, file, false)).toMatch(/documents in 1 collections, 2 indexes$/);
  await withStore(other, async (db) => {
    expect(await db.collection('things').countDocuments({ n: { $lt: 1500 } })).toBe(1500);
    expect(
      await db
        .collection('things')
        .insertOne({ n: 7 })
        .catch(({ code }) => code),
    ).toBe(11000);
  });
});

test('restores over data only when told, and then keeps what was there', async () => {
  const folder = newFolder();
  const file = join(newFolder(), 'backup.file');
  await withStore(folder, (db) => fill(db, 10));
  await backupStore({ XANH_DATA: folder }, file);
  await withStore(folder, async (db) => void (await db.collection('things').deleteMany({})));
  await expect(restoreStore({ XANH_DATA: folder }, file, false)).rejects.toThrow('--replace');
  expect(await statsOfStore({ XANH_DATA: folder })).toContain('0 documents in 1 collections');
  const said = await restoreStore({ XANH_DATA: folder }, file, true);
  expect(said).toMatch(/10 documents in 1 collections, 2 indexes\nWhat was there before is kept in /);
  const aside = said.split(' ').at(-1)?.slice(0, -1) ?? '';
  expect(existsSync(join(aside, 'data.mdb'))).toBe(true);
  expect(await validateStore({ XANH_DATA: folder })).toEqual({
    isValid: true,
    text: '10 documents in 1 collections, 2 indexes: every index agrees with its documents.',
  });
});

test('says after a restore that the accounts in it need the secret, which no backup holds', async () => {
  const folder = newFolder();
  const file = join(newFolder(), 'backup.file');
  await withStore(folder, async (db) => void (await db.collection('user').insertOne({ n: 1 })));
  await backupStore({ XANH_DATA: folder }, file);
  const restored = (more: object = {}) => {
    const other = newFolder();
    if ('secret' in more) writeFileSync(join(other, 'secret'), 'kept');
    return restoreStore({ XANH_DATA: other, ...more }, file, false);
  };
  expect(await restored()).toMatch(/and no .*secret: put that file of the old server there/);
  expect(await restored({ secret: true })).not.toContain('secret');
  expect(await restored({ XANH_SECRET: 'x'.repeat(32) })).not.toContain('secret');
});

const sound = { folder: temporaryFolder(), file: '' };
beforeAll(async () => {
  sound.file = `${sound.folder}.backup`;
  await withStore(sound.folder, (db) => fill(db, 3000));
  await backupStore({ XANH_DATA: sound.folder }, sound.file);
});
afterAll(() => [sound.folder, sound.file].forEach((path) => rmSync(path, { recursive: true })));

test.each<[string, (file: string) => void, RegExp]>([
  ['a truncated file', (file) => truncateSync(file, (3 * statSync(file).size) / 4), /cut off/],
  ['a file cut within its head', (file) => truncateSync(file, 5000), /cut off/],
  [
    'a file of another program',
    (file) => writeFileSync(file, 'something else'.repeat(1000)),
    /not a file of this store/,
  ],
  ['a file of a newer format', (file) => writeFileSync(file, withByte(file, 0x1c, 9)), /version 9/],
])('refuses to restore %s, and to start on one, and leaves everything', async (_, spoil, message) => {
  const [folder, backups] = [newFolder(), newFolder()];
  const file = join(backups, 'backup.file');
  cpSync(sound.folder, folder, { recursive: true });
  cpSync(sound.file, file);
  spoil(file);
  await expect(restoreStore({ XANH_DATA: folder }, file, true)).rejects.toThrow(message);
  const data = join(folder, 'store', 'data.mdb');
  writeFileSync(join(folder, 'store', 'beside.txt'), 'left alone');
  spoil(data);
  const before = readFileSync(data);
  await expect(startEmbeddedStore(folder)).rejects.toThrow(message);
  expect(readFileSync(data).equals(before)).toBe(true);
  expect(readFileSync(join(folder, 'store', 'beside.txt'), 'utf8')).toBe('left alone');
  expect(readdirSync(folder)).toEqual(['store']);
});

function withByte(file: string, at: number, value: number): Buffer {
  const bytes = readFileSync(file);
  bytes[at] = value;
  return bytes;
}

test('refuses to start on a store that keeps something this version does not know', async () => {
  const folder = newFolder();
  await withStore(folder, (db) => fill(db, 10));
  const other = open({ path: join(folder, 'store') });
  await other.openDB({ name: 'newer' }).put('a', 1);
  await other.close();
  await expect(startEmbeddedStore(folder)).rejects.toThrow("a newer version of this: 'newer'");
});

test('leaves the care of a MongoDB to its own tools', async () => {
  const config = { XANH_DATA: newFolder(), MONGODB_URI: 'mongodb://localhost/x' };
  await expect(backupStore(config, 'file')).rejects.toThrow('use mongodump');
  await expect(restoreStore(config, 'file', false)).rejects.toThrow('use mongorestore');
  await expect(statsOfStore({ XANH_DATA: config.XANH_DATA })).rejects.toThrow('There is no store');
});
