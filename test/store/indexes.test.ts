import { describe, expect, test } from '@jest/globals';
import type { Collection, Document, FindOptions } from 'mongodb';
import { codeOf, useStore, type Row } from './support.ts';

const store = useStore();

/** The names of the indexes that a query uses, `COLLSCAN` or `SORT` where it does. */
async function planOf(collection: Collection<Row>, filter: object, options: FindOptions = {}): Promise<string[]> {
  const cursor = collection.find(filter, options);
  const stages: string[] = [];
  const visit = (stage: Document): void => {
    if (stage['stage'] !== 'FETCH') stages.push(String(stage['indexName'] ?? stage['stage']));
    for (const inner of [stage['inputStage'], ...(stage['inputStages'] ?? [])]) if (inner) visit(inner);
  };
  visit((await cursor.explain('queryPlanner'))['queryPlanner'].winningPlan);
  return stages;
}

describe('the planner', () => {
  test.each<[string, object, Record<string, 1 | -1>, string[]]>([
    ['the _id', { _id: 1 }, {}, ['_id_']],
    ['an equal first field', { a: 1 }, {}, ['a_1_b_-1']],
    ['an equal field and a range', { a: 1, b: { $gt: 5, $lt: 9 } }, {}, ['a_1_b_-1']],
    ['an equal field and the order of the next', { a: 1 }, { b: -1 }, ['a_1_b_-1']],
    ['the same order backwards', { a: 1 }, { b: 1 }, ['a_1_b_-1']],
    ['the whole order', {}, { a: 1, b: -1 }, ['a_1_b_-1']],
    ['the whole order backwards', {}, { a: -1, b: 1 }, ['a_1_b_-1']],
    ['an order that it cannot give', {}, { a: 1, b: 1 }, ['SORT', 'COLLSCAN']],
    ['a list of values', { a: { $in: [1, 2] } }, {}, ['a_1_b_-1']],
    ['values of a list in the order of the index', { a: { $in: [1, 2] } }, { a: 1 }, ['a_1_b_-1']],
    ['a range in the wrong order', { a: { $gt: 1 } }, { b: 1 }, ['SORT', 'a_1_b_-1']],
    ['an anchored pattern', { s: /^ab/ }, {}, ['s_1']],
    ['a pattern that ignores case not', { s: /^ab/i }, {}, ['COLLSCAN']],
    ['a pattern with a choice not', { s: /^ab|c/ }, {}, ['COLLSCAN']],
    ['parts of $and', { $and: [{ a: 1 }, { c: 2 }] }, {}, ['a_1_b_-1']],
    ['each branch of $or', { $or: [{ a: 1 }, { s: 'x' }] }, {}, ['OR', 'a_1_b_-1', 's_1']],
    ['no index where a branch of $or has none', { $or: [{ a: 1 }, { c: 'x' }] }, {}, ['COLLSCAN']],
    ['null in an index of all documents', { a: null }, {}, ['a_1_b_-1']],
    ['null in a sparse index not', { p: null }, {}, ['COLLSCAN']],
    ['a value in a sparse index', { p: 3 }, {}, ['p_1']],
    ['order by a sparse index not', {}, { p: 1 }, ['SORT', 'COLLSCAN']],
    ['negation not', { a: { $ne: 1 } }, {}, ['COLLSCAN']],
    ['a partial index where the filter implies it', { q: 5, state: 'open' }, {}, ['q_1']],
    ['a partial index where the filter does not', { q: 5 }, {}, ['COLLSCAN']],
    ['an array element', { tags: 'x' }, {}, ['tags_1']],
    ['order by an index with arrays not', {}, { tags: 1 }, ['SORT', 'COLLSCAN']],
    ['an embedded document not', { a: { x: 1 } }, {}, ['COLLSCAN']],
    ['the unique key before others', { u: 1, v: 2, a: 1 }, {}, ['u_1_v_1']],
  ])('uses %s', async (...row) => {
    const [, filter, sort, expected] = row;
    const collection = await store.collection({ a: 1, b: 2, tags: ['x', 'y'], s: 'abc', u: 1, v: 2 });
    await collection.createIndexes([
      { key: { a: 1, b: -1 } },
      { key: { s: 1 } },
      { key: { p: 1 }, sparse: true },
      { key: { q: 1 }, partialFilterExpression: { state: 'open' } },
      { key: { tags: 1 } },
      { key: { u: 1, v: 1 }, unique: true },
    ]);
    expect(await planOf(collection, filter, { sort })).toEqual(expected);
  });

  test('knows that different elements of an array may meet two bounds, and that one out of bounds may decide the order', async () => {
    const collection = await store.collection({ _id: 1, a: [1, 9] }, { _id: 2, a: [4] }, { _id: 3, a: 2 });
    await collection.createIndex({ a: 1 });
    const ids = async (filter: object, sort: Record<string, 1 | -1>) =>
      (await collection.find(filter).sort(sort).toArray()).map(({ _id }) => _id);
    expect(await ids({ a: { $gte: 5, $lte: 3 } }, {})).toEqual([1]);
    expect(await ids({ a: { $gte: 3 } }, { a: 1 })).toEqual([1, 2]);
    expect(await ids({ a: { $lte: 4 } }, { a: -1 })).toEqual([1, 2, 3]);
  });

  test('reads no more keys than it must', async () => {
    const collection = await store.collection(...Array.from({ length: 1000 }, (_, n) => ({ a: n % 10, b: n })));
    await collection.createIndex({ a: 1, b: 1 });
    const stats = async (filter: object, limit = 0) =>
      (await collection.find(filter).sort({ b: -1 }).limit(limit).explain())['executionStats'];
    expect(await stats({ a: 3, b: { $gte: 500, $lt: 600 } })).toMatchObject({
      nReturned: 10,
      totalKeysExamined: 10,
      totalDocsExamined: 10,
    });
    expect(await stats({ a: 3 }, 5)).toMatchObject({ nReturned: 5, totalKeysExamined: 5 });
  });

  test('follows a hint by name or by key, and refuses one that would lose matches', async () => {
    const collection = await store.collection({ a: 1, p: 1 }, { a: 2 });
    await collection.createIndexes([{ key: { a: 1 } }, { key: { p: 1 }, sparse: true }]);
    expect(await planOf(collection, { p: 1 }, { hint: 'a_1' })).toEqual(['a_1']);
    expect(await collection.find({ p: 1 }).hint({ a: 1 }).toArray()).toHaveLength(1);
    expect(await codeOf(collection.find({}).hint('p_1').toArray())).toBe(291);
    expect(await codeOf(collection.find({}).hint('none').toArray())).toBe(2);
  });
});

describe('unique indexes', () => {
  test('refuse a second document with code 11000, the key and the name of the index', async () => {
    const collection = await store.collection({ a: 1, b: 'x' });
    await collection.createIndex({ a: 1, b: 1 }, { unique: true });
    const error = await collection.insertOne({ a: 1, b: 'x' }).catch((caught: Document) => caught);
    expect(error).toMatchObject({ code: 11000, keyPattern: { a: 1, b: 1 }, keyValue: { a: 1, b: 'x' } });
    expect(error).toHaveProperty('message', expect.stringContaining('a_1_b_1'));
    await collection.insertOne({ a: 1, b: 'y' });
    expect(await codeOf(collection.updateOne({ b: 'y' }, { $set: { b: 'x' } }))).toBe(11000);
    expect(await codeOf(collection.findOneAndUpdate({ b: 'y' }, { $set: { b: 'x' } }))).toBe(11000);
    expect(await collection.countDocuments({ b: 'x' })).toBe(1);
  });

  test('count a missing field as null, a sparse one does not', async () => {
    const collection = await store.collection({ n: 1 });
    await collection.createIndexes([
      { key: { a: 1 }, unique: true },
      { key: { s: 1 }, unique: true, sparse: true },
    ]);
    expect(await codeOf(collection.insertOne({ n: 2 }))).toBe(11000);
    await collection.insertOne({ a: 1 });
    expect(await codeOf(collection.insertOne({ a: 2, s: null }))).toBeUndefined();
    expect(await codeOf(collection.insertOne({ a: 3, s: null }))).toBe(11000);
  });

  test('hold only among the documents of a partial index', async () => {
    const collection = await store.collection(
      { k: 1, state: 'closed' },
      { k: 1, state: 'closed' },
      { k: 1, state: 'open' },
    );
    await collection.createIndex({ k: 1 }, { unique: true, partialFilterExpression: { state: 'open' } });
    await collection.insertOne({ k: 1, state: 'closed' });
    expect(await codeOf(collection.insertOne({ k: 1, state: 'open' }))).toBe(11000);
    expect(await codeOf(collection.updateOne({ state: 'closed' }, { $set: { state: 'open' } }))).toBe(11000);
    await collection.deleteOne({ state: 'open' });
    expect(await codeOf(collection.updateOne({ state: 'closed' }, { $set: { state: 'open' } }))).toBeUndefined();
  });

  test('hold for elements of arrays between documents, not within one', async () => {
    const collection = await store.collection({ tags: ['x', 'x'] });
    await collection.createIndex({ tags: 1 }, { unique: true });
    expect(await codeOf(collection.insertOne({ tags: ['y', 'x'] }))).toBe(11000);
    expect(await codeOf(collection.insertOne({ tags: ['y'] }))).toBeUndefined();
  });

  test('hold for values of a thousand letters and more that differ at their end', async () => {
    const collection = await store.collection();
    await collection.createIndex({ text: 1 }, { unique: true });
    const long = 'ă'.repeat(3000);
    await collection.insertMany([{ text: `${long}1` }, { text: `${long}2` }]);
    expect(await codeOf(collection.insertOne({ text: `${long}1` }))).toBe(11000);
    expect(await collection.find({ text: `${long}2` }).toArray()).toHaveLength(1);
    expect(await collection.find({ text: { $gt: `${long}1` } }).toArray()).toHaveLength(1);
    expect(await planOf(collection, {}, { sort: { text: 1 } })).toEqual(['SORT', 'COLLSCAN']);
  });

  test('cannot be built over duplicates, and leave nothing behind', async () => {
    const collection = await store.collection({ a: 1 }, { a: 1 });
    expect(await codeOf(collection.createIndex({ a: 1 }, { unique: true }))).toBe(11000);
    expect(await collection.indexes()).toHaveLength(1);
    await collection.insertOne({ a: 1 });
    expect(await store.db.command({ validate: collection.collectionName })).toMatchObject({ valid: true });
  });
});

test('keeps elements of one array together in a compound index', async () => {
  const collection = await store.collection(
    {
      _id: 1,
      l: [
        { p: 1, n: 9 },
        { p: 7, n: 2 },
      ],
    },
    { _id: 2, l: [{ p: 1, n: 2 }] },
  );
  await collection.createIndex({ 'l.p': 1, 'l.n': 1 });
  expect((await collection.find({ 'l.p': 1, 'l.n': 2 }).sort({ _id: 1 }).toArray()).map(({ _id }) => _id)).toEqual([
    1, 2,
  ]);
  expect((await collection.find({ l: { $elemMatch: { p: 1, n: 2 } } }).toArray()).map(({ _id }) => _id)).toEqual([2]);
  await collection.createIndex({ x: 1, y: 1 });
  expect(await codeOf(collection.insertOne({ x: [1], y: [2] }))).toBe(171);
});

test('builds an index while documents are written, and it is complete', async () => {
  const collection = await store.collection(...Array.from({ length: 5000 }, (_, n) => ({ n, state: 'old' })));
  let number = 5000;
  const build = { isDone: false };
  const writer = (async () => {
    while (!build.isDone) {
      await collection.insertOne({ n: (number += 1), state: 'new' });
      await collection.updateOne({ n: number - 4000 }, { $set: { n: -number } });
      await collection.deleteOne({ n: number - 2000 });
    }
  })();
  await collection.createIndex({ n: 1 });
  build.isDone = true;
  await writer;
  expect(await store.db.command({ validate: collection.collectionName })).toMatchObject({ valid: true, errors: [] });
});

test('lists and drops indexes, and takes the same index again without a word', async () => {
  const collection = await store.collection({ a: 1 });
  await collection.createIndex({ a: 1 }, { unique: true });
  await collection.createIndex({ a: 1 }, { unique: true });
  await collection.createIndex({ b: 1 }, { name: 'named', partialFilterExpression: { b: { $gt: 1 } } });
  expect(await collection.indexes()).toEqual([
    { v: 2, key: { _id: 1 }, name: '_id_' },
    { v: 2, key: { a: 1 }, name: 'a_1', unique: true },
    { v: 2, key: { b: 1 }, name: 'named', partialFilterExpression: { b: { $gt: 1 } } },
  ]);
  expect(await codeOf(collection.createIndex({ a: 1 }, { name: 'other' }))).toBe(85);
  expect(await codeOf(collection.createIndex({ c: 1 }, { name: 'a_1' }))).toBe(86);
  await collection.dropIndex('a_1');
  await collection.insertOne({ a: 1 });
  expect(await codeOf(collection.dropIndex('a_1'))).toBe(27);
  await collection.dropIndexes();
  expect(await collection.indexes()).toHaveLength(1);
});
