import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { MongoClient } from 'mongodb';
import { temporaryFolder } from './support.ts';

const children: ChildProcess[] = [];
const folders: string[] = [];

/** Ends the children and removes the folders of a test. */
export function cleanUp(): void {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** A folder of the test; one that is given is only removed at its end. */
export function newFolder(folder = temporaryFolder()): string {
  folders.push(folder);
  return folder;
}

/** A process of its own with an engine. */
export interface Child {
  process: ChildProcess;
  lines: string[];
  /** `ready <milliseconds> <uri>` */
  ready: Promise<string>;
  /** Writes a line to the child; gives the next line that begins with it. */
  ask: (word: string) => Promise<string>;
}

/** Starts `store-child.ts` on a folder, with the work that it names. */
export function startChild(folder: string, work = '', options: string[] = []): Child {
  const script = fileURLToPath(new URL('store-child.ts', import.meta.url));
  const child = spawn(process.execPath, [...options, '--import', 'tsx', script, folder, work], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  const lines: string[] = [];
  const ready = new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the child ended with ${code}`)));
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line);
      if (line.startsWith('ready')) resolve(line);
    });
  });
  ready.catch(() => undefined);
  const ask = async (word: string) => {
    const known = lines.length;
    child.stdin.write(`${word}\n`);
    for (;;) {
      const line = lines.slice(known).find((each) => each.startsWith(word));
      if (line !== undefined) return line;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  return { process: child, lines, ready, ask };
}

/** Kills it as `kill -9` does, and waits for its end. */
export async function kill({ process: child }: Child): Promise<void> {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** Connects, uses, and closes the connection. */
export async function withClient<T>(uri: string, use: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = await MongoClient.connect(uri);
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}
