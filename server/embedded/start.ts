import { once } from 'node:events';
import { chmodSync, mkdirSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { addressOf, runningUri, storeFolder, type Address } from './address.ts';

/** A store to connect to. `close` ends the engine if this call started it, and does nothing if it was running already. */
export interface EmbeddedStore {
  uri: string;
  close: () => Promise<void>;
}

/**
 * Gives the store of a data folder: the engine that is running for it, in whatever process, or else a new one in a worker thread of this process.
 * Throws if the folder cannot be used.
 */
export async function startEmbeddedStore(dataFolder: string): Promise<EmbeddedStore> {
  const folder = storeFolder(dataFolder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const address = addressOf(folder);
  const uri = await runningUri(address);
  return uri === null ? startEngine(address) : { uri, close: async () => {} };
}

/** The connection string of the engine that is running for a data folder, or null. Starts nothing. */
export function findRunningStore(dataFolder: string): Promise<string | null> {
  return runningUri(addressOf(storeFolder(dataFolder)));
}

async function startEngine(address: Address): Promise<EmbeddedStore> {
  const worker = new Worker(new URL('./worker-entry.cjs', import.meta.url), { workerData: address });
  const [state]: unknown[] = await once(worker, 'message');
  const isOurs = state === 'listening';
  if (!isOurs) await worker.terminate();
  const uri = await runningUri(address);
  if (uri === null) throw new Error(`The store in ${address.folder} cannot be opened: ${String(state)}`);
  // The store alone is no reason for a process to stay.
  worker.unref();
  let closing: Promise<void> | undefined;
  return { uri, close: async () => (isOurs ? (closing ??= closeEngine(worker)) : undefined) };
}

async function closeEngine(worker: Worker): Promise<void> {
  worker.ref();
  worker.postMessage('close', []);
  await once(worker, 'message');
  await worker.terminate();
}
