import { chmodSync, existsSync, linkSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { DATA_FILE } from './address.ts';
import { ensure } from './errors.ts';
import { command, type Command } from './request.ts';
import type { Storage } from './storage.ts';

/** backup: this store's own, MongoDB has none */
export const backupCommands: Record<string, Command> = {
  backup: command({}, async (_, { storage, argument }) => ({ fields: { bytes: await backup(storage, argument) } })),
};

/** Writes one state of the whole store into a new file, without what is free in it, while others read and write. */
async function backup({ root }: Storage, file: unknown): Promise<number> {
  ensure(typeof file === 'string' && isAbsolute(file), 2, 'backup takes the absolute path of a file');
  ensure(!existsSync(file), 48, `${file} is there already`);
  const folder = mkdtempSync(`${file}.part-`);
  try {
    await root.backup(folder, true);
    chmodSync(join(folder, DATA_FILE), 0o600);
    // A link, unlike a renaming, never replaces what somebody put there meanwhile.
    linkSync(join(folder, DATA_FILE), file);
    return statSync(file).size;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
