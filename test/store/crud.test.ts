import { describe, expect, test } from '@jest/globals';
import { Binary, Long, MongoBulkWriteError, ObjectId, UUID } from 'mongodb';
import { codeOf, useStore } from './support.ts';

const store = useStore();

test('announces a stand-alone server that takes sessions and no retryable writes', async () => {
  const hello = await store.db.admin().command({ hello: 1 });
  expect(hello).toMatchObject({ isWritablePrimary: true, maxWireVersion: 21, logicalSessionTimeoutMinutes: 30, ok: 1 });
  expect(hello['setName']).toBeUndefined();
  expect(await store.db.command({ ping: 1 })).toEqual({ ok: 1 });
  expect((await store.db.admin().buildInfo())['version']).toBe('7.0.0');
});

test('keeps every supported type of value as it was', async () => {
  const values = {
    text: 'Văn phòng phẩm',
    numbers: [42, 2 ** 53, 0.1, -7.5],
    flag: true,
    nothing: null,
    day: new Date('2026-03-14T00:00:00Z'),
    id: new ObjectId(),
    uuid: new UUID(),
    bytes: new Binary(Buffer.from([0, 1, 255])),
    list: [1, [2, 'x'], { y: null }],
    empty: {},
    none: [],
    nested: { a: { b: { c: 1 } } },
  };
  const collection = await store.collection({ _id: 'all', ...values });
  expect(await collection.findOne({})).toEqual({ _id: 'all', ...values });
});

test('generates an _id, puts it first and keeps the order of the other fields', async () => {
  const collection = await store.collection();
  await store.db.command({ insert: collection.collectionName, documents: [{ b: 1, a: 2 }] });
  expect(Object.keys((await collection.findOne()) ?? {})).toEqual(['_id', 'b', 'a']);
});

describe('find', () => {
  const people = [
    { _id: 1, name: 'An', age: 30, tags: ['x', 'y'], home: { city: 'Huế' } },
    { _id: 2, name: 'Bình', age: 25, tags: [], home: { city: 'Hà Nội' } },
    { _id: 3, name: 'Chi', age: 35, tags: ['y'] },
    {
      _id: 4,
      name: 'Dũng',
      age: null,
      scores: [
        { n: 1, s: 5 },
        { n: 2, s: 9 },
      ],
    },
  ];

  test.each<[string, object, number[]]>([
    ['equality', { name: 'An' }, [1]],
    ['a nested field', { 'home.city': 'Huế' }, [1]],
    ['an array element', { tags: 'y' }, [1, 3]],
    ['a whole array', { tags: ['x', 'y'] }, [1]],
    ['a range', { age: { $gte: 25, $lt: 35 } }, [1, 2]],
    ['null meets missing', { home: null }, [3, 4]],
    ['null meets null', { age: null }, [4]],
    ['not equal', { age: { $ne: 30 } }, [2, 3, 4]],
    ['in', { age: { $in: [25, 35, null] } }, [2, 3, 4]],
    ['not in', { age: { $nin: [25, 35] } }, [1, 4]],
    ['exists', { scores: { $exists: true } }, [4]],
    ['does not exist', { home: { $exists: false } }, [3, 4]],
    ['a pattern', { name: /^[ab]/i }, [1, 2]],
    ['$regex with options', { name: { $regex: '^b', $options: 'i' } }, [2]],
    ['elemMatch', { scores: { $elemMatch: { n: 1, s: { $gt: 4 } } } }, [4]],
    ['elemMatch that no one element meets', { scores: { $elemMatch: { n: 1, s: 9 } } }, []],
    ['two conditions met by different elements', { 'scores.n': 1, 'scores.s': 9 }, [4]],
    ['elemMatch on values', { tags: { $elemMatch: { $gt: 'x' } } }, [1, 3]],
    ['size', { tags: { $size: 0 } }, [2]],
    ['all', { tags: { $all: ['x', 'y'] } }, [1]],
    ['not', { age: { $not: { $gt: 26 } } }, [2, 4]],
    ['and', { $and: [{ age: { $gt: 26 } }, { tags: 'y' }] }, [1, 3]],
    ['or', { $or: [{ age: 25 }, { 'home.city': 'Huế' }] }, [1, 2]],
    ['nor', { $nor: [{ age: 25 }, { tags: 'x' }] }, [3, 4]],
    ['a position in an array', { 'scores.1.s': 9 }, [4]],
    ['nothing for a comparison of different types', { age: { $gt: '2' } }, []],
  ])('matches by %s', async (_, filter, ids) => {
    const collection = await store.collection(...people);
    expect((await collection.find(filter).sort({ _id: 1 }).toArray()).map(({ _id }) => _id)).toEqual(ids);
    expect(await collection.countDocuments(filter)).toBe(ids.length);
  });

  test.each<[string, object, object]>([
    ['inclusion, in the order of the document', { tags: 1, name: 1 }, { _id: 1, name: 'An', tags: ['x', 'y'] }],
    ['inclusion without _id', { _id: 0, 'home.city': 1 }, { home: { city: 'Huế' } }],
    ['exclusion', { tags: 0, home: 0 }, { _id: 1, name: 'An', age: 30 }],
  ])('projects by %s', async (_, projection, expected) => {
    const collection = await store.collection(...people);
    const found = await collection.findOne({ _id: 1 }, { projection });
    expect(found).toEqual(expected);
    expect(Object.keys(found ?? {})).toEqual(Object.keys(expected));
  });

  test('sorts, skips, limits and tells distinct values', async () => {
    const collection = await store.collection(...people);
    const ids = await collection
      .find()
      .sort({ age: -1, _id: 1 })
      .skip(1)
      .limit(2)
      .map(({ _id }) => Number(_id))
      .toArray();
    expect(ids).toEqual([1, 2]);
    expect(await collection.distinct('tags')).toEqual(['x', 'y']);
    expect(await collection.estimatedDocumentCount()).toBe(4);
  });

  test('refuses distinct values that are too long for one answer', async () => {
    const collection = await store.collection();
    for (let n = 0; n < 9; n += 1) await collection.insertOne({ t: String(n).repeat(2_000_000) });
    expect(await codeOf(collection.distinct('t'))).toBe(17217);
  });

  test('sorts arrays by their lowest element upwards and by their highest downwards', async () => {
    const collection = await store.collection({ _id: 1, v: [5, 1] }, { _id: 2, v: [3] }, { _id: 3, v: 2 });
    const order = async (direction: 1 | -1) =>
      (await collection.find().sort({ v: direction }).toArray()).map(({ _id }) => _id);
    expect(await order(1)).toEqual([1, 3, 2]);
    expect(await order(-1)).toEqual([1, 2, 3]);
  });
});

describe('cursors', () => {
  test('give all documents in batches', async () => {
    const collection = await store.collection(...Array.from({ length: 1234 }, (_, n) => ({ n })));
    const numbers = await collection
      .find({}, { batchSize: 100 })
      .map(({ n }) => Number(n))
      .toArray();
    expect(numbers).toEqual(Array.from({ length: 1234 }, (_, n) => n));
  });

  test('split batches at 16 MB', async () => {
    const collection = await store.collection();
    const blob = 'x'.repeat(3_000_000);
    for (let n = 0; n < 12; n += 1) await collection.insertOne({ n, blob });
    expect(await collection.find({}, { batchSize: 1000 }).toArray()).toHaveLength(12);
  });

  test('end when they are killed, and refuse an unknown id', async () => {
    const collection = await store.collection(...Array.from({ length: 300 }, (_, n) => ({ n })));
    const reply = await store.db.command({ find: collection.collectionName, batchSize: 10 });
    const id = Long.fromValue(reply['cursor'].id);
    const next = { getMore: id, collection: collection.collectionName, batchSize: 10 };
    expect((await store.db.command(next))['cursor'].nextBatch).toHaveLength(10);
    const killed = await store.db.command({ killCursors: collection.collectionName, cursors: [id] });
    expect(killed['cursorsKilled']).toHaveLength(1);
    expect(await codeOf(store.db.command(next))).toBe(43);
  });

  test('fail rather than end early when their collection is dropped', async () => {
    const collection = await store.collection(...Array.from({ length: 5000 }, (_, n) => ({ n })));
    const cursor = collection.find({}, { batchSize: 10 });
    await cursor.next();
    await collection.drop();
    expect(await codeOf(cursor.toArray())).toBe(175);
  });
});

describe('bulk writes', () => {
  const operations = [
    { insertOne: { document: { _id: 1 } } },
    { insertOne: { document: { _id: 1 } } },
    { insertOne: { document: { _id: 2 } } },
    { updateOne: { filter: { _id: 2 }, update: { $set: { a: 1 } } } },
    { updateMany: { filter: {}, update: { $inc: { b: 1 } } } },
    { replaceOne: { filter: { _id: 3 }, replacement: { c: 1 }, upsert: true } },
    { deleteOne: { filter: { _id: 1 } } },
  ];

  test('stop at the first error when ordered', async () => {
    const collection = await store.collection();
    const error = await collection.bulkWrite(operations).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(MongoBulkWriteError);
    expect(await collection.find().toArray()).toEqual([{ _id: 1 }]);
  });

  test('go on after an error when unordered', async () => {
    const collection = await store.collection();
    const error = await collection
      .bulkWrite(operations, { ordered: false })
      .catch((caught: MongoBulkWriteError) => caught);
    expect(error).toHaveProperty('writeErrors.length', 1);
    const found = await collection.find().sort({ _id: 1 }).toArray();
    expect(found.map(({ _id }) => _id)).toEqual([2, 3]);
  });

  test('insert many documents and say which one was refused', async () => {
    const collection = await store.collection();
    const documents = Array.from({ length: 5000 }, (_, n) => ({ _id: n === 3000 ? 0 : n }));
    const error = await collection
      .insertMany(documents, { ordered: false })
      .catch((caught: MongoBulkWriteError) => caught);
    expect(error).toMatchObject({ code: 11000, insertedCount: 4999 });
    expect(await collection.countDocuments()).toBe(4999);
  });
});

describe('findAndModify', () => {
  test('gives the document before or after', async () => {
    const collection = await store.collection({ _id: 1, n: 1 });
    expect(await collection.findOneAndUpdate({ n: 1 }, { $inc: { n: 1 } })).toEqual({ _id: 1, n: 1 });
    expect(await collection.findOneAndUpdate({ n: 2 }, { $inc: { n: 1 } }, { returnDocument: 'after' })).toEqual({
      _id: 1,
      n: 3,
    });
    expect(await collection.findOneAndUpdate({ n: 9 }, { $inc: { n: 1 } })).toBeNull();
    expect(await collection.findOneAndDelete({ n: 3 }, { projection: { n: 1, _id: 0 } })).toEqual({ n: 3 });
    expect(await collection.countDocuments()).toBe(0);
  });

  test('takes the first of the sort order', async () => {
    const collection = await store.collection({ _id: 1, n: 5 }, { _id: 2, n: 9 }, { _id: 3, n: 7 });
    expect(await collection.findOneAndUpdate({}, { $set: { taken: true } }, { sort: { n: -1 } })).toMatchObject({
      _id: 2,
    });
  });

  test('inserts for an upsert and says so', async () => {
    const collection = await store.collection();
    const options = { upsert: true, returnDocument: 'after', includeResultMetadata: true } as const;
    const result = await collection.findOneAndUpdate({ key: 'k' }, { $setOnInsert: { n: 1 } }, options);
    expect(result.value).toMatchObject({ key: 'k', n: 1 });
    expect(result.lastErrorObject).toMatchObject({ updatedExisting: false, n: 1 });
  });
});

describe('aggregate', () => {
  const sales = [
    { _id: 1, who: 'a', amount: 5, items: [1, 2] },
    { _id: 2, who: 'b', amount: 7, items: [] },
    { _id: 3, who: 'a', amount: 11, items: [3] },
    { _id: 4, who: 'c', amount: null },
  ];

  test.each<[string, object[], object[]]>([
    [
      'match, sort, skip, limit',
      [
        { $match: { amount: { $gt: 1 } } },
        { $sort: { amount: -1 } },
        { $skip: 1 },
        { $limit: 1 },
        { $project: { who: 1 } },
      ],
      [{ _id: 2, who: 'b' }],
    ],
    [
      'group with every accumulator',
      [
        {
          $group: {
            _id: '$who',
            sum: { $sum: '$amount' },
            avg: { $avg: '$amount' },
            min: { $min: '$amount' },
            max: { $max: '$amount' },
            first: { $first: '$_id' },
            last: { $last: '$_id' },
            all: { $push: '$_id' },
            set: { $addToSet: '$who' },
          },
        },
        { $sort: { _id: 1 } },
        { $limit: 2 },
      ],
      [
        { _id: 'a', sum: 16, avg: 8, min: 5, max: 11, first: 1, last: 3, all: [1, 3], set: ['a'] },
        { _id: 'b', sum: 7, avg: 7, min: 7, max: 7, first: 2, last: 2, all: [2], set: ['b'] },
      ],
    ],
    ['group of all', [{ $group: { _id: null, n: { $sum: 1 } } }], [{ _id: null, n: 4 }]],
    [
      'group by several fields',
      [{ $match: { who: 'b' } }, { $group: { _id: { w: '$who', a: '$amount' } } }],
      [{ _id: { w: 'b', a: 7 } }],
    ],
    [
      'unwind',
      [{ $unwind: '$items' }, { $project: { items: 1 } }],
      [
        { _id: 1, items: 1 },
        { _id: 1, items: 2 },
        { _id: 3, items: 3 },
      ],
    ],
    [
      'unwind that keeps empty ones',
      [
        { $unwind: { path: '$items', preserveNullAndEmptyArrays: true } },
        { $match: { _id: { $gte: 2 } } },
        { $project: { items: 1 } },
      ],
      [{ _id: 2 }, { _id: 3, items: 3 }, { _id: 4 }],
    ],
    ['count', [{ $match: { who: 'a' } }, { $count: 'n' }], [{ n: 2 }]],
    [
      'addFields with an expression',
      [
        { $match: { _id: 1 } },
        { $addFields: { twice: { $multiply: ['$amount', 2] }, 'deep.x': '$who', gone: '$missing' } },
        { $project: { twice: 1, deep: 1, gone: 1 } },
      ],
      [{ _id: 1, twice: 10, deep: { x: 'a' } }],
    ],
    [
      'a condition inside a sum',
      [{ $group: { _id: null, n: { $sum: { $cond: [{ $eq: ['$who', 'a'] }, '$amount', 0] } } } }],
      [{ _id: null, n: 16 }],
    ],
    [
      'sort after group',
      [{ $group: { _id: '$who', n: { $sum: 1 } } }, { $sort: { n: -1, _id: 1 } }, { $limit: 1 }],
      [{ _id: 'a', n: 2 }],
    ],
    ['nothing from a collection that is not there', [{ $match: { who: 'z' } }, { $count: 'n' }], []],
  ])('runs %s', async (_, pipeline, expected) => {
    const collection = await store.collection(...sales);
    expect(await collection.aggregate(pipeline).toArray()).toEqual(expected);
  });
});

test('creates, lists and drops collections and databases', async () => {
  const db = store.client.db('other');
  await db.createCollection('one');
  await db.createCollection('one');
  await db.collection('two').insertOne({});
  expect((await db.listCollections().toArray()).map(({ name }) => name)).toEqual(['one', 'two']);
  expect((await db.listCollections({ name: 'two' }, { nameOnly: true }).toArray()).map(({ name }) => name)).toEqual([
    'two',
  ]);
  expect((await db.admin().listDatabases()).databases.map(({ name }) => name)).toContain('other');
  expect(await db.dropCollection('one')).toBe(true);
  await db.dropDatabase();
  expect(await db.listCollections().toArray()).toEqual([]);
  expect(await db.collection('two').countDocuments()).toBe(0);
});

// Results as MongoDB's manual has them.
test.each<[string, unknown, unknown]>([
  ['a sum', { $add: ['$n', 2, 0.5] }, 7.5],
  ['a sum with null', { $add: ['$n', null] }, null],
  ['a sum with a missing field', { $add: ['$n', '$none'] }, null],
  ['a day and milliseconds', { $add: ['$day', 1000] }, new Date(1000)],
  ['a difference', { $subtract: ['$n', 7] }, -2],
  ['a difference of days', { $subtract: [new Date(5000), '$day'] }, 5000],
  ['a product', { $multiply: ['$n', '$n'] }, 25],
  ['a product with a missing field', { $multiply: ['$n', '$none'] }, null],
  ['equality of an array, not of its elements', { $eq: ['$list', 2] }, false],
  ['equality that sees the order of fields', { $eq: ['$sub', { y: 2, x: 1 }] }, false],
  ['order over types', { $lt: ['$n', '$text'] }, true],
  ['missing before null', { $lt: ['$none', null] }, true],
  ['null and missing differ', { $eq: ['$none', null] }, false],
  ['and', { $and: ['$n', '$text', []] }, true],
  ['and with zero', { $and: ['$n', '$zero'] }, false],
  ['or', { $or: ['$zero', '$none'] }, false],
  ['not', { $not: ['$zero'] }, true],
  ['a condition', { $cond: [{ $gte: ['$n', 5] }, 'big', 'small'] }, 'big'],
  ['the first that is there', { $ifNull: ['$none', '$nothing', 'x'] }, 'x'],
  ['a literal', { $literal: '$n' }, '$n'],
  ['a path through an array', '$docs.a', [1, 3]],
  ['a document', { s: '$text', deep: { n: '$n' } }, { s: 'x', deep: { n: 5 } }],
])('computes %s', async (_, expression, expected) => {
  const documents = [{ a: 1 }, { b: 2 }, { a: 3 }];
  const scalars = { n: 5, zero: 0, text: 'x', nothing: null, day: new Date(0) };
  const collection = await store.collection({ ...scalars, list: [1, 2], sub: { x: 1, y: 2 }, docs: documents });
  const [found] = await collection.aggregate([{ $group: { _id: null, value: { $max: expression } } }]).toArray();
  expect(found).toEqual({ _id: null, value: expected });
});
