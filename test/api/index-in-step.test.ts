import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Health, Organisation, Product, SearchResult } from '../../schemas/types.d.ts';
import { composeServices, type Services } from '../../server/compose.ts';
import { createLog } from '../../server/core/log.ts';
import { createEmbeddedSearch } from '../../server/search/embedded.adapter.ts';
import { openMessages } from '../../server/search/messages.adapter.ts';
import { type Caller, startTestApp, type TestApp } from '../support/app.ts';

describe('the search index of every process', () => {
  let app: TestApp;
  let operator: Caller;
  let other: Services;
  const otherPort = createEmbeddedSearch();
  const foundByOther = async (q: string) =>
    (await other.search.search({ q, page: 1, limit: 20 }, 'vi')).items.map(({ model }) => model);

  beforeAll(async () => {
    app = await startTestApp();
    operator = await app.as('operator');
    const { connection, clock } = app;
    const parts = { connection, clock, log: createLog('silent'), searchPort: otherPort, writesDemo: false, demo: null };
    other = await composeServices(parts);
    await other.search.start();
    const supplier = { code: 'T-SUP', kind: 'supplier', name: { vi: 'Công ty Lá Thử (hư cấu)' } };
    await operator.post('/api/organisations').send(supplier).expect(201);
  }, 60_000);

  afterAll(async () => {
    await other.close();
    await otherPort.close();
    await app.close();
  });

  async function enter(model: string): Promise<Product> {
    const product = {
      kind: 'good',
      name: { vi: `Giấy thử ${model} (hư cấu)` },
      brand: 'Mẫu',
      model,
      group: 'office-paper',
      supplier: 'T-SUP',
    };
    const { body } = await operator.post('/api/products').send(product).expect(201);
    return body as Product;
  }

  it('takes up what another process has indexed and taken the mark off', async () => {
    await enter('MK-101');
    await app.services.settle();
    expect(await foundByOther('MK-101')).toEqual([]);
    while ((await other.search.drain()) > 0);
    expect(await foundByOther('MK-101')).toEqual(['MK-101']);
    await enter('MK-102');
    while ((await other.search.drain()) > 0);
    await app.services.settle();
    const { body } = await app.anyone.get('/api/products?q=MK-102').expect(200);
    expect((body as SearchResult).items.map(({ model }) => model)).toEqual(['MK-102']);
  });

  it('finds the products of a supplier by its new name, and still by its old one', async () => {
    const { body } = await operator.get('/api/organisations/T-SUP').expect(200);
    const { kind, name } = body as Organisation;
    const names = [{ name, through: '2026-06-30' }];
    await operator
      .put('/api/organisations/T-SUP')
      .set('If-Match', `"${(body as Organisation).revision}"`)
      .send({ kind, name: { vi: 'Công ty Mầm Mới (hư cấu)' }, names })
      .expect(200);
    await app.services.settle();
    for (const q of ['Mầm Mới', 'Lá Thử'])
      expect((await app.anyone.get('/api/products').query({ q }).expect(200)).body).toMatchObject({ total: 2 });
  });

  it('tells whoever asks how it stands, is built anew, and is compared with the store', async () => {
    const { connection, clock } = app;
    const searchPort = createEmbeddedSearch();
    const parts = { connection, clock, log: createLog('silent'), searchPort, writesDemo: false, demo: null };
    const asking = await composeServices(parts);
    // A process on the other side drains each second; this one alone does so here.
    const drained = setInterval(() => void other.search.drain(), 200);
    const { id } = await enter('MK-103');
    await app.services.settle();
    await other.search.drain();
    await otherPort.remove([{ id, seq: Number.MAX_SAFE_INTEGER }]);
    const before = await asking.search.ask('verify');
    expect(before.map(({ answer }) => answer)).toContainEqual(
      expect.objectContaining({ state: 'done', engine: 'embedded', ready: true, lastError: null }),
    );
    const missing = before.map(({ answer }) => (answer.state === 'done' ? answer.differences?.missing.length : null));
    expect(new Set(missing)).toEqual(new Set([0, 1]));
    await asking.search.ask('rebuild');
    const after = await asking.search.ask('verify');
    expect(after.map(({ answer }) => answer)).toEqual(
      Array.from({ length: 2 }, () =>
        expect.objectContaining({ documents: 3, differences: { missing: [], stale: [], extra: [] } }),
      ),
    );
    clearInterval(drained);
    await searchPort.close();
  }, 60_000);

  it('is led by one process at a time where all share it', async () => {
    const [one, two] = await Promise.all([openMessages(app.connection), openMessages(app.connection)]);
    expect(await one.lead()).toBe(true);
    expect(await two.lead()).toBe(false);
    expect(await one.lead()).toBe(true);
    await app.connection.collection('searchLeader').updateMany({}, { $set: { until: new Date(0) } });
    expect(await two.lead()).toBe(true);
    expect(await one.lead()).toBe(false);
  });

  it('shows the operator alone how it stands', async () => {
    const { body } = await operator.get('/api/health?details=true').expect(200);
    expect((body as Health).details?.search).toEqual({
      engine: 'embedded',
      ready: true,
      documents: 3,
      waitingSince: null,
      lastError: null,
    });
    await app.anyone.get('/api/health?details=true').expect(401);
    await (await app.as('auditor')).get('/api/health?details=true').expect(403);
    expect((await app.anyone.get('/api/health').expect(200)).body).not.toHaveProperty('details');
  });
});
