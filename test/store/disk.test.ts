import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { cleanUp, newFolder } from './child-process.ts';

jest.setTimeout(60_000);
afterAll(cleanUp);

// A disk of 6 MB that only the child sees; not every machine lets a process have one.
const ownDisk = ['-rm', 'sh', '-c', 'mount -t tmpfs -o size=6m tmpfs "$0" && exec "$@"'];
const hasOwnDisk = spawnSync('unshare', [...ownDisk, newFolder(), 'true']).status === 0;
const onOwnDisk = hasOwnDisk ? describe : describe.skip;

onOwnDisk('a small disk that this machine lets a process have', () => {
  test('loses nothing on a full disk, and goes on when there is space; leaves a read-only folder as it is', () => {
    const script = fileURLToPath(new URL('disk-child.ts', import.meta.url));
    const program = [process.execPath, '--import', 'tsx', script];
    const folder = newFolder();
    const { stdout, stderr, status } = spawnSync('unshare', [...ownDisk, folder, ...program, folder], {
      encoding: 'utf8',
    });
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    const sound = { valid: true, lost: 0, notAcknowledged: 0, agrees: true };
    const seen: { filledUp: number; acknowledged: number } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    expect(seen).toMatchObject({
      refusals: ['14031: nothing is stored, the disk takes no more: is it full?'],
      full: sound,
      startWhenFull: { message: expect.stringMatching(/cannot be opened: ENOSPC: no space left/), isUnchanged: true },
      againWithSpace: sound,
      startReadOnly: { message: expect.stringMatching(/read-only file system/), isUnchanged: true },
      commandReadOnly: { status: 1, stderr: expect.stringMatching(/read-only file system/) },
      againWritable: sound,
      isLeftAlone: true,
    });
    expect(seen.filledUp).toBeGreaterThan(50);
    expect(seen.acknowledged).toBe(seen.filledUp + 20);
  });
});
