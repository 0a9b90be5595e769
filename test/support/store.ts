import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store } from '../../server/store.ts';
import { watchSubset } from './subset.ts';

/**
 * A store of its own: a new database of `MONGODB_URI` where that is given, else an embedded store in a temporary folder.
 * It is empty, or what `prepared` has put into the folder.
 */
export async function openTestStore(prepared?: () => Promise<string>): Promise<Store> {
  const given = process.env['MONGODB_URI'];
  if (given) {
    const uri = new URL(given);
    uri.pathname = `/xanh_test_${randomBytes(6).toString('hex')}`;
    const store = await openWatched({ MONGODB_URI: uri.href, XANH_DATA: '' });
    return {
      ...store,
      async close() {
        await store.connection.dropDatabase();
        await store.close();
      },
    };
  }
  const folder = prepared ? await prepared() : await mkdtemp(join(tmpdir(), 'xanh-'));
  const store = await openWatched({ XANH_DATA: folder });
  return {
    ...store,
    async close() {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A store whose `close` throws if anything was sent that is outside the subset in `docs/embedded-store.md`. */
export async function openWatched(config: Parameters<typeof openStore>[0]): Promise<Store> {
  const store = await openStore(config, { monitorCommands: true });
  const assertInside = watchSubset(store.connection.getClient());
  return {
    ...store,
    async close() {
      await store.close();
      assertInside();
    },
  };
}
