import { Meilisearch, MeilisearchApiError, type MultiSearchParams } from 'meilisearch';
import type { Revision } from './agreement.rules.ts';
import { fault } from './fault.rules.ts';
import { translated, unlessMissing } from './meilisearch-client.ts';
import { fromEngineAnswers, toEngineQueries } from './meilisearch-query.ts';
import { indexUid, oldestVersion } from './meilisearch-settings.ts';
import { alignSettings, createWriter } from './meilisearch-writer.ts';
import type { SearchPort } from './port.ts';

/** Where the engine is, and the key that may do everything Xanh asks of it. */
export interface EngineAddress {
  url: string;
  key?: string | undefined;
}

const searchMs = 2000;
const adminMs = 10_000;
const healthMs = 1000;
const revisionsAtOnce = 1000;
/** The key with which requests search, and nothing else. */
const searchKey = {
  uid: '7a1c6b1e-58d5-4b7f-9d52-2f0c1a6f5e10',
  name: 'xanh search',
  actions: ['search'],
  indexes: [indexUid],
  expiresAt: null,
};

/** Meilisearch, the search engine of a register that has outgrown one machine. */
export function createMeilisearch({ url, key }: EngineAddress): SearchPort {
  const clientFor = (apiKey: string | undefined, timeout: number) =>
    new Meilisearch({ host: url, timeout, ...(apiKey !== undefined && { apiKey }) });
  const admin = clientFor(key, adminMs);
  const probe = clientFor(key, healthMs);
  let searcher = clientFor(key, searchMs);
  const { pending, ...writer } = createWriter(admin);
  return {
    ...writer,
    isShared: true,
    init: () =>
      translated(async () => {
        await refuseOldServer(admin);
        searcher = clientFor(await keyForSearch(admin, key), searchMs);
        await alignSettings(admin, indexUid);
      }),
    async health() {
      const state = await probe
        .index(indexUid)
        .getStats()
        .catch(() => null);
      const documents = state?.numberOfDocuments ?? 0;
      return { engine: 'meilisearch', ready: state !== null, documents, pending: pending() };
    },
    search: (request) =>
      translated(async () => {
        const start = performance.now();
        const queries = toEngineQueries(request);
        const { results } = await searcher.multiSearch<MultiSearchParams, Revision>(queries);
        return { ...fromEngineAnswers(request, results), tookMs: performance.now() - start };
      }),
    rebuild: (source) => translated(() => writer.rebuild(source)),
    revisions: () => readRevisions(admin),
    close: async () => {},
  };
}

async function* readRevisions(admin: Meilisearch): AsyncGenerator<Revision[]> {
  for (let offset = 0; ; offset += revisionsAtOnce) {
    const query = { fields: ['id', 'seq'] as ('id' | 'seq')[], limit: revisionsAtOnce, offset };
    const { results } = await translated(() => admin.index<Revision>(indexUid).getDocuments(query));
    yield results;
    if (results.length < revisionsAtOnce) return;
  }
}

async function refuseOldServer(admin: Meilisearch): Promise<void> {
  const { pkgVersion } = await admin.getVersion();
  const [major = 0, minor = 0] = pkgVersion.split('.').map(Number);
  const [oldestMajor, oldestMinor] = oldestVersion;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw fault('failed', `Meilisearch ${pkgVersion} is too old: install ${oldestVersion.join('.')} or later.`);
}

/** A key that may search and nothing else; where the given key may not manage keys, that key itself. */
async function keyForSearch(admin: Meilisearch, key: string | undefined): Promise<string | undefined> {
  if (key === undefined) return undefined;
  try {
    const made = await admin.getKey(searchKey.uid).catch(unlessMissing);
    return (made ?? (await admin.createKey(searchKey))).key;
  } catch (error) {
    if (error instanceof MeilisearchApiError && error.response.status === 403) return key;
    throw error;
  }
}
