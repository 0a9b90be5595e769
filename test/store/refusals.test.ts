import { expect, test } from '@jest/globals';
import { Code, Decimal128, Long, MaxKey, Timestamp, type Document } from 'mongodb';
import { tableUnder } from '../support/subset.ts';
import { codeOf, useStore } from './support.ts';

const store = useStore();

const find = (filter: object, more: object = {}): Document => ({ find: 'c', filter, ...more });
const insert = (document: object): Document => ({ insert: 'c', documents: [document] });
const update = (q: object, u: object, more: object = {}): Document => ({ update: 'c', updates: [{ q, u, ...more }] });
const aggregate = (...pipeline: object[]): Document => ({ aggregate: 'c', pipeline, cursor: {} });
const createIndex = (key: object, more: object = {}): Document => ({
  createIndexes: 'c',
  indexes: [{ key, name: 'i', ...more }],
});
const deep = (levels: number): object => (levels === 0 ? {} : { a: deep(levels - 1) });

const REFUSALS: [name: string, command: Document, code: number][] = [
  ['an unknown command', { frobnicate: 1 }, 59],
  ['a command that is a name of every object', { constructor: 1 }, 59],
  ['a field that a command does not have', find({}, { frobnicate: 1 }), 40415],
  ['tailable cursors', find({}, { tailable: true }), 40415],
  ['a collation', find({}, { collation: { locale: 'vi' } }), 40415],
  ['a transaction', find({}, { txnNumber: Long.fromNumber(1), autocommit: false, startTransaction: true }), 20],
  ['a snapshot read concern', find({}, { readConcern: { level: 'snapshot' } }), 72],
  ['a write concern for two members', { ...insert({}), writeConcern: { w: 2 } }, 2],
  ['$where', find({ $where: 'true' }), 2],
  ['$text', find({ $text: { $search: 'x' } }), 2],
  ['$jsonSchema', find({ $jsonSchema: {} }), 2],
  ['$near', find({ a: { $near: [1, 2] } }), 2],
  ['an unknown operator', find({ a: { $foo: 1 } }), 2],
  ['an operator that is a name of every object', find({ a: { $constructor: 1, $toString: 1 } }), 2],
  ['an operator inside $in', find({ a: { $in: [{ $gt: 1 }] } }), 2],
  ['$or of nothing', find({ $or: [] }), 2],
  ['a pattern that is none', find({ a: { $regex: '(' } }), 51091],
  ['a pattern with an unknown option', find({ a: { $regex: 'a', $options: 'x' } }), 51108],
  ['$expr', find({ $expr: { $eq: ['$a', 1] } }), 2],
  ['$mod', find({ a: { $mod: [2, 0] } }), 2],
  ['$type', find({ a: { $type: 'string' } }), 2],
  ['a pattern as the operand of a comparison', find({ a: { $ne: /x/ } }), 2],
  [
    '$function in an expression',
    aggregate({ $project: { a: { $function: { body: 'x', args: [], lang: 'js' } } } }),
    168,
  ],
  ['a variable in an expression', aggregate({ $project: { a: '$$ROOT' } }), 168],
  ['an array position in an expression', aggregate({ $project: { a: '$b.0' } }), 168],
  ['a computed field in a projection of find', find({}, { projection: { a: '$b' } }), 2],
  ['$slice in a projection', find({}, { projection: { a: { $slice: 1 } } }), 2],
  ['the positional operator in a projection', find({ a: 1 }, { projection: { 'a.$': 1 } }), 2],
  ['includeArrayIndex of $unwind', aggregate({ $unwind: { path: '$a', includeArrayIndex: 'i' } }), 2],
  ['a sort by text score', find({}, { sort: { a: { $meta: 'textScore' } } }), 2],
  ['a negative limit', find({}, { limit: -1 }), 2],
  ['a mixed projection', find({}, { projection: { a: 1, b: 0 } }), 31254],
  ['a projection with a collision', find({}, { projection: { a: 1, 'a.b': 1 } }), 31249],
  ['Int64 in a filter', find({ a: Long.fromNumber(5) }), 2],
  ['a filter that is no document', find([]), 14],
  ['an unknown stage', aggregate({ $frobnicate: {} }), 40324],
  ['$lookup', aggregate({ $lookup: { from: 'x', localField: 'a', foreignField: 'b', as: 'c' } }), 40324],
  ['$out', aggregate({ $out: 'x' }), 40324],
  ['$merge', aggregate({ $merge: 'x' }), 40324],
  ['a change stream', aggregate({ $changeStream: {} }), 40324],
  ['two stages in one', aggregate({ $match: {}, $limit: 1 }), 40323],
  ['a comparison of one value', aggregate({ $project: { a: { $gt: ['$a'] } } }), 16020],
  ['an unknown accumulator', aggregate({ $group: { _id: null, a: { $frobnicate: 1 } } }), 168],
  ['$accumulator', aggregate({ $group: { _id: null, a: { $accumulator: {} } } }), 168],
  ['a group without _id', aggregate({ $group: { a: { $sum: 1 } } }), 2],
  ['an unknown expression', aggregate({ $project: { a: { $frobnicate: 1 } } }), 168],
  ['$limit 0', aggregate({ $limit: 0 }), 2],
  ['aggregation without a cursor', { aggregate: 'c', pipeline: [] }, 9],
  ['aggregation over a database', { aggregate: 1, pipeline: [], cursor: {} }, 73],
  ['mapReduce', { mapReduce: 'c', map: 'x', reduce: 'y', out: { inline: 1 } }, 59],
  ['an insert of nothing', { insert: 'c', documents: [] }, 2],
  ['an update of nothing', { update: 'c', updates: [] }, 2],
  ['a statement field that there is not', update({}, { $set: { a: 1 } }, { frobnicate: 1 }), 40415],
  ['a replacement of many', update({}, { a: 1 }, { multi: true }), 9],
  ['a delete without a limit of 0 or 1', { delete: 'c', deletes: [{ q: {}, limit: 2 }] }, 9],
  ['findAndModify that does nothing', { findAndModify: 'c', query: {} }, 9],
  ['an invalid collection name', { find: 'a$b' }, 73],
  ['a capped collection', { create: 'x', capped: true, size: 100 }, 40415],
  ['a time series', { create: 'x', timeseries: { timeField: 't' } }, 40415],
  ['a view', { create: 'x', viewOn: 'c', pipeline: [] }, 40415],
  ['a text index', createIndex({ a: 'text' }), 67],
  ['a hashed index', createIndex({ a: 'hashed' }), 67],
  ['a wildcard index', createIndex({ '$**': 1 }), 67],
  ['a TTL index', createIndex({ a: 1 }, { expireAfterSeconds: 5 }), 40415],
  ['an index with a collation', createIndex({ a: 1 }, { collation: { locale: 'vi' } }), 40415],
  ['a partial index by $ne', createIndex({ a: 1 }, { partialFilterExpression: { a: { $ne: 1 } } }), 67],
  ['an index on an array position', createIndex({ 'a.0': 1 }), 67],
  ['indexes of a collection that is not there', { listIndexes: 'nowhere' }, 26],
  ['a cursor that is not there', { getMore: Long.fromNumber(5), collection: 'c' }, 43],
  ['a collection that is there, with other options', { create: 'c', capped: true }, 48],
  ['an update by a pipeline', update({}, [{ $set: { a: 1 } }]), 238],
  ['$bit', update({}, { $bit: { a: { or: 1 } } }), 9],
  ['sort of an update', update({}, { $set: { a: 1 } }, { sort: { a: 1 } }), 40415],
  ['let', find({}, { let: { a: 1 } }), 40415],
  ['collStats as a stage', aggregate({ $collStats: {} }), 40324],
  ['renameCollection', { renameCollection: 'a.b', to: 'a.c' }, 59],
  ['explain of something else', { explain: { aggregate: 'c', pipeline: [], cursor: {} } }, 238],
];

test.each(REFUSALS)('refuses %s', async (_, command, code) => {
  await store.db.command({ create: 'c' });
  const reply = await store.db.command(command).catch((error: Document) => error);
  expect(reply['code'] ?? reply['writeErrors']?.[0]?.code).toBe(code);
});

const VALUES: [name: string, document: object, code: number][] = [
  ['Int64', { a: Long.fromNumber(5) }, 2],
  ['a bigint', { a: 5n }, 2],
  ['Decimal128', { a: Decimal128.fromString('1.5') }, 2],
  ['a timestamp', { a: { b: [new Timestamp({ t: 1, i: 1 })] } }, 2],
  ['a key of the end', { a: new MaxKey() }, 2],
  ['code', { a: new Code('x') }, 2],
  ['a pattern as a value', { a: /x/ }, 2],
  ['a reference', { a: { $ref: 'c', $id: 1 } }, 2],
  ['a name that starts with a dollar', { $a: 1 }, 52],
  ['an array as _id', { _id: [1] }, 53],
  ['more than a hundred levels', deep(120), 15],
];

test.each(VALUES)('refuses to store %s', async (_, document, code) => {
  const collection = await store.collection();
  const reply = await store.db
    .command({ insert: collection.collectionName, documents: [document] })
    .catch((error: Document) => error);
  expect(reply['writeErrors']?.[0]?.code ?? reply['code']).toBe(code);
  expect(await collection.countDocuments()).toBe(0);
});

test('refuses the same values in updates', async () => {
  const collection = await store.collection({ _id: 1 });
  for (const v of [Long.fromNumber(5), Decimal128.fromString('1.5'), new Code('x'), /x/]) {
    expect(await codeOf(collection.updateOne({ _id: 1 }, { $set: { v } }))).toBe(2);
    expect(await codeOf(collection.updateOne({ _id: 1 }, { $min: { v } }))).toBe(2);
    expect(await codeOf(collection.replaceOne({ _id: 1 }, { v: [{ v }] }))).toBe(2);
  }
  expect(await collection.findOne()).toEqual({ _id: 1 });
});

test('refuses a document over 16 MB, also one that grows to it', async () => {
  const collection = await store.collection({ _id: 1 });
  const half = 'x'.repeat(9_000_000);
  await collection.updateOne({}, { $set: { a: half } });
  expect(await codeOf(collection.updateOne({}, { $set: { b: half } }))).toBe(10334);
  expect(Object.keys((await collection.findOne()) ?? {})).toEqual(['_id', 'a']);
});

test('refuses names that reach prototypes, and takes the rest as plain names', async () => {
  const collection = await store.collection({ _id: 1, a: {} });
  const polluting: object = JSON.parse('{"__proto__": {"polluted": 1}}');
  expect(await codeOf(collection.insertOne(polluting))).toBe(2);
  for (const path of ['__proto__.polluted', 'a.__proto__.polluted', 'a.constructor.__proto__.polluted']) {
    expect(await codeOf(collection.updateOne({}, { $set: { [path]: 1 } }))).toBe(2);
    expect(await codeOf(collection.find({ [path]: 1 }).toArray())).toBe(2);
    expect(await codeOf(collection.createIndex({ [path]: 1 }))).toBe(2);
    expect(await codeOf(collection.aggregate([{ $project: { [path]: '$a' } }]).toArray())).toBe(2);
    expect(await codeOf(collection.aggregate([{ $group: { _id: `$${path}` } }]).toArray())).toBe(2);
  }
  await collection.updateOne(
    {},
    { $set: { 'constructor.prototype.polluted': 1, 'a.toString': 'x', hasOwnProperty: 2 } },
  );
  expect(
    await collection.findOne({ 'constructor.prototype.polluted': 1, 'a.toString': 'x', hasOwnProperty: 2 }),
  ).not.toBeNull();
  expect(await collection.countDocuments({ valueOf: { $exists: true } })).toBe(0);
  const projected = await collection
    .aggregate([{ $project: { p: { $ifNull: ['$a.polluted', '$polluted'] }, c: '$valueOf' } }])
    .toArray();
  expect(projected).toEqual([{ _id: 1 }]);
});

test('the page names every refusal with its code', () => {
  const documented = tableUnder('Refused').flatMap(([code, what = '']) =>
    what.split(' · ').map((name) => `${name}: ${code}`),
  );
  const refused = REFUSALS.map(([name, , code]) => `${name}: ${code}`);
  const unstorable = VALUES.map(([name, , code]) => `storing ${name}: ${code}`);
  const named = documented.map((row) => row.replaceAll('`', ''));
  expect(named.toSorted()).toEqual([...refused, ...unstorable].toSorted());
});
