import { spawnSync } from 'node:child_process';
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  openSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

const ROOM = 128 * 1024;
const [MAGIC, VERSION] = [0xbeefc0de, 2];
// Of LMDB's first two pages: each says where the file ended at its commit, and the newer one counts.
const HEAD = 24;
const META = { magic: HEAD, version: HEAD + 4, pageSize: HEAD + 24, lastPage: HEAD + 120, transaction: HEAD + 128 };

/** Throws where a store's folder cannot be written or has no room for a start: LMDB maps its lock file, and would end the process. */
export function assertWritable(folder: string): void {
  const files = ['data.mdb', 'lock.mdb'].map((name) => join(folder, name));
  for (const file of files) if (existsSync(file)) accessSync(file, constants.W_OK);
  const trial = join(folder, `room-${process.pid}`);
  try {
    writeFileSync(trial, Buffer.alloc(ROOM));
  } finally {
    rmSync(trial, { force: true });
  }
}

/**
 * Looks at a store's file before LMDB maps it: a page that is missing would end the process, not throw. A new or empty file is fine.
 * Throws with the reason for one that is not LMDB's, is of another version, or is cut off.
 */
export function assertStoreFile(path: string): void {
  const first = readPages(path);
  if (first.size === 0) return;
  const { bytes, size } = first;
  if (bytes.length < META.transaction + 8 || bytes.readUInt32LE(META.magic) !== MAGIC)
    throw new Error(`${path} is not a file of this store`);
  if (bytes.readUInt32LE(META.version) !== VERSION)
    throw new Error(
      `${path} has version ${bytes.readUInt32LE(META.version)} of its format, this program reads ${VERSION}`,
    );
  const pageSize = bytes.readUInt32LE(META.pageSize);
  const second = bytes.subarray(pageSize);
  const isWhole = second.length >= META.transaction + 8 && second.readUInt32LE(META.magic) === MAGIC;
  if (!isWhole) throw new Error(`${path} is cut off: it is shorter than its head`);
  const newer = [bytes, second].toSorted((a, b) => Number(transactionOf(b) - transactionOf(a)))[0] ?? bytes;
  const wanted = (Number(newer.readBigUInt64LE(META.lastPage)) + 1) * pageSize;
  // Free pages at the end need not be there: only reading everything shows whether something is missing.
  if (size < wanted && !canBeRead(path)) throw new Error(`${path} is cut off: ${size} bytes of ${wanted} are there`);
}

function transactionOf(meta: Buffer): bigint {
  return meta.readBigUInt64LE(META.transaction);
}

function readPages(path: string): { bytes: Buffer; size: number } {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { bytes: Buffer.alloc(0), size: 0 };
    throw error;
  }
  try {
    const bytes = Buffer.alloc(2 * 65_536);
    return { bytes: bytes.subarray(0, readSync(file, bytes)), size: fstatSync(file).size };
  } finally {
    closeSync(file);
  }
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
