import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { settableClock } from '../../server/core/clock.ts';
import { startOfTests } from '../support/app.ts';
import { copyLoadedFolder } from '../support/loaded-store.ts';

/** The real app with the demonstration register, as `npm start` runs it. */
export interface RunningApp {
  url: string;
  stop(): Promise<void>;
}

/** The day that counts as today for every browser test. */
export const today = '2026-11-24';

const root = join(import.meta.dirname, '../..');

/** Starts the app on a free port over a folder with the tests' demonstration register, and waits until it can serve. */
export async function startApp(): Promise<RunningApp> {
  const clock = settableClock();
  // The app records by the real clock: what it begins with is not later, wherever that clock stands.
  const midnight = `${new Date().toISOString().slice(0, 10)}T00:00:00.000Z`;
  clock.set(midnight < startOfTests ? midnight : startOfTests);
  const data = await copyLoadedFolder(clock, true);
  const port = await findFreePort();
  const app = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: root,
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      PORT: String(port),
      XANH_DATA: data,
      XANH_TODAY: today,
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(app, 'exit');
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilServing(url, () => app.exitCode !== null);
  } catch (error) {
    app.kill('SIGKILL');
    throw error;
  }
  return {
    url,
    async stop() {
      app.kill('SIGTERM');
      await ended;
      await rm(data, { recursive: true, force: true });
    },
  };
}

async function untilServing(url: string, hasEnded: () => boolean): Promise<void> {
  while (!hasEnded()) {
    const isServing = await fetch(`${url}/api/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isServing) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('the app ended before it could serve');
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
