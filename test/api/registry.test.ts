import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PriorityList, Product, ProblemDetails } from '../../schemas/types.d.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { anEdition, anOrganisation, aProduct, aWorld, type World } from '../support/builders.ts';

let app: TestApp;
let world: World;
beforeAll(async () => {
  app = await startTestApp();
  world = await aWorld(app);
});
afterAll(() => app.close());

describe('reference data', () => {
  it.each(['schemes', 'groups', 'criteria', 'targets'])(
    'lists %s with stable codes, and each by its code',
    async (kind) => {
      const { body } = await app.anyone.get(`/api/${kind}?limit=100`).expect(200);
      const { items, total } = body as { items: { code: string }[]; total: number };
      expect(items).toHaveLength(total);
      expect(total).toBeGreaterThan(1);
      await app.anyone.get(`/api/${kind}/${encodeURIComponent(items[0]!.code)}`).expect(200);
      await app.anyone.get(`/api/${kind}/nothing`).expect(404);
    },
  );

  it('knows no recognition agreement, for none was published', async () => {
    expect((await app.anyone.get('/api/agreements').expect(200)).body).toEqual({ items: [], total: 0, next: null });
  });

  it('has no edition, product or certificate without the demonstration register', async () => {
    expect((await app.anyone.get('/api/priority-lists').expect(200)).body).toMatchObject({ total: 0 });
    expect((await app.anyone.get('/api/products').expect(200)).body).toMatchObject({ total: 0 });
  });
});

describe('organisations', () => {
  it('enters one, and lists by kind, parent and the first letters of a name without marks', async () => {
    const agency = anOrganisation({ kind: 'agency', parent: 'T-ROOT', name: { vi: 'Sở Xây dựng Đồng Mẫu (hư cấu)' } });
    const created = await world.operator.post('/api/organisations').send(agency).expect(201);
    expect(created.headers['etag']).toBe('"1"');
    for (const query of ['q=dong mau', 'q=xay', 'parent=T-ROOT&kind=agency']) {
      const { body } = await app.anyone.get(`/api/organisations?${encodeURI(query)}`).expect(200);
      expect((body as { items: object[] }).items).toContainEqual(expect.objectContaining({ code: agency.code }));
    }
    expect((await app.anyone.get(`/api/organisations/${agency.code}`).expect(200)).body).toEqual(created.body);
  });

  it.each([
    ['an unknown parent', { kind: 'agency', parent: 'NOBODY' }, '/parent'],
    ['a supplier below an agency', { kind: 'supplier', parent: 'T-ROOT' }, '/parent'],
    ['an unknown scheme', { kind: 'certifier', mayCertify: ['VN-ECOLABEL', 'NOTHING'] }, '/mayCertify/1'],
  ])('refuses %s', async (_what, over, pointer) => {
    const { body } = await world.operator
      .post('/api/organisations')
      .send(anOrganisation(over as object))
      .expect(422);
    expect(body).toMatchObject({ errors: [{ pointer }] });
  });

  it('takes a code and a tax code once', async () => {
    await world.operator
      .post('/api/organisations')
      .send(anOrganisation({ code: 'T-ROOT' }))
      .expect(409);
    const { body } = await world.operator
      .post('/api/organisations')
      .send(anOrganisation({ taxCode: '9911111101' }))
      .expect(409);
    expect(body).toMatchObject({ code: 'TAX_CODE_TAKEN' });
  });

  it('is written by the operator alone', async () => {
    for (const caller of [world.officer, world.certifier, world.supplier, world.auditor]) {
      await caller.post('/api/organisations').send(anOrganisation()).expect(403);
    }
    await app.anyone.post('/api/organisations').send(anOrganisation()).expect(401);
  });
});

describe('products', () => {
  it('takes one model of a brand and group once, however it is spelled, and names the one that is there', async () => {
    const first = await world.product({ model: 'FTKA 35-UAVM', brand: 'Mẫu Lạnh' });
    const { body } = await world.operator
      .post('/api/products')
      .send(aProduct({ model: 'ftka35uavm', brand: 'MAU LANH' }))
      .expect(409);
    expect(body).toMatchObject({ code: 'PRODUCT_EXISTS', title: expect.stringContaining(first.id) });
    await world.operator
      .post('/api/products')
      .send(aProduct({ model: 'ftka35uavm', brand: 'Mẫu Khác' }))
      .expect(201);
  });

  it('keeps a supplier’s new product out of public search until the operator accepts it', async () => {
    const { body } = await world.supplier
      .post('/api/products')
      .send(aProduct({ name: { vi: 'Sổ tay Xuyến Chi (hư cấu)' } }))
      .expect(201);
    const product = body as Product;
    expect(product.listing).toBe('unreviewed');
    const found = async () => {
      await app.services.settle();
      return ((await app.anyone.get('/api/products?q=xuyen%20chi').expect(200)).body as { total: number }).total;
    };
    expect(await found()).toBe(0);
    await world.supplier
      .patch(`/api/products/${product.id}`)
      .set('If-Match', '"1"')
      .send({ listing: 'accepted' })
      .expect(403);
    await world.operator
      .patch(`/api/products/${product.id}`)
      .set('If-Match', '"1"')
      .send({ listing: 'accepted' })
      .expect(200);
    expect(await found()).toBe(1);
  });

  it('changes only under the present ETag', async () => {
    const { id } = await world.product();
    const patch = (etag?: string) => {
      const sent = world.operator.patch(`/api/products/${id}`).send({ name: { vi: 'Tên mới (hư cấu)' } });
      return etag ? sent.set('If-Match', etag) : sent;
    };
    await patch().expect(428);
    const { headers } = await patch('"1"').expect(200);
    expect(headers['etag']).toBe('"2"');
    await patch('"1"').expect(412);
    await patch('W/"2"').expect(412);
    expect((await app.anyone.get(`/api/products/${id}`).expect(200)).headers['etag']).toBe('"2"');
  });

  it('keeps the identity of a certified product from its supplier', async () => {
    const product = await world.product();
    const patch = (caller: World['operator'], revision: number) =>
      caller
        .patch(`/api/products/${product.id}`)
        .set('If-Match', `"${revision}"`)
        .send({ model: `NEW-${revision}` });
    await patch(world.supplier, 1).expect(200);
    await world.certificate({ products: [product.id] });
    expect((await patch(world.supplier, 2).expect(403)).body).toMatchObject({ errors: [{ pointer: '/model' }] });
    await patch(world.certifier, 2).expect(200);
  });

  it('is withdrawn once, by its supplier or those above', async () => {
    const { id } = await world.product();
    const withdraw = (caller: World['operator']) =>
      caller.post(`/api/products/${id}/withdrawal`).send({ on: '2026-06-01', reason: 'Ngừng' });
    await withdraw(world.officer).expect(403);
    await withdraw(world.supplier).expect(201);
    expect((await withdraw(world.operator).expect(409)).body).toMatchObject({ code: 'ALREADY_WITHDRAWN' });
    await world.operator.post('/api/products/none/withdrawal').send({ on: '2026-06-01', reason: 'Ngừng' }).expect(404);
  });

  it.each([
    ['an unknown group', { group: 'nothing' }, 422, '/group'],
    ['an unknown supplier', { supplier: 'NOBODY' }, 422, '/supplier'],
    ['an unknown authorised organisation', { authorised: ['T-SHOP', 'NOBODY'] }, 422, '/authorised/1'],
    ['a field that does not exist', { colour: 'green' }, 400, '/colour'],
    ['a GTIN with a wrong check digit', { gtin: '8930000000000' }, 422, '/gtin'],
  ])('refuses %s', async (_what, over, status, pointer) => {
    const { body } = await world.operator
      .post('/api/products')
      .send({ ...aProduct(), ...over })
      .expect(status);
    expect((body as ProblemDetails).errors?.[0]?.pointer).toBe(pointer);
  });

  it('refuses a supplier another’s product', async () => {
    await world.supplier
      .post('/api/products')
      .send(aProduct({ supplier: 'T-SHOP' }))
      .expect(403);
    await app.anyone.post('/api/products').send(aProduct()).expect(401);
    await world.auditor.post('/api/products').send(aProduct()).expect(403);
  });
});

describe('priority lists', () => {
  it('drafts, changes, publishes, and is in force from its first day until the next one', async () => {
    const before = app.later();
    await world.operator
      .post('/api/priority-lists')
      .send(anEdition({ code: 'L-1', effectiveFrom: '2025-01-01' }))
      .expect(201);
    await world.operator
      .post('/api/priority-lists')
      .send(anEdition({ code: 'L-2', effectiveFrom: '2027-01-01' }))
      .expect(201);
    await world.operator
      .patch('/api/priority-lists/L-2')
      .set('If-Match', '"1"')
      .send({ effectiveFrom: '2026-01-01' })
      .expect(200);
    const inForce = async (query: string) =>
      ((await app.anyone.get(`/api/priority-lists/in-force?${query}`)).body as PriorityList).code;
    expect(await inForce('on=2026-05-01')).toBe('NOT_FOUND');
    await world.publisher.post('/api/priority-lists/L-1/publication').expect(201);
    const between = app.later();
    await world.publisher.post('/api/priority-lists/L-2/publication').expect(201);
    app.later();
    expect(await inForce('on=2025-12-31')).toBe('L-1');
    expect(await inForce('on=2026-01-01')).toBe('L-2');
    expect(await inForce(`on=2026-01-01&knownAt=${between}`)).toBe('L-1');
    expect(await inForce(`on=2026-01-01&knownAt=${before}`)).toBe('NOT_FOUND');
    expect(await inForce('on=2024-12-31')).toBe('NOT_FOUND');
  });

  it('shows drafts to operator and auditor only', async () => {
    await world.operator
      .post('/api/priority-lists')
      .send(anEdition({ code: 'L-DRAFT' }))
      .expect(201);
    await world.auditor.get('/api/priority-lists/L-DRAFT').expect(200);
    for (const caller of [app.anyone, world.officer]) {
      await caller.get('/api/priority-lists/L-DRAFT').expect(404);
      const { body } = await caller.get('/api/priority-lists').expect(200);
      expect((body as { items: PriorityList[] }).items.every(({ status }) => status === 'published')).toBe(true);
    }
  });

  it('is published once, and no two begin on one day', async () => {
    await world.operator
      .post('/api/priority-lists')
      .send(anEdition({ code: 'L-3', effectiveFrom: '2026-01-01' }))
      .expect(201);
    expect((await world.publisher.post('/api/priority-lists/L-3/publication').expect(409)).body).toMatchObject({
      code: 'EDITION_DAY_TAKEN',
    });
    expect((await world.publisher.post('/api/priority-lists/L-1/publication').expect(409)).body).toMatchObject({
      code: 'ALREADY_PUBLISHED',
    });
    await world.operator.patch('/api/priority-lists/L-1').set('If-Match', '"2"').send({ legalBasis: 'x' }).expect(409);
    await world.operator
      .post('/api/priority-lists')
      .send(anEdition({ code: 'L-1' }))
      .expect(409);
    await world.publisher.post('/api/priority-lists/none/publication').expect(404);
  });

  it.each([
    ['an unknown group', { group: 'nothing' }, '/entries/0/group'],
    ['an unknown scheme', { accepts: [{ scheme: 'NOTHING' }] }, '/entries/0/accepts/0/scheme'],
    [
      'a level that the scheme has not',
      { accepts: [{ scheme: 'VN-ECOLABEL', minLevel: '5' }] },
      '/entries/0/accepts/0/minLevel',
    ],
  ])('refuses %s', async (_what, over, pointer) => {
    const entries = [{ group: 'printer', obligation: 'mandatory' as const, accepts: [], ...over }];
    const { body } = await world.operator.post('/api/priority-lists').send(anEdition({ entries })).expect(422);
    expect(body).toMatchObject({ errors: [{ pointer }] });
  });

  it('is written by the operator alone', async () => {
    for (const caller of [world.officer, world.certifier, world.supplier, world.auditor]) {
      await caller.post('/api/priority-lists').send(anEdition()).expect(403);
      await caller.post('/api/priority-lists/L-1/publication').expect(403);
    }
  });
});
