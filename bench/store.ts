import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { serialize } from 'bson';
import { open } from 'lmdb';
import type { Collection, Db } from 'mongodb';
import { percentile, say, timed } from './measure.ts';
import { openScan, scanNames } from './store-scan.ts';
import { fill, killStore, memoryOf, rowOf, startStore, type Row, type StoreProcess } from './store-process.ts';

const [SMALL, LARGE] = [10_000, 1_000_000];

/** The figures of the embedded store, each a ratio within this run; a kept folder needs filling once. */
export async function benchStore(kept?: string): Promise<void> {
  const folder = kept === undefined ? await mkdtemp(join(tmpdir(), 'xanh-bench-')) : join(kept, 'store');
  let store = await startStore(folder);
  say(`\nembedded store: ${LARGE} documents with three indexes\n`);
  const small = await fill(store, SMALL);
  const since = performance.now();
  const large = await fill(store, LARGE);
  const seconds = (performance.now() - since) / 1000;
  say(`filled in ${seconds.toFixed(0)} s\n\n| measure | target | got |\n| --- | --- | --- |`);
  await reads(small, large);
  await batches(store.client.db(), folder);
  await singles(store.client.db());
  await killStore(store);
  store = await startStore(folder);
  row(`open after kill -9 at ${LARGE} documents`, '≤ 1 s', `${(store.openMs / 1000).toFixed(2)} s`);
  await scans(store);
  await killStore(store);
  if (kept === undefined) await rm(folder, { recursive: true });
}

function row(measure: string, target: string, got: string): void {
  say(`| ${measure} | ${target} | ${got} |`);
}

/** The median of each question, asked in turn, so that a busy moment meets all of them. */
async function inTurn(questions: ((round: number) => Promise<unknown>)[], rounds: number): Promise<number[]> {
  const times = questions.map((): number[] => []);
  for (let round = -20; round < rounds; round += 1)
    for (const [at, question] of questions.entries()) {
      const ms = await timed(() => question(round + 20));
      if (round >= 0) times[at]?.push(ms);
    }
  return times.map((of) => percentile(of, 0.5));
}

async function reads(small: Collection<Row>, large: Collection<Row>): Promise<void> {
  const page = (of: Collection<Row>) => (round: number) =>
    of
      .find({ group: (round * 13) % 500 })
      .sort({ day: -1 })
      .limit(20)
      .toArray();
  const [ping = 0, byId = 0, byCode = 0, smallPage = 0, largePage = 0] = await inTurn(
    [
      () => small.db.command({ ping: 1 }),
      (round) => small.findOne({ _id: (round * 17) % SMALL }),
      (round) => small.findOne({ code: `code-${(round * 19) % SMALL}` }),
      page(small),
      page(large),
    ],
    500,
  );
  const pings = (ms: number) => `${(ms / ping).toFixed(2)} × (${ms.toFixed(2)} ms)`;
  row('findOne by `_id`', '≤ 1.5 × ping', pings(byId));
  row('findOne by a unique index', '≤ 2.2 × ping', pings(byCode));
  row(`page of 20 in the order of a compound index, ${LARGE}`, '≤ 6 × ping', pings(largePage));
  row(`the same beside ${SMALL}`, '≤ 1.30', (largePage / smallPage).toFixed(2));
}

/** A batch of 1,000 beside the same bytes put into LMDB in one synced commit: the documents alone, and with as many entries as they have keys. */
async function batches(db: Db, folder: string): Promise<void> {
  const collection = db.collection<Row>('batches');
  await collection.drop();
  await collection.createIndexes([
    { key: { code: 1 }, unique: true },
    { key: { group: 1, day: -1 } },
    { key: { amount: 1 } },
  ]);
  const bare = open<Buffer, Buffer>({
    path: join(folder, 'bare'),
    encoding: 'binary',
    keyEncoding: 'binary',
    overlappingSync: false,
  });
  const rowsOf = (round: number) => Array.from({ length: 1000 }, (_, at) => rowOf(round * 1000 + at));
  const put = (keys: (row: Row) => string[]) => async (round: number) => {
    const rows = rowsOf(round);
    await bare.transaction(() => {
      for (const each of rows) {
        const [first, ...more] = keys(each);
        void bare.put(Buffer.from(`${first}`), Buffer.from(serialize(each)));
        for (const key of more) void bare.put(Buffer.from(key), Buffer.from(`d${each._id}`));
      }
    });
  };
  const everyKey = ({ _id, code, group, day, amount }: Row) => [
    `d${_id}`,
    `i${_id}`,
    `c${code}`,
    `g${group}/${day}/${_id}`,
    `a${amount}/${_id}`,
  ];
  const [ours = 0, documents = 0, entries = 0] = await inTurn(
    [(round) => collection.insertMany(rowsOf(round)), put(({ _id }) => [`D${_id}`]), put(everyKey)],
    40,
  );
  await bare.close();
  const perSecond = Math.round(1000 / (ours / 1000));
  row(
    'insertMany of 1,000, 3 indexes, beside bare LMDB with the documents and their entries',
    '≥ 0.5 ×',
    `${(entries / ours).toFixed(2)} × (${perSecond} a second)`,
  );
  row('the same beside bare LMDB with the documents alone', '', `${(documents / ours).toFixed(2)} ×`);
}

async function singles(db: Db): Promise<void> {
  const collection = db.collection('singles');
  const insert = () => collection.insertOne({ text: 'x' });
  const rounds = 200;
  const [one = 0, many = 0] = await inTurn([insert, () => Promise.all(Array.from({ length: 64 }, insert))], rounds);
  row(
    'insertOne, 64 at once, beside one at a time',
    '≥ 6 ×',
    `${((64 * one) / many).toFixed(1)} × (${Math.round(64_000 / many)} a second)`,
  );
}

/** Another client's reads, one after the other, while something runs. */
async function waits<T>(client: Collection<Row>, work: Promise<T>): Promise<{ times: number[]; result: T }> {
  const state = { isOver: false };
  const watched = work.finally(() => (state.isOver = true));
  const times: number[] = [];
  while (!state.isOver) times.push(await timed(() => client.findOne({ _id: times.length })));
  return { times, result: await watched };
}

async function scans(store: StoreProcess): Promise<void> {
  const large = store.client.db().collection<Row>(`rows${LARGE}`);
  await inTurn([() => large.findOne({ _id: 7 })], 300);
  const idle = await memoryOf(store);
  const { times: quiet } = await waits(large, delay(3000));
  row('longest wait of another client, nothing else running', '', spread(quiet));
  for (const [name, what] of Object.entries(scanNames)) {
    const memory = { most: 0 };
    const watch = setInterval(() => void memoryOf(store).then((mb) => (memory.most = Math.max(memory.most, mb))), 50);
    const scan = await openScan(store, LARGE);
    const { times, result } = await waits(large, scan.run(name));
    clearInterval(watch);
    const title = `${LARGE} documents ${what} (${(result / 1000).toFixed(1)} s)`;
    row(`longest wait of another client, ${title}`, '≤ 20 ms', spread(times));
    row('memory over idle meanwhile', '≤ 100 MB', `${(memory.most - idle).toFixed(0)} MB`);
  }
}

function spread(times: number[]): string {
  return `${Math.max(...times).toFixed(0)} ms, 99.9 of 100 in ${percentile(times, 0.999).toFixed(0)} ms, median ${percentile(times, 0.5).toFixed(1)} ms`;
}
