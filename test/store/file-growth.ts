import type { Db } from 'mongodb';

interface Row {
  _id: number;
  key: string;
  text: string;
}

/** Writes 2,000 documents again, so many times in all, each to another length and with other keys; a cursor is left open meanwhile. */
export async function rewrite(db: Db, times: number): Promise<void> {
  const rows = db.collection<Row>('rows');
  await rows.createIndex({ key: 1 });
  const left = rows.find({}, { batchSize: 2 });
  const writer = async (from: number) => {
    for (let n = from; n < times; n += 8 * BATCH) {
      const changes = Array.from({ length: BATCH }, (_, at) => changeOf(n + at));
      await rows.bulkWrite(
        changes.map(({ _id, ...$set }) => ({ updateOne: { filter: { _id }, update: { $set }, upsert: true } })),
      );
      if (n === 2400) await left.next();
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, lane) => writer(lane * BATCH)));
}

const BATCH = 50;

function changeOf(n: number): Row {
  return { _id: (n * 13) % 2000, key: `${(n * 7919) % 10_007}`, text: 'x'.repeat((n * 31) % 800) };
}
