import { expect, test } from '@jest/globals';
import type { Document } from 'mongodb';
import { codeOf, useStore } from './support.ts';

const store = useStore();

function rows(count: number): Document[] {
  return Array.from({ length: count }, (_, n) => ({ n, text: 'x'.repeat(200) }));
}

test('lets exactly one of eight inserts of a unique key through, five hundred times', async () => {
  const collection = await store.collection();
  await collection.createIndex({ key: 1 }, { unique: true });
  for (let round = 0; round < 500; round += 1) {
    const codes = await Promise.all(Array.from({ length: 8 }, () => codeOf(collection.insertOne({ key: round }))));
    expect(codes.toSorted((a = 0, b = 0) => b - a)).toEqual([
      11000,
      11000,
      11000,
      11000,
      11000,
      11000,
      11000,
      undefined,
    ]);
  }
  expect(await collection.countDocuments()).toBe(500);
});

test('lets exactly one of eight upserts of a key insert, thirty times', async () => {
  const collection = await store.collection();
  for (let round = 0; round < 30; round += 1) {
    const results = await Promise.all(
      Array.from({ length: 8 }, () => collection.updateOne({ key: round }, { $inc: { n: 1 } }, { upsert: true })),
    );
    expect(results.filter(({ upsertedCount }) => upsertedCount === 1)).toHaveLength(1);
  }
  expect(await collection.countDocuments({ n: 8 })).toBe(30);
});

test('lets exactly one of eight upserts insert where the search is long and no index helps', async () => {
  const collection = await store.collection(...rows(20_000));
  const results = await Promise.all(
    Array.from({ length: 8 }, () => collection.updateOne({ key: 'new' }, { $inc: { count: 1 } }, { upsert: true })),
  );
  expect(results.filter(({ upsertedCount }) => upsertedCount === 1)).toHaveLength(1);
  expect(await collection.find({ key: 'new' }).toArray()).toMatchObject([{ count: 8 }]);
});

test('keeps the sum of a bank when withdrawals depend on the balance', async () => {
  const collection = await store.collection(...Array.from({ length: 5 }, (_, n) => ({ _id: n, balance: 100 })));
  const transfer = async (n: number): Promise<void> => {
    const [from, to, amount] = [n % 5, (n * 3 + 1) % 5, (n % 7) + 1];
    const taken = await collection.findOneAndUpdate(
      { _id: from, balance: { $gte: amount } },
      { $inc: { balance: -amount } },
    );
    if (taken) await collection.updateOne({ _id: to }, { $inc: { balance: amount } });
  };
  await Promise.all(Array.from({ length: 400 }, (_, n) => transfer(n)));
  const accounts = await collection.find().toArray();
  expect(accounts.reduce((sum, { balance }) => sum + Number(balance), 0)).toBe(500);
  expect(accounts.every(({ balance }) => balance >= 0)).toBe(true);
});

test('gives each of two hundred queued tasks to one worker only', async () => {
  const collection = await store.collection(...Array.from({ length: 200 }, (_, n) => ({ n, state: 'new' })));
  const taken: number[] = [];
  const work = async (): Promise<void> => {
    for (;;) {
      const task = await collection.findOneAndUpdate(
        { state: 'new' },
        { $set: { state: 'taken' } },
        { sort: { n: 1 } },
      );
      if (!task) return;
      taken.push(Number(task['n']));
    }
  };
  await Promise.all(Array.from({ length: 10 }, work));
  expect(taken.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, n) => n));
});

test('changes a version exactly once per save that names it', async () => {
  const collection = await store.collection({ _id: 1, version: 0 });
  let saved = 0;
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      for (let tries = 0; tries < 5; tries += 1) {
        const { version } = (await collection.findOne()) ?? { version: -1 };
        const result = await collection.updateOne({ version }, { $set: { version: version + 1 } });
        saved += result.modifiedCount;
      }
    }),
  );
  expect(await collection.findOne()).toMatchObject({ version: saved });
});

test('refuses a write whose time is over, and has then written nothing', async () => {
  const collection = await store.collection();
  const filler = await store.collection();
  const load = Promise.all(Array.from({ length: 4 }, () => filler.insertMany(rows(2000))));
  const codes = await Promise.all(
    Array.from({ length: 300 }, (_, n) =>
      codeOf(store.db.command({ insert: collection.collectionName, documents: [{ n }], maxTimeMS: 1 })),
    ),
  );
  await load;
  const written = new Set((await collection.find().toArray()).map(({ n }) => Number(n)));
  expect(new Set(codes).has(50)).toBe(true);
  for (const [n, code] of codes.entries()) expect([n, written.has(n)]).toEqual([n, code === undefined]);
  expect([...new Set(codes)].every((code) => code === 50 || code === undefined)).toBe(true);
});

test('refuses updates, removals and findAndModify whose time is over', async () => {
  const collection = await store.collection({ _id: 1, n: 0 });
  const filler = await store.collection();
  const load = Promise.all(Array.from({ length: 4 }, () => filler.insertMany(rows(2000))));
  const name = collection.collectionName;
  const commands = Array.from({ length: 100 }, () => ({
    findAndModify: name,
    query: { _id: 1 },
    update: { $inc: { n: 1 } },
    maxTimeMS: 1,
  }));
  const codes = await Promise.all(commands.map((command) => codeOf(store.db.command(command))));
  await load;
  const done = codes.filter((code) => code === undefined).length;
  expect(await collection.findOne()).toEqual({ _id: 1, n: done });
  expect(codes.every((code) => code === 50 || code === undefined)).toBe(true);
  expect(codes).toContain(50);
});

test('stops a read whose time is over', async () => {
  const collection = await store.collection(...rows(10_000));
  expect(await codeOf(collection.find({ text: /y$/ }).maxTimeMS(5).toArray())).toBe(50);
  expect(await codeOf(collection.find({ n: 5 }).maxTimeMS(60_000).toArray())).toBeUndefined();
});

test('does not count the time that a client takes between two batches', async () => {
  const collection = await store.collection(...rows(1000));
  const cursor = collection.find({}, { maxTimeMS: 300, batchSize: 10 });
  await cursor.next();
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(await cursor.toArray()).toHaveLength(999);
});

test('answers small reads while long scans, groups and sorts are running', async () => {
  const collection = await store.collection({ _id: 77, n: 0 }, ...rows(10_000));
  const work = { isOver: false };
  const long = Promise.all([
    collection.countDocuments({ text: /y/ }),
    collection.find().sort({ text: 1, n: -1 }).limit(10).toArray(),
    collection.aggregate([{ $group: { _id: { $multiply: ['$n', 2] }, sum: { $sum: '$n' } } }]).toArray(),
    collection.updateMany({ n: { $gte: 3000 } }, { $set: { touched: true } }),
  ]).finally(() => (work.isOver = true));
  const times: number[] = [];
  while (!work.isOver) {
    const begun = performance.now();
    await collection.findOne({ _id: 77 });
    times.push(performance.now() - begun);
  }
  await long;
  const median = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  expect(times.length).toBeGreaterThan(10);
  expect(median).toBeLessThan(100);
});

test('keeps unique, sparse, partial and multikey indexes right under sixteen writers', async () => {
  const collection = await store.collection();
  await collection.createIndexes([
    { key: { s: 1 }, unique: true, sparse: true },
    { key: { p: 1 }, unique: true, partialFilterExpression: { state: 'open' } },
    { key: { tags: 1 }, unique: true },
    { key: { 'list.n': 1, state: 1 } },
  ]);
  let seed = 1;
  const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  const values = () => ({
    ...(random(2) && { s: random(40) }),
    p: random(40),
    state: random(2) ? 'open' : 'closed',
    tags: [`${random(400)}`, `${random(400)}`],
    list: Array.from({ length: random(3) }, () => ({ n: random(5) })),
  });
  const writer = async (): Promise<void> => {
    for (let n = 0; n < 40; n += 1) {
      const filter = { _id: random(80) };
      const kind = random(4);
      const code = await codeOf(
        kind === 0 ? collection.deleteOne(filter) : collection.updateOne(filter, { $set: values() }, { upsert: true }),
      );
      expect([undefined, 11000]).toContain(code);
    }
  };
  await Promise.all(Array.from({ length: 16 }, writer));
  const kept = await collection.find().toArray();
  const isUnique = (keys: unknown[]) => new Set(keys).size === keys.length;
  expect(kept.length).toBeGreaterThan(20);
  expect(isUnique(kept.flatMap(({ s }) => (s === undefined ? [] : [s])))).toBe(true);
  expect(isUnique(kept.flatMap(({ p, state }) => (state === 'open' ? [p] : [])))).toBe(true);
  expect(isUnique(kept.flatMap(({ tags }) => [...new Set<unknown>(tags)]))).toBe(true);
  expect(await store.db.command({ validate: collection.collectionName })).toMatchObject({ valid: true, errors: [] });
  const byIndex = await collection.find({ 'list.n': 3 }).hint('list.n_1_state_1').toArray();
  expect(byIndex).toHaveLength(kept.filter(({ list }) => list.some(({ n }: Document) => n === 3)).length);
});
