import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { expect } from '@jest/globals';
import { GridFSBucket, type Db, type Document } from 'mongodb';

/** One kind of write that is cut off by a kill. */
export interface Work {
  name: string;
  writers: number;
  /** A round may wait for up to so many answers of this kind. */
  goal: number;
  /** Before the writers begin, in every round. */
  prepare?(db: Db): Promise<void>;
  /** One write of one writer; what is not answered throws. */
  step(db: Db, writer: number): Promise<void>;
  /** After the kill: everything that was answered is there, whole and once. */
  check(db: Db): Promise<void>;
  /** How many writes were answered. */
  answered(): number;
}

/** A document whose every part follows from its number, so that half of one is seen. */
function aDocument(n: number): Document & { _id: number } {
  return { _id: n, key: `key-${n}`, tags: [`a${n % 7}`, `b${n % 11}`], inner: { n, text: 'ă'.repeat(n % 300) } };
}

async function expectWhole(db: Db, name: string, answered: ReadonlySet<number>): Promise<number[]> {
  const found = await db.collection<{ _id: number }>(name).find().toArray();
  for (const document of found) expect(document).toEqual(aDocument(document._id));
  const ids = found.map(({ _id }) => _id);
  const present = new Set(ids);
  expect(present.size).toBe(ids.length);
  expect([...answered].filter((id) => !present.has(id))).toEqual([]);
  return ids;
}

function singles(): Work {
  const done = new Set<number>();
  let next = 0;
  return {
    name: 'singles',
    writers: 6,
    goal: 60,
    prepare: async (db) => void (await db.collection('singles').createIndex({ key: 1 }, { unique: true })),
    async step(db) {
      const n = (next += 1);
      await db.collection<{ _id: number }>('singles').insertOne(aDocument(n));
      done.add(n);
    },
    check: async (db) => void (await expectWhole(db, 'singles', done)),
    answered: () => done.size,
  };
}

const BATCH = 100;

function batches(): Work {
  const done = new Set<number>();
  let next = 0;
  return {
    name: 'batches',
    writers: 2,
    goal: 8,
    prepare: async (db) => void (await db.collection('batches').createIndexes([{ key: { tags: 1, key: -1 } }])),
    async step(db) {
      const from = (next += BATCH);
      const documents = Array.from({ length: BATCH }, (_, at) => aDocument(from + at));
      await db.collection<{ _id: number }>('batches').insertMany(documents);
      for (const { _id } of documents) done.add(_id);
    },
    async check(db) {
      const ids = await expectWhole(db, 'batches', done);
      // An ordered batch that was cut off may have a beginning, never a hole.
      const present = new Set(ids);
      for (const id of ids) expect(id % BATCH === 0 || present.has(id - 1)).toBe(true);
    },
    answered: () => done.size / BATCH,
  };
}

const LOG = 20;

function updates(): Work {
  const [asked, done] = [new Map<number, number>(), new Map<number, number>()];
  return {
    name: 'updates',
    writers: 6,
    goal: 60,
    prepare: async (db) =>
      void (await db.collection('updates').createIndexes([{ key: { n: 1 } }, { key: { log: 1 }, sparse: true }])),
    async step(db, writer) {
      const n = (asked.get(writer) ?? 0) + 1;
      asked.set(writer, n);
      const change = { $inc: { n: 1 }, $push: { log: { $each: [n], $slice: -LOG } }, $set: { text: `text-${n}` } };
      await db
        .collection<{ _id: number; n: number; log: number[] }>('updates')
        .updateOne({ _id: writer }, change, { upsert: true });
      done.set(writer, n);
    },
    async check(db) {
      for (const [writer, last] of asked) {
        const found = await db.collection<{ _id: number; n: number }>('updates').findOne({ _id: writer });
        const n = found?.n ?? 0;
        expect([done.get(writer) ?? 0, last]).toContain(n);
        const log = Array.from({ length: Math.min(LOG, n) }, (_, at) => n - Math.min(LOG, n) + at + 1);
        expect(found).toEqual(n === 0 ? null : { _id: writer, n, log, text: `text-${n}` });
        asked.set(writer, n);
        done.set(writer, n);
      }
    },
    answered: () => [...done.values()].reduce((sum, n) => sum + n, 0),
  };
}

const HOT = 40;

function upserts(): Work {
  const [asked, done] = [new Map<number, number>(), new Map<number, number>()];
  let next = 0;
  const plus = (counts: Map<number, number>, key: number) => counts.set(key, (counts.get(key) ?? 0) + 1);
  return {
    name: 'upserts',
    writers: 8,
    goal: 60,
    async step(db) {
      const key = Math.floor((next += 1) / 4) + (next % 2 === 0 ? 0 : HOT);
      plus(asked, key);
      await db.collection('upserts').updateOne({ key }, { $inc: { n: 1 } }, { upsert: true });
      plus(done, key);
    },
    async check(db) {
      const found = await db.collection<{ key: number; n: number }>('upserts').find().toArray();
      const counts = new Map(found.map(({ key, n }) => [key, n]));
      expect(counts.size).toBe(found.length);
      for (const [key, least] of done) {
        expect(counts.get(key)).toBeGreaterThanOrEqual(least);
        expect(counts.get(key)).toBeLessThanOrEqual(asked.get(key) ?? 0);
      }
    },
    answered: () => [...done.values()].reduce((sum, n) => sum + n, 0),
  };
}

const RACERS = 8;

function races(): Work {
  const decided = new Map<number, string | undefined>();
  let next = 0;
  return {
    name: 'races',
    writers: 1,
    goal: 6,
    prepare: async (db) => void (await db.collection('races').createIndex({ key: 1 }, { unique: true })),
    async step(db) {
      const key = (next += 1);
      const results = await Promise.allSettled(
        Array.from({ length: RACERS }, async (_, racer) => {
          await db.collection('races').insertOne({ key, winner: `${key}-${racer}` });
          decided.set(key, `${key}-${racer}`);
        }),
      );
      const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
      if (refusals.some(({ code }) => code === 11000) && !decided.has(key)) decided.set(key, undefined);
      const fault = refusals.find(({ code }) => code !== 11000);
      if (fault) throw fault;
      expect(refusals).toHaveLength(RACERS - 1);
    },
    async check(db) {
      const found = await db.collection<{ key: number; winner: string }>('races').find().toArray();
      const winners = new Map(found.map(({ key, winner }) => [key, winner]));
      expect(winners.size).toBe(found.length);
      for (const [key, winner] of decided)
        expect(winners.get(key)).toEqual(winner ?? expect.stringMatching(new RegExp(`^${key}-`)));
    },
    answered: () => decided.size,
  };
}

/** Two chunks and a piece; the pattern's length divides none of them, so that each is another. */
function bytesOf(n: number): Buffer {
  return Buffer.alloc(600_000, createHash('sha512').update(String(n)).digest().subarray(0, 61));
}

function uploads(): Work {
  const done = new Set<number>();
  let next = 0;
  return {
    name: 'uploads',
    writers: 1,
    goal: 2,
    async step(db) {
      const n = (next += 1);
      const stream = new GridFSBucket(db).openUploadStream(String(n));
      stream.end(bytesOf(n));
      await once(stream, 'finish');
      done.add(n);
    },
    async check(db) {
      const bucket = new GridFSBucket(db);
      const files = await bucket.find().toArray();
      for (const { _id, filename, length } of files) {
        const stored = await buffer(bucket.openDownloadStream(_id));
        expect([filename, stored.length]).toEqual([filename, length]);
        expect(stored.equals(bytesOf(Number(filename)))).toBe(true);
      }
      const names = new Set(files.map(({ filename }) => Number(filename)));
      expect(names.size).toBe(files.length);
      expect([...done].filter((n) => !names.has(n))).toEqual([]);
    },
    answered: () => done.size,
  };
}

const BUILT = 3000;

function builds(): Work {
  let name: string | undefined;
  let count = 0;
  return {
    name: 'builds',
    writers: 1,
    goal: 2,
    async prepare(db) {
      if ((await db.collection('builds').countDocuments()) === 0)
        await db.collection('builds').insertMany(Array.from({ length: BUILT }, (_, n) => ({ n, tags: [n, -n] })));
    },
    async step(db) {
      const collection = db.collection('builds');
      const last = name;
      name = undefined;
      if (last !== undefined) await collection.dropIndex(last);
      name = await collection.createIndex(count % 2 === 0 ? { n: 1, tags: -1 } : { tags: 1 });
      count += 1;
    },
    async check(db) {
      const collection = db.collection<{ n: number }>('builds');
      const names = (await collection.indexes()).map((index) => index.name);
      // What was answered is there; what was cut off is there whole, or not at all.
      if (name !== undefined) expect(names).toContain(name);
      for (const hint of names) {
        const found = await collection
          .find({ n: { $gte: 0 }, tags: { $exists: true } }, { hint: String(hint) })
          .toArray();
        expect(found).toHaveLength(BUILT);
      }
      name = names.find((other) => other !== '_id_');
      expect(names.length).toBeLessThanOrEqual(2);
    },
    answered: () => count,
  };
}

/** Every kind, with nothing written yet. */
export function everyWork(): Work[] {
  return [singles(), batches(), updates(), upserts(), races(), uploads(), builds()];
}
