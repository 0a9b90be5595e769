import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Error as Refused, Schema, Types, type Connection } from 'mongoose';
import type { Store } from '../../server/store.ts';
import { openTestStore } from '../support/store.ts';

let store: Store;
let models: ReturnType<typeof createModels>;
/** The names of the commands that were sent. */
const sent: string[] = [];

function createModels(connection: Connection) {
  const agency = new Schema(
    {
      code: { type: String, required: true, unique: true, match: /^[a-z]/ },
      name: { type: String, default: 'unnamed' },
      parent: { type: Schema.Types.ObjectId, ref: 'Agency' },
    },
    { timestamps: true, virtuals: { orders: { options: { ref: 'Order', localField: '_id', foreignField: 'buyer' } } } },
  );
  const line = new Schema({ text: String, amount: { type: Number, min: 0, required: true } });
  const order = new Schema({
    number: Number,
    buyer: { type: Schema.Types.ObjectId, ref: 'Agency' },
    sellers: [{ type: Schema.Types.ObjectId, ref: 'Agency' }],
    lines: [line],
    tags: [String],
  });
  const guarded = new Schema({ text: String, note: String }, { optimisticConcurrency: true });
  return {
    Agency: connection.model('Agency', agency),
    Order: connection.model('Order', order),
    Guarded: connection.model('Guarded', guarded),
  };
}

beforeAll(async () => {
  store = await openTestStore();
  store.connection.getClient().on('commandStarted', ({ commandName }) => sent.push(commandName));
  models = createModels(store.connection);
  await models.Agency.createIndexes();
});
afterAll(() => store.close());

/** What it was refused with. */
function refusalOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('populate', () => {
  const id = new Types.ObjectId();
  const [root, a, b, gone] = [new Types.ObjectId(), new Types.ObjectId(), new Types.ObjectId(), new Types.ObjectId()];

  beforeAll(async () => {
    await models.Agency.create([
      { _id: root, code: 'root' },
      { _id: a, code: 'a', parent: root },
      { _id: b, code: 'b' },
    ]);
    await models.Order.create([
      { _id: id, number: 1, buyer: a, sellers: [b, gone, a] },
      { number: 2, buyer: a },
      { number: 3, buyer: gone },
    ]);
  });

  test('puts the documents that are named into their places, over two steps, and leaves out what is gone', async () => {
    const path = { path: 'buyer', select: 'code parent', populate: { path: 'parent' } };
    const found = await models.Order.findById(id).populate([path, { path: 'sellers', select: 'code -_id' }]);
    expect(found?.toObject()).toMatchObject({ buyer: { code: 'a', parent: { code: 'root', name: 'unnamed' } } });
    expect(found?.toObject().sellers).toEqual([{ code: 'b' }, { code: 'a' }]);
    expect((await models.Order.findOne({ number: 3 }).populate('buyer'))?.buyer).toBeNull();
  });

  test('finds those that name a document, by a filter and in an order', async () => {
    const path = {
      path: 'orders',
      match: { number: { $lt: 9 } },
      options: { sort: { number: -1 } },
      select: 'number buyer',
    };
    const found = await models.Agency.find({ code: { $in: ['a', 'b'] } })
      .sort('code')
      .populate(path)
      .lean();
    expect(found).toMatchObject([{ orders: [{ number: 2 }, { number: 1 }] }, { orders: [] }]);
  });
});

describe('bulk writes', () => {
  test('cast, take defaults and stamps, and count what they did', async () => {
    const result = await models.Agency.bulkWrite([
      { insertOne: { document: { code: 'k1' } } },
      { updateOne: { filter: { code: 'k1' }, update: { name: 5 } } },
      { updateOne: { filter: { code: 'k2' }, update: { $set: { name: 'two' } }, upsert: true } },
      { replaceOne: { filter: { code: 'k2' }, replacement: { code: 'k3' } } },
      { deleteMany: { filter: { code: /^none/ } } },
    ]);
    expect(result).toMatchObject({ insertedCount: 1, modifiedCount: 2, upsertedCount: 1, deletedCount: 0 });
    const found = await models.Agency.find({ code: /^k/ }).sort('code').lean();
    expect(found).toMatchObject([
      { code: 'k1', name: '5', createdAt: expect.any(Date), updatedAt: expect.any(Date) },
      { code: 'k3', name: 'unnamed', createdAt: expect.any(Date), updatedAt: expect.any(Date) },
    ]);
  });

  test('say which was refused, by the store or before it, and do the others', async () => {
    const documents = ['m1', 'm1', '9', 'm2'].map((code) => ({ insertOne: { document: { code } } }));
    const refused = await refusalOf(models.Agency.bulkWrite(documents, { ordered: false }));
    expect(refused).toMatchObject({ name: 'MongoBulkWriteError', code: 11000, writeErrors: [{ index: 1 }] });
    expect(refused).toMatchObject({ mongoose: { validationErrors: [{ name: 'ValidationError' }] } });
    expect(await models.Agency.distinct('code', { code: /^m/ })).toEqual(['m1', 'm2']);
  });

  test('save many documents at once', async () => {
    const orders = await models.Order.create([{ tags: ['x'] }, { tags: [] }]);
    for (const order of orders) order.tags.push('y');
    expect(await models.Order.bulkSave([...orders, new models.Order({ tags: ['z'] })])).toMatchObject({
      insertedCount: 1,
      modifiedCount: 2,
    });
    expect(await models.Order.countDocuments({ tags: 'y', __v: 1 })).toBe(2);
  });
});

describe('a save of what somebody else has changed', () => {
  async function twice() {
    const { _id } = await models.Order.create({ lines: [{ amount: 1 }, { amount: 2 }], tags: ['a', 'b'] });
    const load = () => models.Order.findById(_id).orFail();
    return [await load(), await load(), load] as const;
  }

  /** The tags as mongoose's own array, which its types do not know. */
  const tagsOf = ({ tags }: { tags: string[] }) => tags as Types.Array<string>;

  test('is refused where it writes to a place in an array that has moved', async () => {
    const [first, second, load] = await twice();
    first.lines.splice(0, 1);
    await first.save();
    second.lines[1]?.set({ amount: 20 });
    expect(await refusalOf(second.save())).toBeInstanceOf(Refused.VersionError);
    expect((await load()).lines.map(({ amount }) => amount)).toEqual([2]);
  });

  test('goes through where it adds to an array or takes out of it by value', async () => {
    const [first, second, load] = await twice();
    first.tags.push('c');
    first.lines.pull(first.lines[0]?._id);
    await first.save();
    tagsOf(second).addToSet('b', 'd');
    second.lines.push({ amount: 3 });
    await second.save();
    tagsOf(second).pull('a');
    await second.save();
    const { tags, lines, __v } = await load();
    expect([[...tags], lines.map(({ amount }) => amount), __v]).toEqual([['b', 'c', 'd'], [2, 3], 3]);
  });

  test('is refused whatever it writes where the schema says so', async () => {
    const { _id } = await models.Guarded.create({ text: 'one' });
    const [first, second] = [await models.Guarded.findById(_id).orFail(), await models.Guarded.findById(_id).orFail()];
    await first.set({ text: 'two' }).save();
    expect(await refusalOf(second.set({ note: 'late' }).save())).toBeInstanceOf(Refused.VersionError);
    expect(await models.Guarded.findById(_id).lean()).toEqual({ _id, text: 'two', __v: 1 });
  });

  test('is refused where the document is gone', async () => {
    const { _id } = await models.Agency.create({ code: 'gone' });
    const found = await models.Agency.findById(_id).orFail();
    await models.Agency.deleteOne({ _id });
    expect(await refusalOf(found.set({ name: 'x' }).save())).toBeInstanceOf(Refused.DocumentNotFoundError);
  });
});

test('what does not pass validation is not sent', async () => {
  const before = sent.length;
  const wrong = new models.Order({ lines: [{ amount: -1 }, {}], number: 'many' as never });
  const refused = (await refusalOf(wrong.save())) as Refused.ValidationError;
  expect(refused).toBeInstanceOf(Refused.ValidationError);
  expect(Object.keys(refused.errors).toSorted()).toEqual(['lines.0.amount', 'lines.1.amount', 'number']);
  expect(await refusalOf(models.Agency.insertMany([{ code: 'v' }, {}]))).toBeInstanceOf(Refused.ValidationError);
  expect(await refusalOf(models.Order.findOne({ number: 'many' as never }))).toBeInstanceOf(Refused.CastError);
  const update = models.Agency.updateOne({ code: 'v' }, { code: '9' }, { runValidators: true });
  expect(await refusalOf(update.exec())).toBeInstanceOf(Refused.ValidationError);
  expect(sent.slice(before)).toEqual([]);
});

test('a unique index refuses by the key, in every kind of write', async () => {
  await models.Agency.create({ code: 'once' });
  const other = await models.Agency.create({ code: 'other' });
  const duplicate = {
    name: 'MongoServerError',
    code: 11000,
    keyPattern: { code: 1 },
    keyValue: { code: 'once' },
    message: expect.stringMatching(
      /^E11000 duplicate key error collection: \S+\.agencies index: code_1 dup key: {.+once/,
    ),
  };
  expect(await refusalOf(models.Agency.create({ code: 'once' }))).toMatchObject(duplicate);
  expect(await refusalOf(other.set({ code: 'once' }).save())).toMatchObject(duplicate);
  const change = models.Agency.findOneAndUpdate({ code: 'new' }, { code: 'once' }, { upsert: true });
  expect(await refusalOf(change.exec())).toMatchObject(duplicate);
  expect(await refusalOf(models.Agency.insertMany([{ code: 'o1' }, { code: 'once' }, { code: 'o2' }]))).toMatchObject({
    name: 'MongoBulkWriteError',
    code: 11000,
    insertedDocs: [{ code: 'o1' }],
  });
  await models.Order.create([{ number: 7 }, { number: 7 }]);
  expect(await refusalOf(models.Order.collection.createIndex({ number: 1 }, { unique: true }))).toMatchObject({
    code: 11000,
    keyPattern: { number: 1 },
  });
  expect(await models.Agency.distinct('code', { code: /^o/ })).toEqual(['o1', 'once', 'other']);
});

test('lean gives plain values, a cursor documents one by one, and a cursor that is left is closed', async () => {
  await models.Guarded.insertMany(Array.from({ length: 250 }, (_, n) => ({ text: `c${n}` })));
  const query = () => models.Guarded.find({ text: /^c/ }).batchSize(100);
  const [plain] = await query().limit(1).lean();
  expect(plain).toEqual({ _id: expect.any(Types.ObjectId), text: 'c0', __v: 0 });
  let seen = 0;
  for await (const document of query().cursor()) if (document instanceof models.Guarded) seen += 1;
  await query()
    .lean()
    .cursor()
    .eachAsync(() => void (seen += 1), { parallel: 4 });
  expect(seen).toBe(500);
  const groups = models.Guarded.aggregate<{ n: number }>([{ $group: { _id: '$text', n: { $sum: 1 } } }]);
  for await (const { n } of groups.cursor({ batchSize: 50 })) seen -= n;
  expect(seen).toBe(500 - (await models.Guarded.estimatedDocumentCount()));
  const before = sent.length;
  const cursor = query().cursor();
  expect(await cursor.next()).toMatchObject({ text: 'c0' });
  await cursor.close();
  expect(sent.slice(before)).toEqual(['find', 'killCursors']);
});
