// Started by life.test.ts in a process of its own: `node --import tsx store-child.ts <folder> <work>`.
import { startEmbeddedStore } from '../../server/embedded/start.ts';

const [, , folder = '', work = ''] = process.argv;
const begun = performance.now();
const store = await startEmbeddedStore(folder);
process.stdout.write(`ready ${Math.round(performance.now() - begun)} ${store.uri}\n`);

if (work === 'write') {
  const { MongoClient } = await import('mongodb');
  const client = await MongoClient.connect(store.uri);
  const collection = client.db().collection('acknowledged');
  await collection.createIndex({ key: 1 }, { unique: true });
  await Promise.all(
    Array.from({ length: 16 }, async (_, writer) => {
      for (let n = 0; ; n += 1) {
        const key = `${process.pid}-${writer}-${n}`;
        await collection.insertOne({ key, tags: ['a', `t${n % 7}`], n });
        if (n % 3 === 0) await collection.updateOne({ key }, { $set: { tags: ['b'] } });
        process.stdout.write(`${key}\n`);
      }
    }),
  );
}
if (work === 'build') {
  const { MongoClient } = await import('mongodb');
  const client = await MongoClient.connect(store.uri);
  const collection = client.db().collection('built');
  await collection.insertMany(Array.from({ length: 20_000 }, (_, n) => ({ n })));
  setTimeout(() => process.stdout.write('building\n'), 30);
  await collection.createIndex({ n: 1 });
}
if (work === 'insert') {
  const { MongoClient } = await import('mongodb');
  const client = await MongoClient.connect(store.uri);
  for (let n = 0; n < 3; n += 1) await client.db().collection('one').insertOne({ n });
  await client.close();
  await store.close();
  process.exit(0);
}
if (work === 'exit') process.exit(0);
if (work === 'fall-off') process.stdout.write('end\n');
else setInterval(() => undefined, 1000);
