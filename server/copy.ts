import { createHash } from 'node:crypto';
import { serialize } from 'bson';
import { MongoClient, type Collection, type Db, type Document, type IndexDescriptionInfo } from 'mongodb';
import { startEmbeddedStore } from './embedded/start.ts';

/** Says how far a copy is. */
type Say = (line: string) => void;
type Row = Document & { _id: string };

const MARKER = 'copying';
const BATCH = 500;
const BATCH_BYTES = 8_000_000;

/** What was copied, the same on both sides. */
export interface Copied {
  name: string;
  documents: number;
  hash: string;
}

/**
 * Copies every collection of a database with its indexes into another, in the order of `_id`; after an interruption it goes on where it was. Both
 * are a MongoDB's address or the data folder of an embedded store. Nobody may write meanwhile: what differs at the end is an error.
 * @throws Error where the target has data that is not an interrupted copy's, or the two differ in the end
 */
export async function copyDatabase({ from, to }: { from: string; to: string }, say: Say): Promise<Copied[]> {
  if (from === to) throw new Error('--from and --to are the same.');
  return withDatabase(from, (source) => withDatabase(to, (target) => copyAll(source, target, say)));
}

async function withDatabase<T>(address: string, work: (db: Db) => Promise<T>): Promise<T> {
  const isAddress = /^mongodb(\+srv)?:/.test(address);
  const store = isAddress ? { uri: address, close: async () => {} } : await startEmbeddedStore(address);
  const options = { serverSelectionTimeoutMS: 10_000, writeConcern: { w: 'majority', journal: true } } as const;
  const client = new MongoClient(store.uri, options);
  try {
    return await work(client.db());
  } finally {
    await client.close();
    await store.close();
  }
}

async function copyAll(source: Db, target: Db, say: Say): Promise<Copied[]> {
  const names = await namesOf(source);
  if (names.includes(MARKER))
    throw new Error(`The source is itself an interrupted copy: it has a collection '${MARKER}'.`);
  const marker = target.collection<{ _id: string; done: string[] }>(MARKER);
  const there = await namesOf(target);
  if (there.length > 0 && !there.includes(MARKER))
    throw new Error(`The target has data of its own (${there.join(', ')}): a copy goes into an empty database.`);
  const done = new Set(
    (
      await marker.findOneAndUpdate(
        { _id: MARKER },
        { $setOnInsert: { done: [] } },
        { upsert: true, returnDocument: 'after' },
      )
    )?.done,
  );
  if (there.length > 0) say('Going on with an interrupted copy.');
  for (const name of names.filter((each) => !done.has(each))) {
    await copyCollection(source.collection<Row>(name), target.collection<Row>(name), say);
    await marker.updateOne({ _id: MARKER }, { $push: { done: name } });
  }
  const copied = await compare(source, target, say);
  await marker.drop();
  return copied;
}

async function copyCollection(source: Collection<Row>, target: Collection<Row>, say: Say): Promise<void> {
  const name = source.collectionName;
  const total = await source.countDocuments();
  if (total === 0) await target.db.createCollection(name).catch(ignoreExisting);
  // What is there was written in this order, each batch up to some document: the copy goes on behind it.
  let count = await target.countDocuments();
  for await (const batch of batchesOf(source.find().sort({ _id: 1 }).skip(count))) {
    await target.insertMany(batch);
    count += batch.length;
    say(`${name}: ${count} of ${total}`);
  }
  const indexes = (await source.indexes()).filter((index) => index.name !== '_id_');
  for (const { key, name: index, v: _, ...options } of indexes)
    await target.createIndex(key, { ...options, name: String(index) });
}

async function* batchesOf(documents: AsyncIterable<Row>): AsyncGenerator<Row[]> {
  let [batch, bytes]: [Row[], number] = [[], 0];
  for await (const document of documents) {
    batch.push(document);
    bytes += serialize(document).length;
    if (batch.length < BATCH && bytes < BATCH_BYTES) continue;
    yield batch;
    [batch, bytes] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}

async function compare(source: Db, target: Db, say: Say): Promise<Copied[]> {
  const copied: Copied[] = [];
  const differing: string[] = [];
  for (const name of new Set([...(await namesOf(source)), ...(await namesOf(target))])) {
    if (name === MARKER) continue;
    const [ours, theirs] = [await digest(source.collection<Row>(name)), await digest(target.collection<Row>(name))];
    if (JSON.stringify(ours) !== JSON.stringify(theirs)) differing.push(name);
    say(`${name}: ${theirs.documents} documents, ${theirs.indexes.length} indexes, ${theirs.hash.slice(0, 16)}`);
    copied.push({ name, documents: theirs.documents, hash: theirs.hash });
  }
  if (differing.length === 0) return copied;
  throw new Error(
    `Source and target differ in ${differing.join(', ')}: somebody wrote meanwhile. Empty the target and copy again.`,
  );
}

/** The documents as this program reads them, in the order of `_id`; their count, and the indexes. */
async function digest(collection: Collection<Row>): Promise<{ documents: number; hash: string; indexes: string[] }> {
  const hash = createHash('sha256');
  let documents = 0;
  for await (const document of collection.find().sort({ _id: 1 })) {
    hash.update(serialize(document));
    documents += 1;
  }
  const indexes = await collection.indexes().catch((): IndexDescriptionInfo[] => []);
  const described = indexes.map(({ key, name, unique, sparse, partialFilterExpression }) =>
    JSON.stringify([name, Object.entries(key), unique ?? false, sparse ?? false, partialFilterExpression ?? null]),
  );
  return { documents, hash: hash.digest('hex'), indexes: described.toSorted() };
}

async function namesOf(db: Db): Promise<string[]> {
  const collections = await db.listCollections({}, { nameOnly: true }).toArray();
  return collections
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('system.'))
    .toSorted();
}

function ignoreExisting(error: { code?: number }): void {
  if (error.code !== 48) throw error;
}
