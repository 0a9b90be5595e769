import { describe, expect, test } from '@jest/globals';
import { codeOf, useStore } from './support.ts';

const store = useStore();

type Row = [name: string, before: object, update: object, after: object, filter?: object, arrayFilters?: object[]];

// Results as MongoDB's manual shows them for each operator.
const ROWS: Row[] = [
  ['$set', { a: 1 }, { $set: { a: 2, b: 3 } }, { a: 2, b: 3 }],
  ['$set creates what lies on the path', { a: 1 }, { $set: { 'b.c.d': 1 } }, { a: 1, b: { c: { d: 1 } } }],
  ['$set in an array element', { a: [1, 2] }, { $set: { 'a.1': 9 } }, { a: [1, 9] }],
  ['$set fills a gap in an array with null', { a: [1] }, { $set: { 'a.3': 9 } }, { a: [1, null, null, 9] }],
  ['$set creates a numeric name in a document', { a: {} }, { $set: { 'a.0': 9 } }, { a: { 0: 9 } }],
  ['$unset', { a: 1, b: { c: 2, d: 3 } }, { $unset: { a: '', 'b.c': '' } }, { b: { d: 3 } }],
  ['$unset of an array element leaves null', { a: [1, 2, 3] }, { $unset: { 'a.1': '' } }, { a: [1, null, 3] }],
  ['$inc', { a: 1, b: { c: 5 } }, { $inc: { a: 2, 'b.c': -1, n: 4 } }, { a: 3, b: { c: 4 }, n: 4 }],
  ['$mul', { a: 3 }, { $mul: { a: 1.5, n: 2 } }, { a: 4.5, n: 0 }],
  ['$min', { a: 3, b: 3 }, { $min: { a: 1, b: 5, n: 7 } }, { a: 1, b: 3, n: 7 }],
  ['$max', { a: 3, b: 3 }, { $max: { a: 1, b: 5, n: 7 } }, { a: 3, b: 5, n: 7 }],
  ['$max compares types in their order', { a: 99 }, { $max: { a: 'text' } }, { a: 'text' }],
  ['$rename', { a: 1, b: { c: 2 } }, { $rename: { a: 'z', 'b.c': 'y.x' } }, { b: {}, z: 1, y: { x: 2 } }],
  ['$rename of what is missing', { a: 1 }, { $rename: { n: 'z' } }, { a: 1 }],
  ['$setOnInsert does nothing to a match', { a: 1 }, { $setOnInsert: { b: 1 } }, { a: 1 }],
  ['$push', { a: [1] }, { $push: { a: 2, n: 1 } }, { a: [1, 2], n: [1] }],
  ['$push of an array is one element', { a: [1] }, { $push: { a: [2, 3] } }, { a: [1, [2, 3]] }],
  ['$push $each', { a: [1] }, { $push: { a: { $each: [2, 3] } } }, { a: [1, 2, 3] }],
  ['$push $position', { a: [1, 4] }, { $push: { a: { $each: [2, 3], $position: 1 } } }, { a: [1, 2, 3, 4] }],
  ['$push negative $position', { a: [1, 4] }, { $push: { a: { $each: [2, 3], $position: -1 } } }, { a: [1, 2, 3, 4] }],
  [
    '$push $slice from the end',
    { a: [40, 50, 60] },
    { $push: { a: { $each: [80, 78, 86], $slice: -5 } } },
    { a: [50, 60, 80, 78, 86] },
  ],
  [
    '$push $slice from the beginning',
    { a: [89, 90] },
    { $push: { a: { $each: [100, 20], $slice: 3 } } },
    { a: [89, 90, 100] },
  ],
  ['$push $slice 0', { a: [1] }, { $push: { a: { $each: [2], $slice: 0 } } }, { a: [] }],
  [
    '$push $sort of values',
    { a: [89, 70, 89, 50] },
    { $push: { a: { $each: [40, 60], $sort: 1 } } },
    { a: [40, 50, 60, 70, 89, 89] },
  ],
  [
    '$push $sort of documents with $slice',
    {
      quizzes: [
        { wk: 1, score: 10 },
        { wk: 2, score: 8 },
        { wk: 3, score: 5 },
        { wk: 4, score: 6 },
      ],
    },
    {
      $push: {
        quizzes: {
          $each: [
            { wk: 5, score: 8 },
            { wk: 6, score: 7 },
            { wk: 7, score: 6 },
          ],
          $sort: { score: -1 },
          $slice: 3,
        },
      },
    },
    {
      quizzes: [
        { wk: 1, score: 10 },
        { wk: 2, score: 8 },
        { wk: 5, score: 8 },
      ],
    },
  ],
  ['$addToSet', { a: [1] }, { $addToSet: { a: 1, n: 1 } }, { a: [1], n: [1] }],
  [
    '$addToSet $each',
    { a: ['electronics'] },
    { $addToSet: { a: { $each: ['camera', 'electronics', 'camera'] } } },
    { a: ['electronics', 'camera'] },
  ],
  [
    '$addToSet of a document sees its field order',
    { a: [{ x: 1, y: 2 }] },
    { $addToSet: { a: { y: 2, x: 1 } } },
    {
      a: [
        { x: 1, y: 2 },
        { y: 2, x: 1 },
      ],
    },
  ],
  ['$pull of a value', { a: [3, 5, 6, 3] }, { $pull: { a: 3 } }, { a: [5, 6] }],
  ['$pull by operators', { a: [3, 5, 6, 7, 8] }, { $pull: { a: { $gte: 6 } } }, { a: [3, 5] }],
  ['$pull $in', { a: ['apples', 'kiwi', 'pears'] }, { $pull: { a: { $in: ['apples', 'pears'] } } }, { a: ['kiwi'] }],
  [
    '$pull by fields',
    {
      results: [
        { item: 'A', score: 5 },
        { item: 'B', score: 8 },
      ],
    },
    { $pull: { results: { score: 8, item: 'B' } } },
    { results: [{ item: 'A', score: 5 }] },
  ],
  [
    '$pull by fields that do not all agree',
    { results: [{ item: 'C', score: 8 }] },
    { $pull: { results: { score: 8, item: 'B' } } },
    { results: [{ item: 'C', score: 8 }] },
  ],
  ['$pull by a pattern', { a: ['ab', 'cb'] }, { $pull: { a: /^a/ } }, { a: ['cb'] }],
  ['$pull from nothing', { a: 1 }, { $pull: { n: 3 } }, { a: 1 }],
  ['$pullAll', { a: [0, 2, 5, 5, 1, 0] }, { $pullAll: { a: [0, 5] } }, { a: [2, 1] }],
  ['$pop the last', { a: [8, 9, 10] }, { $pop: { a: 1 } }, { a: [8, 9] }],
  ['$pop the first', { a: [8, 9, 10] }, { $pop: { a: -1 } }, { a: [9, 10] }],
  ['positional $', { grades: [80, 85, 90] }, { $set: { 'grades.$': 82 } }, { grades: [82, 85, 90] }, { grades: 80 }],
  [
    'positional $ in documents',
    {
      g: [
        { x: 80, s: 8 },
        { x: 85, s: 5 },
      ],
    },
    { $set: { 'g.$.s': 6 } },
    {
      g: [
        { x: 80, s: 8 },
        { x: 85, s: 6 },
      ],
    },
    { 'g.x': 85 },
  ],
  [
    'positional $ with $elemMatch',
    {
      g: [
        { x: 80, s: 8 },
        { x: 85, s: 5 },
        { x: 85, s: 3 },
      ],
    },
    { $inc: { 'g.$.s': 1 } },
    {
      g: [
        { x: 80, s: 8 },
        { x: 85, s: 5 },
        { x: 85, s: 4 },
      ],
    },
    { g: { $elemMatch: { x: 85, s: { $lt: 5 } } } },
  ],
  [
    '$[]',
    { a: [1, 2], b: [{ n: 1 }, { n: 2 }] },
    { $inc: { 'a.$[]': 10, 'b.$[].n': 1 } },
    { a: [11, 12], b: [{ n: 2 }, { n: 3 }] },
  ],
  [
    '$[name]',
    { a: [95, 102, 90, 110] },
    { $set: { 'a.$[e]': 100 } },
    { a: [95, 100, 90, 100] },
    {},
    [{ e: { $gte: 100 } }],
  ],
  [
    '$[name] in documents',
    {
      g: [
        { x: 80, m: 1 },
        { x: 90, m: 1 },
      ],
    },
    { $set: { 'g.$[e].m': 2 } },
    {
      g: [
        { x: 80, m: 1 },
        { x: 90, m: 2 },
      ],
    },
    {},
    [{ 'e.x': { $gte: 85 } }],
  ],
  [
    '$[] and $[name] nested',
    { g: [{ q: [1, 9] }, { q: [8] }] },
    { $inc: { 'g.$[].q.$[s]': 1 } },
    { g: [{ q: [1, 10] }, { q: [9] }] },
    {},
    [{ s: { $gte: 8 } }],
  ],
  ['$rename over a field that is there', { a: 1, b: 2 }, { $rename: { a: 'b' } }, { b: 1 }],
  ['$pop of an empty array', { a: [] }, { $pop: { a: 1 } }, { a: [] }],
  ['$max of days', { d: new Date(5) }, { $max: { d: new Date(9) } }, { d: new Date(9) }],
  ['$min of a day that is later', { d: new Date(5) }, { $min: { d: new Date(9) } }, { d: new Date(5) }],
  ['$unset in every element', { g: [{ x: 1, y: 2 }, { x: 3 }] }, { $unset: { 'g.$[].x': '' } }, { g: [{ y: 2 }, {}] }],
  [
    '$push $position with $slice',
    { a: [1, 2, 3] },
    { $push: { a: { $each: [7, 8], $position: 0, $slice: 4 } } },
    { a: [7, 8, 1, 2] },
  ],
  [
    '$push $sort by two fields',
    { a: [{ s: 2, n: 1 }] },
    {
      $push: {
        a: {
          $each: [
            { s: 1, n: 1 },
            { s: 2, n: 9 },
          ],
          $sort: { s: -1, n: -1 },
        },
      },
    },
    {
      a: [
        { s: 2, n: 9 },
        { s: 2, n: 1 },
        { s: 1, n: 1 },
      ],
    },
  ],
  [
    '$pull by $elemMatch',
    {
      results: [
        {
          item: 'A',
          answers: [
            { q: 1, a: 4 },
            { q: 2, a: 6 },
          ],
        },
        { item: 'B', answers: [{ q: 2, a: 9 }] },
      ],
    },
    { $pull: { results: { answers: { $elemMatch: { q: 2, a: { $gte: 8 } } } } } },
    {
      results: [
        {
          item: 'A',
          answers: [
            { q: 1, a: 4 },
            { q: 2, a: 6 },
          ],
        },
      ],
    },
  ],
  [
    'two array filters',
    {
      grades: [
        { type: 'quiz', questions: [10, 8, 5] },
        { type: 'exam', questions: [25, 10] },
      ],
    },
    { $inc: { 'grades.$[t].questions.$[score]': 2 } },
    {
      grades: [
        { type: 'quiz', questions: [12, 10, 5] },
        { type: 'exam', questions: [25, 10] },
      ],
    },
    {},
    [{ 't.type': 'quiz' }, { score: { $gte: 8 } }],
  ],
  [
    'an array filter with $or',
    { a: [1, 5, 9] },
    { $set: { 'a.$[e]': 0 } },
    { a: [0, 5, 0] },
    {},
    [{ $or: [{ e: { $lt: 2 } }, { e: { $gt: 8 } }] }],
  ],
  [
    'positional $ with $push',
    { a: [{ n: 1, l: [1] }] },
    { $push: { 'a.$.l': 2 } },
    { a: [{ n: 1, l: [1, 2] }] },
    { 'a.n': 1 },
  ],
  ['replacement keeps the _id', { a: 1, b: 2 }, { c: 3 }, { c: 3 }],
];

test.each(ROWS)('%s', async (...row) => {
  const [, before, update, after, filter = {}, arrayFilters] = row;
  const collection = await store.collection({ _id: 1, ...before });
  const isReplacement = !Object.keys(update)[0]?.startsWith('$');
  if (isReplacement) await collection.replaceOne({}, update);
  else await collection.updateOne(filter, update, { arrayFilters });
  const found = await collection.findOne();
  expect(found).toEqual({ _id: 1, ...after });
  expect(JSON.stringify(found)).toBe(JSON.stringify({ _id: 1, ...after }));
});

test('$currentDate sets the date', async () => {
  const collection = await store.collection({ _id: 1 });
  await collection.updateOne({}, { $currentDate: { a: true } });
  await collection.updateOne({}, { $currentDate: { b: { $type: 'date' } } });
  const found = await collection.findOne();
  expect(Math.abs(Date.now() - Number(found?.['a']))).toBeLessThan(5000);
  expect(found?.['b']).toBeInstanceOf(Date);
});

describe('upserts', () => {
  test.each<[string, object, object, object]>([
    [
      'take equal fields of the filter',
      { a: 1, 'b.c': 2, n: { $gt: 5 } },
      { $set: { d: 3 } },
      { a: 1, b: { c: 2 }, d: 3 },
    ],
    [
      'take $eq and the parts of $and',
      { $and: [{ a: { $eq: 1 } }, { b: 2 }] },
      { $inc: { n: 1 } },
      { a: 1, b: 2, n: 1 },
    ],
    ['run $setOnInsert', { a: 1 }, { $setOnInsert: { b: 2 }, $push: { c: 1 } }, { a: 1, b: 2, c: [1] }],
  ])('%s', async (...row) => {
    const [, filter, update, expected] = row;
    const collection = await store.collection();
    const result = await collection.updateOne(filter, update, { upsert: true });
    expect(result).toMatchObject({ matchedCount: 0, modifiedCount: 0, upsertedCount: 1 });
    expect(await collection.findOne()).toEqual({ _id: result.upsertedId, ...expected });
  });

  test('keep the _id of the filter, also with a replacement', async () => {
    const collection = await store.collection();
    await collection.replaceOne({ _id: 7 }, { a: 1 }, { upsert: true });
    await collection.updateMany({ _id: 8 }, { $set: { a: 2 } }, { upsert: true });
    expect(await collection.find().toArray()).toEqual([
      { _id: 7, a: 1 },
      { _id: 8, a: 2 },
    ]);
  });
});

test('counts a match without a change as not modified', async () => {
  const collection = await store.collection({ a: 1 }, { a: 2 });
  expect(await collection.updateMany({}, { $set: { a: 2 } })).toMatchObject({ matchedCount: 2, modifiedCount: 1 });
  expect(await collection.deleteMany({ a: 2 })).toMatchObject({ deletedCount: 2 });
});

test('updates each document once even where the change moves it in the index that is read', async () => {
  const collection = await store.collection(...Array.from({ length: 3000 }, (_, n) => ({ n })));
  await collection.createIndex({ n: 1 });
  expect(await collection.updateMany({ n: { $gte: 0 } }, { $inc: { n: 5000 } })).toMatchObject({ modifiedCount: 3000 });
  expect(await collection.countDocuments({ n: { $gte: 5000, $lt: 8000 } })).toBe(3000);
});

test.each<[string, object, object, number, object?, object[]?]>([
  ['two operators on one path', {}, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
  ['a path and its parent', {}, { $set: { a: 1, 'a.b': 1 } }, 40],
  ['another _id', {}, { $set: { _id: 2 } }, 66],
  ['a removed _id', {}, { $unset: { _id: '' } }, 66],
  ['a renamed _id', {}, { $rename: { _id: 'x' } }, 66],
  ['$[] of no array', {}, { $set: { 'none.$[]': 1 } }, 2],
  ['$mul by a text', { a: 1 }, { $mul: { a: 'x' } }, 14],
  ['$addToSet to a text', { a: 'x' }, { $addToSet: { a: 1 } }, 2],
  ['$rename through an array', { a: [{ b: 1 }] }, { $rename: { 'a.0.b': 'c' } }, 2],
  ['a clause that $push does not have', {}, { $push: { a: { $each: [1], $foo: 1 } } }, 2],
  ['an unknown operator', {}, { $bit: { a: { or: 1 } } }, 9],
  ['a field beside operators', {}, { $set: { a: 1 }, b: 2 }, 9],
  ['$inc of a text', { a: 'x' }, { $inc: { a: 1 } }, 14],
  ['$inc by a text', { a: 1 }, { $inc: { a: 'x' } }, 14],
  ['$push to a number', { a: 1 }, { $push: { a: 1 } }, 2],
  ['$pop with 2', { a: [1] }, { $pop: { a: 2 } }, 9],
  ['a path through a number', { a: 1 }, { $set: { 'a.b': 1 } }, 28],
  ['a path by name into an array', { a: [1] }, { $set: { 'a.b': 1 } }, 28],
  ['an empty field name', {}, { $set: { 'a..b': 1 } }, 56],
  ['$ without a condition on the array', { a: [1] }, { $set: { 'a.$': 1 } }, 2],
  ['an unknown array filter', { a: [1] }, { $set: { 'a.$[x]': 1 } }, 2],
  ['an array filter that is not used', { a: [1] }, { $set: { b: 1 } }, 9, {}, [{ x: 1 }]],
  ['a gap of millions in an array', { a: [] }, { $set: { 'a.9000000': 1 } }, 2],
  ['an update by pipeline', {}, [{ $set: { a: 1 } }], 238],
])('refuses %s and changes nothing', async (...row) => {
  const [, before, update, code, filter = {}, arrayFilters] = row;
  const collection = await store.collection({ _id: 1, ...before });
  expect(await codeOf(collection.updateOne(filter, update, { arrayFilters }))).toBe(code);
  expect(await collection.findOne()).toEqual({ _id: 1, ...before });
});
