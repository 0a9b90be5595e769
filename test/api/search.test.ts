import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SearchResult } from '../../schemas/types.d.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { anEdition, aWorld, type World } from '../support/builders.ts';

describe('GET /api/products', () => {
  let app: TestApp;
  let world: World;
  const search = async (query: Record<string, string | number | boolean>) =>
    (await app.anyone.get('/api/products').query(query).expect(200)).body as SearchResult;

  beforeAll(async () => {
    app = await startTestApp({ demo: true });
    world = await aWorld(app);
  }, 120_000);
  afterAll(() => app.close());

  it('finds what is written within 2 s', async () => {
    const { id } = await world.product({ name: { vi: 'Giấy in Bồ Công Anh (hư cấu)' }, model: 'BCA-80' });
    const deadline = Date.now() + 2000;
    let found: SearchResult;
    do found = await search({ q: 'bo cong anh' });
    while (found.total === 0 && Date.now() < deadline);
    expect(found.items.map((item) => item.id)).toEqual([id]);
  });

  it('shows a label that has just been revoked as such, and no longer matches by it, even where the index is behind', async () => {
    const product = await world.product({ name: { vi: 'Giấy in Hướng Dương (hư cấu)' }, model: 'HD-80' });
    const certificate = await world.certificate({ products: [product.id] });
    await app.services.settle();
    expect(await search({ q: 'huong duong', scheme: 'VN-ECOLABEL' })).toMatchObject({
      total: 1,
      items: [{ tier: 'A' }],
    });
    await world.certifier
      .post(`/api/certificates/${certificate.id}/events`)
      .send({ type: 'revoked', on: '2026-11-01', reason: 'x' })
      .expect(201);
    expect((await search({ q: 'huong duong', scheme: 'VN-ECOLABEL' })).items).toEqual([]);
    expect((await search({ q: 'huong duong' })).items[0]).toMatchObject({
      tier: null,
      labels: [{ valid: false, reason: 'REVOKED' }],
    });
    expect((await search({ q: 'huong duong', scheme: 'VN-ECOLABEL', validOn: '2026-10-31' })).total).toBe(1);
  });

  it('follows the edition in force for tier and priority without any index work', async () => {
    const before = await search({ group: 'air-conditioner', priority: true });
    const entries = [
      {
        group: 'air-conditioner',
        obligation: 'mandatory' as const,
        accepts: [{ scheme: 'VN-ENERGY-COMPARATIVE', minLevel: '1' }],
      },
    ];
    await world.operator
      .post('/api/priority-lists')
      .send(anEdition({ code: 'WIDE', effectiveFrom: '2026-11-20', entries }))
      .expect(201);
    await world.operator.post('/api/priority-lists/WIDE/publication').expect(201);
    const after = await search({ group: 'air-conditioner', priority: true });
    expect(after.total).toBeGreaterThan(before.total);
    expect(after.query.edition).toBe('WIDE');
  });

  it('counts every facet as brute force does', async () => {
    const { items, total } = await search({ limit: 100 });
    const rest = await search({ limit: 100, page: 2 });
    const all = [...items, ...rest.items];
    expect(all).toHaveLength(total);
    const { facets } = await search({ facets: 'kind,group,supplier' });
    for (const field of ['kind', 'group', 'supplier'] as const) {
      const counted: Record<string, number> = {};
      for (const item of all) counted[item[field]] = (counted[item[field]] ?? 0) + 1;
      expect(Object.fromEntries(facets[field]!.map(({ value, count }) => [value, count]))).toEqual(counted);
    }
  });

  it('labels facets in the reader’s language', async () => {
    const label = async (language: string) =>
      (
        (await app.anyone.get('/api/products?facets=kind').set('Accept-Language', language).expect(200))
          .body as SearchResult
      ).facets['kind']?.map(({ label: text }) => text);
    expect(await label('vi')).not.toEqual(await label('en'));
  });

  it('says why nothing is found', async () => {
    expect(await search({ q: 'xyzzyplugh' })).toMatchObject({ total: 0, explanation: { reason: 'NO_SUCH_WORDS' } });
    expect(await search({ q: 'giay', group: 'air-conditioner' })).toMatchObject({
      total: 0,
      explanation: { reason: 'FILTERS_EXCLUDE_ALL' },
    });
  });

  it('does not find a product that is withdrawn on the day', async () => {
    const { id } = await world.product({ name: { vi: 'Giấy in Mộc Lan (hư cấu)' }, model: 'ML-80' });
    await world.operator.post(`/api/products/${id}/withdrawal`).send({ on: '2026-11-10', reason: 'Ngừng' }).expect(201);
    await app.services.settle();
    expect((await search({ q: 'moc lan' })).total).toBe(0);
    expect((await search({ q: 'moc lan', validOn: '2026-11-09' })).total).toBe(1);
  });
});
