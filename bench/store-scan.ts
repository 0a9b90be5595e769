import { Worker } from 'node:worker_threads';
import { once } from 'node:events';
import type { StoreProcess } from './store-process.ts';

/** Questions that look at every document, and how to say them. */
export const scanNames = {
  count: 'counted by a filter without an index',
  sort: 'sorted without an index, 20 taken',
  group: 'grouped and summed',
  read: 'read in batches',
};

export type ScanName = keyof typeof scanNames;

/** A client in a thread of its own, so that its work is not taken for waiting; `run` gives how long the scan took. */
export async function openScan({ uri }: StoreProcess, size: number): Promise<{ run(name: string): Promise<number> }> {
  const worker = new Worker(new URL('./store-scan-worker.cjs', import.meta.url), { workerData: { uri, size } });
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
