import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { removeDemo } from '../../seed/demo-removal.ts';
import { seedMark } from '../../seed/seed-mark.ts';
import { settableClock } from '../../server/core/clock.ts';
import { startOfTests } from '../support/app.ts';
import { copyLoadedFolder } from '../support/loaded-store.ts';
import type { Store } from '../../server/store.ts';
import { openTestStore } from '../support/store.ts';

describe('xanh demo leave', () => {
  let store: Store;
  const clock = settableClock();
  const count = (name: string, filter: object) => store.connection.collection(name).countDocuments(filter);

  beforeAll(async () => {
    clock.set(startOfTests);
    store = await openTestStore(() => copyLoadedFolder(clock, true));
  }, 300_000);
  afterAll(() => store.close());

  it('removes every fictional record for good and leaves the reference data', async () => {
    await store.connection.collection<{ _id: string }>('apiKeys').insertOne({ _id: 'k', org: 'DEMO-TM' } as never);
    const names = (await store.connection.listCollections()).map(({ name }) => name);
    const schemes = await count('schemes', { demo: { $ne: true } });
    expect(await count('purchases', {})).toBeGreaterThan(0);
    expect(await removeDemo(store.connection, { again: false })).toBeGreaterThan(700);
    for (const name of names) expect([name, await count(name, { demo: true })]).toEqual([name, 0]);
    expect([await count('purchases', {}), await count('apiKeys', {}), await count('schemes', {})]).toEqual([
      0,
      0,
      schemes,
    ]);
    expect(await count('shareCells', {})).toBe(0);
    expect(await seedMark(store.connection, { today: '2026-11-24', isDemo: true })).toMatchObject({
      isDemo: false,
      isComplete: true,
    });
  });

  it('does nothing when it is done twice', async () => {
    expect(await removeDemo(store.connection, { again: false })).toBe(0);
  });

  it('lets the next start load a new demonstration register where it is reset', async () => {
    await removeDemo(store.connection, { again: true });
    expect(await seedMark(store.connection, { today: '2026-11-25', isDemo: true })).toEqual({
      today: '2026-11-25',
      isDemo: true,
      isComplete: false,
    });
  });
});
