import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Product, ProblemDetails, SearchResult } from '../../schemas/types.d.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aProduct, aWorld, nextNumber, type World } from '../support/builders.ts';

describe('products', () => {
  let app: TestApp;
  let world: World;
  const post = (body: object, caller = world.operator) => caller.post('/api/products').send(body);
  const get = async (id: string) => (await app.anyone.get(`/api/products/${id}`).expect(200)).body as Product;
  const patch = async (id: string, body: object, caller = world.operator) =>
    caller
      .patch(`/api/products/${id}`)
      .set('If-Match', `"${(await get(id)).revision}"`)
      .send(body);
  const search = async (query: string) => {
    await app.services.settle();
    return (await app.anyone.get(`/api/products?${query}`).expect(200)).body as SearchResult;
  };

  beforeAll(async () => {
    app = await startTestApp();
    world = await aWorld(app);
  });
  afterAll(() => app.close());

  it('carry series, GTIN, classifications, maker, authorised holders, origin, places and a price', async () => {
    const more = {
      series: 'GX',
      gtin: '4006381333931',
      cpv: '30197630-1',
      hs: '4802.56',
      maker: 'Nhà máy (hư cấu)',
      authorised: ['T-SHOP'],
      origin: 'VN',
      places: ['01', '79'],
      price: { amountNet: '325000', unit: 'thùng', packFactor: '5', asOf: '2026-03-01' },
    };
    const { id } = (await post(aProduct(more)).expect(201)).body as Product;
    expect(await get(id)).toMatchObject(more);
    const changed = await patch(id, { gtin: null, price: { ...more.price, amountNet: '300000' } });
    expect(changed.status).toBe(200);
    const after = await get(id);
    expect(after).toMatchObject({ series: 'GX', price: { amountNet: '300000' } });
    expect(after).not.toHaveProperty('gtin');
  });

  it.each([
    ['a GTIN with a wrong check digit', { gtin: '4006381333932' }, 422, '/gtin'],
    ['a CPV code with a wrong check digit', { cpv: '30197630-2' }, 422, '/cpv'],
    ['an unknown authorised holder', { authorised: ['NOBODY'] }, 422, '/authorised/0'],
    ['a GTIN of ten digits', { gtin: '4006381333' }, 400, '/gtin'],
    [
      'a pack of nothing',
      { price: { amountNet: '1', unit: 'RM', packFactor: '0', asOf: '2026-01-01' } },
      400,
      '/price/packFactor',
    ],
    ['a price with a sign', { price: { amountNet: '-1', unit: 'RM', asOf: '2026-01-01' } }, 400, '/price/amountNet'],
    ['a country in words', { origin: 'Việt Nam' }, 400, '/origin'],
  ])('are refused with %s', async (_what, over, status, pointer) => {
    const problem = (await post(aProduct(over)).expect(status)).body as ProblemDetails;
    expect(problem.errors?.[0]?.pointer).toBe(pointer);
  });

  it('may carry a CPV code without its check digit', async () => {
    await post(aProduct({ cpv: '30197630' })).expect(201);
  });

  describe('(group, brand or supplier, folded model) is unique', () => {
    let there: Product;
    const model = `FTKA 35-${nextNumber()}`;
    beforeAll(async () => {
      there = await world.product({ model, aliases: [`${model} V`] });
    });

    it.each([
      ['the same model in another spelling', { model: model.toLowerCase().replace(' ', '') }, '/model'],
      ['a model that is the other’s alias', { model: `${model}-V` }, '/model'],
      ['an alias that is the other’s model', { aliases: ['ZZ-9', model] }, '/aliases/1'],
    ])('so %s is a 409 that names the product that is there', async (_what, over, pointer) => {
      const problem = (await post(aProduct(over)).expect(409)).body as ProblemDetails;
      expect(problem).toMatchObject({
        code: 'PRODUCT_EXISTS',
        title: expect.stringContaining(there.id),
        existing: there.id,
      });
      expect(problem.errors?.[0]?.pointer).toBe(pointer);
    });

    it('and a change into it too, while another brand or group may have it', async () => {
      const { id } = await world.product();
      const refused = await patch(id, { aliases: [model] });
      expect([refused.status, (refused.body as ProblemDetails).code]).toEqual([409, 'PRODUCT_EXISTS']);
      await post(aProduct({ model, brand: 'Khác' })).expect(201);
      await post(aProduct({ model, group: 'printer' })).expect(201);
    });
  });

  it('covered by a certificate change what it names them by only by certifier or operator', async () => {
    const product = await world.product({ series: 'GX' });
    await world.certificate({ products: [product.id] });
    const changes = {
      kind: 'service',
      group: 'printer',
      brand: 'B',
      model: 'M',
      aliases: ['A'],
      series: 'S',
      gtin: '4006381333931',
    };
    for (const [field, value] of Object.entries(changes)) {
      const refused = await patch(product.id, { [field]: value }, world.supplier);
      expect([refused.status, (refused.body as ProblemDetails).errors?.[0]?.pointer]).toEqual([403, `/${field}`]);
    }
    const same = { series: 'GX', model: product.model, description: { vi: 'Mô tả (hư cấu)' } };
    expect((await patch(product.id, same, world.supplier)).status).toBe(200);
    expect((await patch(product.id, { series: 'GY' }, world.certifier)).status).toBe(200);
    expect((await patch(product.id, { model: `N-${nextNumber()}` })).status).toBe(200);
  });

  it('of a supplier are unreviewed and in public search once a certificate that covers them is registered', async () => {
    const name = { vi: 'Giấy Thạch Thảo (hư cấu)' };
    const { id, listing } = (await post(aProduct({ name }), world.supplier).expect(201)).body as Product;
    expect(listing).toBe('unreviewed');
    expect((await search('q=thach thao')).total).toBe(0);
    await world.certificate({ products: [id] });
    expect((await search('q=thach thao')).items.map((item) => item.id)).toEqual([id]);
  });

  it('that wait for acceptance are listed for the operator, for a supplier its own, until one is accepted', async () => {
    const { id } = (await post(aProduct(), world.supplier).expect(201)).body as Product;
    const waiting = async (caller = world.operator) => {
      const { items } = (await caller.get('/api/products/unreviewed').expect(200)).body as { items: Product[] };
      return items.map((product) => product.id);
    };
    expect(await waiting()).toContain(id);
    expect(await waiting(world.supplier)).toContain(id);
    expect(await waiting(await app.as('supplier', 'T-SHOP'))).toEqual([]);
    expect((await patch(id, { listing: 'accepted' })).status).toBe(200);
    expect(await waiting()).not.toContain(id);
  });

  it('are found by their GTIN, sorted and filtered by the price per base unit, those without one last', async () => {
    const brand = `Giá ${nextNumber()}`;
    const priced = (amountNet: string, packFactor?: string) =>
      world.product({ brand, price: { amountNet, unit: 'RM', asOf: '2026-03-01', ...(packFactor && { packFactor }) } });
    const dear = await priced('70000');
    const cheap = await priced('300000', '5');
    const none = await world.product({ brand, gtin: '10012345678902' });
    const ids = async (query: string) =>
      (await search(`q=${encodeURIComponent(brand)}&${query}`)).items.map(({ id }) => id);
    expect(await ids('sort=price')).toEqual([cheap.id, dear.id, none.id]);
    expect(await ids('sort=-price')).toEqual([dear.id, cheap.id, none.id]);
    expect(await ids('sort=price&minPrice=60000&maxPrice=65000')).toEqual([cheap.id]);
    expect(await ids('sort=price&minPrice=60001')).toEqual([dear.id]);
    expect((await search('q=10012345678902')).items[0]).toMatchObject({ id: none.id });
    expect((await search(`q=${encodeURIComponent(brand)}&sort=price`)).items[0]).toMatchObject({
      price: { amountNet: '300000', packFactor: '5' },
      basePrice: '60000',
    });
  });
});
