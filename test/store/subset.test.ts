import { beforeAll, expect, test } from '@jest/globals';
import { Binary, ObjectId, type Document } from 'mongodb';
import { namesIn, readSubset } from '../support/subset.ts';
import { useStore } from './support.ts';

const store = useStore();
const now = new Date();
const id = new ObjectId();

const find = (filter: object): Document => ({ find: 'c', filter });
const update = (u: object, more: object = {}): Document => ({ update: 'c', updates: [{ q: { list: 1 }, u, ...more }] });
const aggregate = (...pipeline: object[]): Document => ({ aggregate: 'c', pipeline, cursor: {} });
const compute = (expression: unknown): Document => aggregate({ $project: { x: expression } });
const index = (options: object): Document => ({
  createIndexes: 'c',
  indexes: [{ key: { n: 1 }, name: 'i', ...options }],
});

/** Commands that together use everything of the table. */
const TRIED: Document[] = [
  ...['hello', 'isMaster', 'ismaster', 'ping', 'buildInfo', 'buildinfo', 'listCollections'].map((name) => ({
    [name]: 1,
  })),
  { endSessions: [] },
  { killCursors: 'c', cursors: [] },
  { count: 'c' },
  { distinct: 'c', key: 'n' },
  { explain: { find: 'c', filter: {} } },
  { findAndModify: 'c', query: { none: 1 }, remove: true },
  { listDatabases: 1, $db: 'admin' },
  { listIndexes: 'c' },
  { validate: 'c' },
  { create: 'extra' },
  { drop: 'extra' },
  ...['$eq', '$ne', '$gt', '$gte', '$lt', '$lte', '$size'].map((name) => find({ n: { [name]: 1 } })),
  ...['$in', '$nin', '$all'].map((name) => find({ n: { [name]: [1] } })),
  ...['$and', '$or', '$nor'].map((name) => find({ [name]: [{ n: 1 }] })),
  find({ n: { $exists: true }, text: { $regex: 'a', $options: 'i', $not: /b/ }, list: { $elemMatch: { $gt: 0 } } }),
  update({
    $set: { a: { b: [1] } },
    $unset: { b: '' },
    $inc: { n: 1 },
    $mul: { m: 1 },
    $min: { x: 1 },
    $max: { y: 1 },
  }),
  update({ $rename: { b: 'd' }, $setOnInsert: { e: 1 }, $currentDate: { day: { $type: 'date' } } }),
  update({ $push: { p: { $each: [1], $slice: 5, $sort: 1, $position: 0 } }, $addToSet: { s: 1 }, $pull: { q: 1 } }),
  update({ $pullAll: { p: [1] }, $pop: { s: 1 } }),
  update({ $set: { 'list.$': 1 } }),
  update({ $set: { 'list.$[]': 1 } }),
  update({ $set: { 'list.$[e]': 1 } }, { arrayFilters: [{ e: 1 }] }),
  { delete: 'c', deletes: [{ q: { none: 1 }, limit: 0 }] },
  aggregate({ $match: { n: 1 } }, { $sort: { n: 1 } }, { $skip: 0 }, { $limit: 5 }, { $project: { n: 1 } }),
  aggregate({ $addFields: { x: '$n' } }, { $unwind: '$list' }, { $count: 'n' }),
  ...['$sum', '$avg', '$min', '$max', '$first', '$last', '$push', '$addToSet'].map((name) =>
    aggregate({ $group: { _id: null, x: { [name]: '$n' } } }),
  ),
  ...['$add', '$subtract', '$multiply', '$eq', '$ne', '$gt', '$gte', '$lt', '$lte', '$and', '$or', '$ifNull'].map(
    (name) => compute({ [name]: ['$n', 2] }),
  ),
  ...[{ $not: ['$n'] }, { $cond: ['$n', 1, 2] }, { $literal: '$x' }].map(compute),
  index({ unique: true, sparse: true, background: true }),
  { dropIndexes: 'c', index: 'i' },
  index({ partialFilterExpression: { n: { $gt: 0 } } }),
  { insert: 'c', documents: [{ v: ['x', 1, true, null, now, id, new Binary(Buffer.from([1])), {}] }] },
  { dropDatabase: 1, $db: 'other' },
];

beforeAll(async () => {
  await store.db.collection('c').insertOne({ n: 1, m: 1, text: 'a', list: [1, 2] });
});

test.each(TRIED.map((command): [string, Document] => [JSON.stringify(command).slice(0, 90), command]))(
  'takes %s',
  async (_, { $db, ...command }) => {
    const reply = await store.client.db($db ?? 'xanh').command(command);
    expect(reply['writeErrors']).toBeUndefined();
  },
);

test('everything in the table of the page is tried here', () => {
  const tried = new Set(TRIED.flatMap(namesIn).map(([kind, name]) => `${kind} ${name}`));
  // Sent by every cursor that has more.
  tried.add('commands getMore');
  const named = [...readSubset()].flatMap(([kind, names]) => [...names].map((name) => `${kind} ${name}`));
  expect(named.filter((name) => !tried.has(name))).toEqual([]);
  expect(named.length).toBeGreaterThan(80);
});
