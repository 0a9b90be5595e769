// Started by disk.test.ts, on a small disk of its own: `node --import tsx disk-child.ts <folder>`. Its last line is what it saw, as JSON.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MongoClient, type Collection } from 'mongodb';
import { startEmbeddedStore } from '../../server/embedded/start.ts';

interface Row {
  _id: number;
  n: number;
  text: string;
}

const [, , disk = ''] = process.argv;
const inDisk = (name: string) => join(disk, name);
const data = inDisk('store/data.mdb');
const acknowledged = new Set<number>();
const refusals = new Set<string>();

/** Inserts one document at a time, until it is refused so many times. */
async function insertUntilRefused(rows: Collection<Row>, first: number, most: number): Promise<void> {
  for (let [id, refused] = [first, 0]; refused < 3 && id < first + most; id += 1)
    try {
      await rows.insertOne({ _id: id, n: -id, text: 'x'.repeat(20_000) });
      acknowledged.add(id);
    } catch (error) {
      refused += 1;
      const { code, message } = error as { code?: number; message: string };
      refusals.add(`${code}: ${message}`);
    }
}

async function withRows<T>(use: (rows: Collection<Row>) => Promise<T>): Promise<T> {
  const store = await startEmbeddedStore(disk);
  const client = await MongoClient.connect(store.uri);
  try {
    return await use(client.db().collection<Row>('rows'));
  } finally {
    await client.close();
    await store.close();
  }
}

async function stateOf(rows: Collection<Row>) {
  const there = (await rows.find().toArray()).map(({ _id }) => _id);
  const { valid, nrecords } = await rows.db.command({ validate: 'rows' });
  const lost = [...acknowledged].filter((id) => !there.includes(id)).length;
  return { valid, lost, notAcknowledged: there.length - acknowledged.size + lost, agrees: nrecords === there.length };
}

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => 'started',
    (error: Error) => error.message,
  );
const hashOfFile = () => createHash('sha256').update(readFileSync(data)).digest('hex');
const mount = (options: string) => execFileSync('mount', ['-o', `remount,${options}`, disk]);

/** A start that must fail, and whether it leaves the file as it was. */
async function refusedStart() {
  const before = hashOfFile();
  return { message: await failureOf(startEmbeddedStore(disk)), isUnchanged: hashOfFile() === before };
}

writeFileSync(inDisk('ballast'), Buffer.alloc(3 << 20));
const full = await withRows(async (rows) => {
  await rows.createIndex({ n: 1 }, { unique: true });
  writeFileSync(inDisk('store/beside.txt'), 'left alone');
  await Promise.all([0, 1, 2, 3].map((writer) => insertUntilRefused(rows, writer * 1000, 500)));
  return stateOf(rows);
});
const filledUp = acknowledged.size;
try {
  writeFileSync(inDisk('rest'), Buffer.alloc(8 << 20));
} catch {
  // Now the disk is full to its last page.
}
const startWhenFull = await refusedStart();
rmSync(inDisk('rest'));
truncateSync(inDisk('ballast'), 1 << 20);
const againWithSpace = await withRows(async (rows) => {
  await insertUntilRefused(rows, 5000, 20);
  return stateOf(rows);
});
mount('ro');
const startReadOnly = await refusedStart();
const environment = { ...process.env, XANH_DATA: disk, MONGODB_URI: '' };
const command = ['--import', 'tsx', 'server/cli.ts', 'validate'];
const { status, stderr } = spawnSync(process.execPath, command, { env: environment, encoding: 'utf8' });
mount('rw');
const againWritable = await withRows(stateOf);
const isLeftAlone = readFileSync(inDisk('store/beside.txt'), 'utf8') === 'left alone';
const seen = { filledUp, refusals: [...refusals], full, startWhenFull, againWithSpace, startReadOnly };
const end = { acknowledged: acknowledged.size, commandReadOnly: { status, stderr }, againWritable, isLeftAlone };
process.stdout.write(`${JSON.stringify({ ...seen, ...end })}\n`);
