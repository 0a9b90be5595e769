import { isDeepStrictEqual } from 'node:util';
import type { Meilisearch } from 'meilisearch';
import type { SearchDoc } from './document.rules.ts';
import { done, translated, unlessMissing } from './meilisearch-client.ts';
import { toEngineDoc } from './meilisearch-query.ts';
import { indexUid, nextUid, settings } from './meilisearch-settings.ts';
import type { SearchPort } from './port.ts';
import { keepWrites } from './writes-under-way.ts';

/** An index, and the revision of each document last written to it: an older one never replaces a newer. */
interface Target {
  admin: Meilisearch;
  uid: string;
  seqs: Map<string, number>;
}

type Send = (target: Target) => Promise<void>;
type Writer = Pick<SearchPort, 'upsert' | 'remove' | 'settle' | 'rebuild'> & { pending(): number };

/** Writes go out one after the other; during a rebuild into both indexes, so that nothing written meanwhile is lost. */
export function createWriter(admin: Meilisearch): Writer {
  const writes = keepWrites();
  let main: Target = { admin, uid: indexUid, seqs: new Map() };
  let next: Target | null = null;
  const inLine = createLine();
  const toAll = (send: Send) =>
    writes.add(
      inLine(async () => {
        await send(main);
        if (next) await send(next);
      }),
    );
  return {
    pending: () => writes.pending(),
    settle: writes.settle,
    upsert: async (docs) => toAll((target) => put(target, docs)),
    remove: async (ids) => toAll((target) => drop(target, ids)),
    async rebuild(source) {
      const start = performance.now();
      const filled: Target = { admin, uid: nextUid, seqs: new Map() };
      next = filled;
      try {
        await begin(filled);
        for await (const docs of source) await inLine(() => put(filled, docs));
        await inLine(async () => {
          await takePlace(admin);
          main = { ...filled, uid: indexUid };
          next = null;
        });
      } finally {
        next = null;
        await admin.deleteIndexIfExists(nextUid).catch(() => false);
      }
      const { numberOfDocuments } = await admin.index(indexUid).getStats();
      return { documents: numberOfDocuments, ms: performance.now() - start };
    },
  };
}

/** One after the other: each begins when the one before has ended, however it ended. */
function createLine(): (work: () => Promise<void>) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const sent = last.then(() => translated(work));
    last = sent.catch(() => null);
    return sent;
  };
}

/** Sends the settings of an index that differ from the wanted ones, and waits until they hold; an index that is not there is left alone. */
export async function alignSettings(admin: Meilisearch, uid: string): Promise<void> {
  const present = await admin.index(uid).getSettings().catch(unlessMissing);
  if (present === null) return;
  const wrong = Object.entries(settings).filter(
    ([name, value]) => !isDeepStrictEqual(present[name as keyof typeof present], value),
  );
  if (wrong.length > 0) await done(admin.index(uid).updateSettings(Object.fromEntries(wrong)));
}

async function put({ admin, uid, seqs }: Target, docs: SearchDoc[]): Promise<void> {
  const fresh = fresherThan(seqs, docs);
  if (fresh.length > 0) await done(admin.index(uid).addDocuments(fresh.map(toEngineDoc)));
}

async function drop({ admin, uid, seqs }: Target, ids: { id: string; seq: number }[]): Promise<void> {
  const fresh = fresherThan(seqs, ids);
  if (fresh.length > 0) await done(admin.index(uid).deleteDocuments(fresh.map(({ id }) => id)));
}

/** Those that are not older than what was written; from now on they are what was written. */
function fresherThan<T extends { id: string; seq: number }>(seqs: Target['seqs'], entries: T[]): T[] {
  const fresh = entries.filter(({ id, seq }) => seq >= (seqs.get(id) ?? 0));
  for (const { id, seq } of fresh) seqs.set(id, seq);
  return fresh;
}

/** An empty index under the next name, with its settings. */
async function begin({ admin, uid }: Target): Promise<void> {
  await admin.deleteIndexIfExists(uid);
  await done(admin.createIndex(uid, { primaryKey: 'id' }));
  await alignSettings(admin, uid);
}

/** Lets the two indexes change places in one step; the first time there is an empty one to change with. */
async function takePlace(admin: Meilisearch): Promise<void> {
  const isThere = (await admin.getRawIndex(indexUid).catch(unlessMissing)) !== null;
  if (!isThere) await done(admin.createIndex(indexUid, { primaryKey: 'id' }));
  await done(admin.swapIndexes([{ indexes: [indexUid, nextUid], rename: false }]));
}
