import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { loadFirstStart } from '../../seed/first-start.ts';
import { seedDemo, seedReference } from '../../seed/seed.ts';
import { seedMark } from '../../seed/seed-mark.ts';
import { composeServices, type Composition } from '../../server/compose.ts';
import { settableClock, systemClock } from '../../server/core/clock.ts';
import { createLog } from '../../server/core/log.ts';
import { createEmbeddedSearch } from '../../server/search/embedded.adapter.ts';
import { sizeOfTests } from '../support/loaded-store.ts';
import { openStore, type Store } from '../../server/store.ts';

// The whole register goes through the services, each entry committed to the disk before the next day begins.
jest.setTimeout(300_000);

const begun = '2026-06-10';
const collections = ['organisations', 'criteria', 'products', 'certificates', 'priorityLists', 'purchases'];

/** What the first start said while it loaded. */
let said: string[] = [];
const announce = (what: string): void => void said.push(what);

describe('the first start', () => {
  let folder: string;
  let store: Store;
  let parts: Pick<Composition, 'connection' | 'clock' | 'log' | 'searchPort'>;

  beforeEach(async () => {
    said = [];
    folder = await mkdtemp(join(tmpdir(), 'xanh-seed-'));
    store = await openStore({ XANH_DATA: folder });
    const { connection } = store;
    parts = { connection, clock: systemClock(), log: createLog('silent'), searchPort: createEmbeddedSearch() };
  });

  afterEach(async () => {
    await parts.searchPort.close();
    await store.close();
    await rm(folder, { recursive: true });
  });

  const all = (name: string) => store.connection.collection(name).find().toArray();
  const counts = async (): Promise<Record<string, number>> => {
    const entries = collections.map(
      async (name) => [name, await store.connection.collection(name).countDocuments()] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
  };
  const everything = {
    organisations: 116,
    criteria: 35,
    products: 120,
    certificates: 85,
    priorityLists: 3,
    purchases: 600,
  };

  it('gives a store without demonstration reference data alone, and it stays so', async () => {
    expect(await loadFirstStart({ ...parts, wantsDemo: false, announce })).toMatchObject({ isDemo: false });
    const onlyReference = {
      organisations: 56,
      criteria: 22,
      products: 0,
      certificates: 0,
      priorityLists: 0,
      purchases: 0,
    };
    expect(await counts()).toEqual(onlyReference);
    expect(await loadFirstStart({ ...parts, wantsDemo: true, size: sizeOfTests, announce })).toMatchObject({
      isDemo: false,
    });
    expect(said).toEqual([]);
    expect(await counts()).toEqual(onlyReference);
  });

  it('goes on where a load was cut off, for the day on which it began, and doubles nothing', async () => {
    await seedMark(store.connection, { today: begun, isDemo: true });
    await loadUntilCutOff();
    const before = await counts();
    expect(before['purchases']).toBeGreaterThan(0);
    expect(before['purchases']).toBeLessThan(600);

    expect(await loadFirstStart({ ...parts, wantsDemo: true, size: sizeOfTests, announce })).toMatchObject({
      isDemo: true,
    });
    expect(said[0]).toContain('fictional');
    expect(said.slice(1).every((line) => /^… \d+% of it entered$/.test(line))).toBe(true);
    expect(await counts()).toEqual(everything);
    const [certificates, purchases] = await Promise.all([all('certificates'), all('purchases')]);
    expect(certificates.flatMap((certificate) => certificate['events'] as unknown[])).toHaveLength(17);
    expect(purchases.flatMap((purchase) => purchase['corrections'] as unknown[])).toHaveLength(8);
    expect(purchases.every(({ demo, basisDate }) => demo === true && String(basisDate) < begun)).toBe(true);
    const days = new Set(purchases.map(({ recordedAt }) => String(recordedAt).slice(0, 10)));
    expect(days.size).toBeGreaterThan(80);

    await loadFirstStart({ ...parts, wantsDemo: true, size: sizeOfTests, announce });
    expect(await counts()).toEqual(everything);
    expect(await all('purchases')).toEqual(purchases);
    await tellsWhatIsMissed();
  });

  /** Three needs that nothing meets, each asked for by six agencies and told because five did. */
  async function tellsWhatIsMissed(): Promise<void> {
    const services = await composeServices({ ...parts, writesDemo: true, demo: null });
    const { items } = await services.needs.map({});
    const wanted = items.flatMap(({ group, published }) =>
      (published?.wants ?? []).map((want) => ({ group, ...want })),
    );
    expect(wanted.map(({ group }) => group).toSorted()).toEqual([
      'air-conditioner',
      'office-furniture',
      'refrigerator',
    ]);
    expect(wanted).toEqual(wanted.map((want) => ({ ...want, agencies: 5, asks: 6, matching: 0 })));
    await services.close();
  }

  async function loadUntilCutOff(): Promise<void> {
    const clock = settableClock();
    let entries = 0;
    const cut = {
      ...clock,
      at<T>(instant: string, work: () => T): T {
        if (++entries > 310) throw new Error('cut off');
        return clock.at(instant, work);
      },
    };
    const services = await composeServices({ ...parts, clock: cut, writesDemo: true, demo: null });
    await seedReference(services);
    await expect(seedDemo(services, cut, { ...sizeOfTests, today: begun, progress: () => {} })).rejects.toThrow(
      'cut off',
    );
    await services.close();
  }
});
