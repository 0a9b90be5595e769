import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { MongoClient, type Collection } from 'mongodb';

/** A document of the bench. */
export interface Row {
  _id: number;
  code: string;
  group: number;
  day: number;
  amount: number;
}

/** The engine in a process of its own, and a connection to it. */
export interface StoreProcess {
  child: ChildProcess;
  client: MongoClient;
  uri: string;
  /** How long the opening took in the process, without the start of Node. */
  openMs: number;
}

/** Starts an engine on a folder. */
export async function startStore(folder: string): Promise<StoreProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/store/store-child.ts', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line]: string[] = await once(createInterface(child.stdout), 'line');
  const [, openMs, uri = ''] = (line ?? '').split(' ');
  return { child, uri, client: await MongoClient.connect(uri, { maxPoolSize: 100 }), openMs: Number(openMs) };
}

/** Ends it as `kill -9` does. The client is closed first: the driver's `close` waits for ever on connections that the kill cut. */
export async function killStore({ child, client }: StoreProcess): Promise<void> {
  const ended = once(child, 'exit');
  await client.close();
  child.kill('SIGKILL');
  await ended;
}

/** Memory that the process has for itself, in MB: pages of the file that the system maps for it are not its own. NaN outside Linux. */
export async function memoryOf({ child }: StoreProcess): Promise<number> {
  const status = await readFile(`/proc/${child.pid ?? 0}/status`, 'utf8').catch(() => '');
  return Number(/RssAnon:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

/** The same row for the same number. */
export function rowOf(n: number): Row {
  return {
    _id: n,
    code: `code-${n}`,
    group: (n * 7919) % 500,
    day: (n * 104_729) % 3650,
    amount: (n * 31) % 1_000_003,
  };
}

/** A collection with three indexes and so many rows; what is there already stays. */
export async function fill({ client }: StoreProcess, size: number): Promise<Collection<Row>> {
  const collection = client.db().collection<Row>(`rows${size}`);
  await collection.createIndexes([
    { key: { code: 1 }, unique: true },
    { key: { group: 1, day: -1 } },
    { key: { amount: 1 } },
  ]);
  for (let from = await collection.estimatedDocumentCount(); from < size; from += 2000)
    await Promise.all(
      [0, 500, 1000, 1500].map((more) =>
        collection.insertMany(Array.from({ length: 500 }, (_, at) => rowOf(from + more + at))),
      ),
    );
  return collection;
}
