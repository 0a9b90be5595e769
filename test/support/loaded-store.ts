import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLog } from '../../server/core/log.ts';
import type { Clock } from '../../server/core/clock.ts';
import { createEmbeddedSearch } from '../../server/search/embedded.adapter.ts';
import type { DemoSize } from '../../seed/demo.ts';
import { loadFirstStart } from '../../seed/first-start.ts';
import { openWatched } from './store.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const digestLength = 16;
/** Enough for every state of a certificate and every kind of line. */
export const sizeOfTests: DemoSize = { products: 120, purchases: 600 };
const shelf = join(root, 'node_modules/.cache/xanh-demo');

/**
 * A folder with the reference data, or with the demonstration register where it is wanted, as a first start at the clock's
 * instant loads it. It is loaded once for one state of the sources, and copied for whoever asks again.
 */
export async function copyLoadedFolder(clock: Clock, wantsDemo: boolean, size = sizeOfTests): Promise<string> {
  const loaded = join(
    shelf,
    [await digestOfSources(), wantsDemo ? Object.values(size).join('-') : 'reference', Date.parse(clock.now())].join(
      '-',
    ),
  );
  if (!existsSync(loaded)) await load(loaded, { clock, wantsDemo, size });
  const folder = await mkdtemp(join(tmpdir(), 'xanh-'));
  await cp(loaded, folder, { recursive: true });
  return folder;
}

interface Loading {
  clock: Clock;
  wantsDemo: boolean;
  size: DemoSize;
}

async function load(target: string, { clock, wantsDemo, size }: Loading): Promise<void> {
  await mkdir(shelf, { recursive: true });
  const older = (await readdir(shelf)).filter(
    (name) => !name.startsWith('loading-') && !name.startsWith(basename(target).slice(0, digestLength)),
  );
  await Promise.all(older.map((name) => rm(join(shelf, name), { recursive: true, force: true })));
  const folder = await mkdtemp(join(shelf, 'loading-'));
  const store = await openWatched({ XANH_DATA: folder });
  const searchPort = createEmbeddedSearch();
  await loadFirstStart({
    connection: store.connection,
    clock,
    log: createLog('silent'),
    searchPort,
    wantsDemo,
    size,
    announce: () => {},
  });
  await searchPort.close();
  await store.close();
  // Two test files may load at once: the folder of the first to finish is taken.
  await rename(folder, target).catch(() => rm(folder, { recursive: true }));
}

async function digestOfSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of ['server', 'seed', 'schemas']) {
    const entries = await readdir(join(root, folder), { withFileTypes: true, recursive: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    for (const file of files.toSorted()) hash.update(await readFile(file));
  }
  return hash.digest('hex').slice(0, digestLength);
}
