import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { once } from 'node:events';
import { MongoClient } from 'mongodb';
import { timed } from './measure.ts';
import type { Row, StoreProcess } from './store-process.ts';

/** Questions that look at every document, and how to say them. */
export const scanNames = {
  count: 'counted by a filter without an index',
  sort: 'sorted without an index, 20 taken',
  group: 'grouped and summed',
  read: 'read in batches',
};

type ScanName = keyof typeof scanNames;

/** A client in a thread of its own, so that its work is not taken for waiting; `run` gives how long the scan took. */
export async function openScan({ uri }: StoreProcess, size: number): Promise<{ run(name: string): Promise<number> }> {
  const worker = new Worker(new URL(import.meta.url), { workerData: { uri, size }, execArgv: ['--import', 'tsx'] });
  await once(worker, 'message');
  return {
    async run(name) {
      worker.postMessage(name, []);
      const [ms]: number[] = await once(worker, 'message');
      await worker.terminate();
      return ms ?? NaN;
    },
  };
}

if (!isMainThread) {
  const { uri, size }: { uri: string; size: number } = workerData;
  const client = await MongoClient.connect(uri);
  const rows = client.db().collection<Row>(`rows${size}`);
  const scans: Record<ScanName, () => Promise<unknown>> = {
    count: () => rows.countDocuments({ code: /7$/ }),
    sort: () => rows.find().sort({ day: -1, code: 1 }).limit(20).toArray(),
    group: () => rows.aggregate([{ $group: { _id: '$group', sum: { $sum: '$amount' } } }]).toArray(),
    read: async () => {
      for await (const _ of rows.find()) continue;
    },
  };
  parentPort?.once(
    'message',
    (name: ScanName) => void timed(scans[name]).then((ms) => parentPort?.postMessage(ms, [])),
  );
  parentPort?.postMessage('ready', []);
}
