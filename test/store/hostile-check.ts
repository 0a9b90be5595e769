import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Db } from 'mongodb';
import { newFolder, startChild, withClient } from './child-process.ts';
import { mutate, mutationNames, Random } from './hostile-messages.ts';
import {
  completed,
  fingerprint,
  guardedRow,
  HostileClient,
  recordMessages,
  type Answer,
  type Row,
} from './hostile-wire.ts';

interface Scratch {
  n: number;
  tags?: string[];
  list?: number[];
  k?: number;
  at?: Date;
  inner?: object;
}

/** Ordinary work: it reads what is guarded, and writes into another collection. */
async function work(db: Db): Promise<void> {
  const [guarded, scratch] = [db.collection('guarded'), db.collection<Scratch>('scratch')];
  await scratch.createIndex({ n: 1 }, { unique: true, partialFilterExpression: { n: { $gt: 0 } }, name: 'by_n' });
  await scratch.insertMany([
    { n: 1, tags: ['a', 'b'], at: new Date(0) },
    { n: 2, inner: { list: [{ x: 1 }] } },
  ]);
  await scratch.updateOne(
    { n: 1 },
    { $set: { 'tags.$[tag]': 'c' }, $inc: { k: 1 }, $push: { list: { $each: [1, 2], $slice: -3 } } },
    { upsert: true, arrayFilters: [{ tag: 'a' }] },
  );
  await scratch.findOneAndUpdate({ n: { $gte: 1 } }, { $max: { k: 5 } }, { sort: { n: -1 }, upsert: true });
  await scratch.deleteOne({ n: 77 });
  await guarded.findOne(
    { $or: [{ a: /^text 1/ }, { b: { $in: [1, 'x', null] } }] },
    { sort: { b: 1 }, projection: { a: 1 } },
  );
  const cursor = guarded.find({ 'c.d': { $gte: 0 } }, { batchSize: 2 });
  for (let n = 0; n < 3; n += 1) await cursor.next();
  await guarded
    .aggregate([
      { $match: { b: 1 } },
      { $unwind: '$list' },
      { $group: { _id: '$b', n: { $sum: '$_id' } } },
      { $sort: { n: 1 } },
    ])
    .toArray();
  await guarded.distinct('a', { b: 1 });
  await db.listCollections({ name: 'guarded' }).toArray();
  await guarded.listIndexes().toArray();
}

/** How many messages ended in which way. */
export type Tally = Record<'refused' | 'closed' | 'left' | 'silent' | 'read' | 'written', number>;

function kindOf({ replies, isClosed }: Answer): keyof Tally {
  if (isClosed) return 'closed';
  const [reply] = replies;
  if (!reply) return 'silent';
  if (reply['ok'] !== 1 || reply['writeErrors']) return 'refused';
  const isWrite = ['n', 'lastErrorObject', 'numIndexesAfter'].some((name) => name in reply);
  return isWrite ? 'written' : 'read';
}

/** Sends so many hostile messages to an engine in a process of its own, and looks whether anything is changed by them. */
export async function expectUnharmed(count: number, seed = 1): Promise<{ tally: Tally; faults: string[] }> {
  const folder = newFolder();
  const child = startChild(folder, '', ['--require', join(import.meta.dirname, 'prototype-watch.cjs')]);
  const uri = (await child.ready).split(' ')[2] ?? '';
  return withClient(uri, async (client) => {
    const guarded = client.db().collection<Row>('guarded');
    await guarded.insertMany(Array.from({ length: 60 }, (_, n) => guardedRow(n)));
    await guarded.createIndexes([
      { key: { a: 1 }, unique: true },
      { key: { b: 1, 'c.d': -1 } },
      { key: { list: 1 }, sparse: true },
    ]);
    const messages = await recordMessages(uri, join(folder, 'record.sock'), work);
    const before = { guarded: await fingerprint(client.db(), 'guarded'), prototypes: await child.ask('prototypes') };
    const tally: Tally = { refused: 0, closed: 0, left: 0, silent: 0, read: 0, written: 0 };
    const faults: string[] = [];
    const lanes = [0, 1, 2, 3].map(() => new HostileClient(uri));
    const lane = async (hostile: HostileClient, from: number) => {
      for (let n = from; n < count; n += 4) {
        const random = new Random(seed * 1_000_003 + n);
        const [name, message] = [mutationNames[n % mutationNames.length] ?? '', random.pick(messages)];
        const bytes = mutate(name, message, random);
        const where = `seed ${seed}, message ${n}, ${name}: ${bytes.toString('hex').slice(0, 4000)}`;
        const whole = completed(bytes);
        if (!whole) await hostile.leave(bytes);
        const answer =
          whole &&
          (await hostile.send(whole).catch((error: unknown) => {
            throw new Error(where, { cause: error });
          }));
        const kind = answer ? kindOf(answer) : 'left';
        tally[kind] += 1;
        // What cannot be read ends the connection; inside a command, a fault that nobody thought of has code 1.
        const fault = answer?.replies.find(({ code }) => code === 1);
        if (fault && kind !== 'closed') faults.push(`${String(fault['errmsg'])}; ${where}`);
        if (n % 500 === 0) expect(await guarded.findOne({ _id: 7 })).toMatchObject({ a: 'text 7' });
      }
    };
    try {
      await Promise.all(lanes.map(lane));
    } finally {
      for (const hostile of lanes) hostile.close();
    }
    expect(await fingerprint(client.db(), 'guarded')).toBe(before.guarded);
    expect(await child.ask('prototypes')).toBe(before.prototypes);
    for (const { name } of await client.db().listCollections().toArray())
      expect(await client.db().command({ validate: name })).toMatchObject({ valid: true });
    expect(child.process.exitCode).toBeNull();
    return { tally, faults };
  });
}
