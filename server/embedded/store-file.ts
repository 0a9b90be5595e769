import { spawnSync } from 'node:child_process';
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { RootDatabase } from 'lmdb';
import { DATA_FILE } from './address.ts';

const ROOM = 128 * 1024;
const [MAGIC, VERSION] = [0xbeefc0de, 2];
/** Where LMDB's first page has them. */
const AT = { magic: 24, version: 28, pageSize: 48 };

/** Throws where a store's folder cannot be written or has no room for a start: LMDB maps its lock file, and would end the process. */
export function assertWritable(folder: string): void {
  const files = [DATA_FILE, 'lock.mdb'].map((name) => join(folder, name));
  for (const file of files) if (existsSync(file)) accessSync(file, constants.W_OK);
  const trial = join(folder, `room-${process.pid}`);
  try {
    writeFileSync(trial, Buffer.alloc(ROOM));
  } finally {
    rmSync(trial, { force: true });
  }
}

/**
 * Looks at a store's file before LMDB opens it, which ends the process over one that it does not know. A new or empty file is fine. Throws with the
 * reason for one that is not LMDB's, is of another version, or is shorter than its head.
 */
export function assertStoreFile(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return;
  const head = Buffer.alloc(64);
  const file = openSync(path, 'r');
  readSync(file, head);
  closeSync(file);
  if (head.readUInt32LE(AT.magic) !== MAGIC) throw new Error(`${path} is not a file of this store`);
  const version = head.readUInt32LE(AT.version);
  if (version !== VERSION)
    throw new Error(`${path} has version ${version} of its format, this program reads ${VERSION}`);
  if (size < 2 * head.readUInt32LE(AT.pageSize)) throw new Error(`${path} is cut off: it is shorter than its head`);
}

/** Throws for an open environment whose file ends before its last page: a page that is missing would end the process when it is read. */
export function assertWhole(root: RootDatabase<Buffer, Buffer>, path: string): void {
  const { lastPageNumber, pageSize } = root.getStats() as { lastPageNumber: number; pageSize: number };
  const [size, wanted] = [statSync(path).size, (lastPageNumber + 1) * pageSize];
  // Free pages at the end need not be there: only reading everything shows whether something is missing.
  if (size < wanted && !canBeRead(path)) throw new Error(`${path} is cut off: ${size} bytes of ${wanted} are there`);
}

/** Reads every page that is in use, in a process of its own, which a missing page ends. */
function canBeRead(path: string): boolean {
  const script = `
    import { open } from 'lmdb';
    const options = { encoding: 'binary', keyEncoding: 'binary' };
    const root = open({ path: process.argv[1], readOnly: true, maxDbs: 8, ...options });
    for (const name of ['catalog', 'stats', 'records', 'entries'])
      for (const { value } of root.openDB({ name, ...options }).getRange()) value.at(-1);`;
  const args = ['--input-type=module', '--eval', script, dirname(path)];
  return spawnSync(process.execPath, args, { cwd: import.meta.dirname, stdio: 'ignore' }).status === 0;
}
