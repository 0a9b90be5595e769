import { parentPort, workerData } from 'node:worker_threads';
import { MongoClient, type Collection } from 'mongodb';
import { timed } from './measure.ts';
import type { ScanName } from './store-scan.ts';
import type { Row } from './store-process.ts';

const scans: Record<ScanName, (rows: Collection<Row>) => Promise<unknown>> = {
  count: (rows) => rows.countDocuments({ code: /7$/ }),
  sort: (rows) => rows.find().sort({ day: -1, code: 1 }).limit(20).toArray(),
  group: (rows) => rows.aggregate([{ $group: { _id: '$group', sum: { $sum: '$amount' } } }]).toArray(),
  read: async (rows) => {
    for await (const _ of rows.find()) continue;
  },
};

/** Connects, then makes the one scan that it is told. */
async function work({ uri, size }: { uri: string; size: number }): Promise<void> {
  const client = await MongoClient.connect(uri);
  const rows = client.db().collection<Row>(`rows${size}`);
  parentPort?.once(
    'message',
    (name: ScanName) => void timed(() => scans[name](rows)).then((ms) => parentPort?.postMessage(ms, [])),
  );
  parentPort?.postMessage('ready', []);
}

void work(workerData);
