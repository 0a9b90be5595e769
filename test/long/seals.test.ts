import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { apiKeyModel } from '../../server/accounts/model.ts';
import { createModel, type StoredDocument } from '../../server/core/model.ts';
import { withHistory } from '../../server/core/record-history.ts';
import { openStore } from '../../server/store.ts';
import { startServer, xanh } from '../support/server.ts';

const [days, recordsOfDay, mostKills] = [12, 2500, 8];

/** A key of the day, as the register would have recorded it. */
function aKey(day: number, number: number): StoredDocument {
  const recordedAt = `2026-10-${String(day + 1).padStart(2, '0')}T05:00:00.000Z`;
  const _id = (day * recordsOfDay + number).toString(16).padStart(24, '0');
  const after = { _id, hash: '0'.repeat(64), role: 'auditor', recordedAt, revision: 1 };
  return withHistory(apiKeyModel, { before: null, after, written: { by: { id: 'test' }, at: recordedAt } });
}

describe('kill -9 while days are sealed', () => {
  let folder: string;
  let environment: Record<string, string>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'xanh-seals-'));
    environment = { XANH_DATA: folder, XANH_DEMO: '0' };
    const store = await openStore(environment as { XANH_DATA: string });
    await createModel(store.connection, apiKeyModel).createIndexes();
    for (let day = 0; day < days; day++) {
      const keys = Array.from({ length: recordsOfDay }, (_, number) => aKey(day, number));
      await store.connection.collection<StoredDocument>('apiKeys').insertMany(keys);
    }
    await store.close();
  }, 300_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const sealsOf = async (address: string) =>
    (await (await fetch(`${address}/api/seals?to=2026-10-31&limit=100`)).json()) as {
      items: { day: string; leaves: number }[];
    };

  it('seals every record once, and everything fits', async () => {
    let kills = 0;
    for (let sealed = 0; sealed < days && kills < mostKills; kills++) {
      const server = await startServer(environment);
      await new Promise((resolve) => setTimeout(resolve, 1000 + Math.random() * 3000));
      sealed = (await sealsOf(server.address)).items.length;
      await server.end('SIGKILL');
    }
    const server = await startServer(environment);
    const isWaiting = async () => /[1-9]\d* records wait/.exec(await xanh(['audit', 'verify'], environment));
    // What is recorded today waits for its day to end: the reference data of the first start.
    for (let tries = 0; tries < 20 && Number((await isWaiting())?.[0].split(' ')[0]) >= recordsOfDay; tries++)
      await new Promise((resolve) => setTimeout(resolve, 1000));
    const { items } = await sealsOf(server.address);
    await server.end('SIGTERM');
    expect(items.map(({ day, leaves }) => [day, leaves])).toEqual(
      Array.from({ length: days }, (_, day) => [`2026-10-${String(days - day).padStart(2, '0')}`, recordsOfDay]),
    );
    expect(kills).toBeGreaterThan(2);
    console.log(`${kills} kills; ${await xanh(['audit', 'verify'], environment)}`);
  }, 600_000);
});
