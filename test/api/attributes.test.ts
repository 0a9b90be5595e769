import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProblemDetails, Product, ProductGroup, SearchHit, SearchResult } from '../../schemas/types.d.ts';
import { randomFrom } from '../search/support.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aProduct, aWorld, type World } from '../support/builders.ts';

describe('typed attributes', () => {
  let app: TestApp;
  let world: World;
  const search = async (query: Record<string, string | number>) =>
    (await app.anyone.get('/api/products').query(query).expect(200)).body as SearchResult;
  const cooler = (attributes: object) => ({ ...aProduct({ group: 'air-conditioner' }), attributes });
  const refused = async (body: object, status = 422) =>
    ((await world.operator.post('/api/products').send(body).expect(status)).body as ProblemDetails).errors;
  const patch = (product: Product, change: object) =>
    world.operator.patch(`/api/products/${product.id}`).set('If-Match', `"${product.revision}"`).send(change);

  beforeAll(async () => {
    app = await startTestApp({ demo: true });
    world = await aWorld(app);
  }, 120_000);
  afterAll(() => app.close());

  it('are told by the group, with names in both languages, unit, bounds and codes', async () => {
    const group = (await app.anyone.get('/api/groups/air-conditioner').expect(200)).body as ProductGroup;
    expect(group.attributes?.[0]).toMatchObject({
      key: 'coolingCapacity',
      name: { vi: 'Công suất lạnh', en: 'Cooling capacity' },
      type: 'number',
      unit: { code: '2I', symbol: 'BTU/h' },
      min: 5000,
    });
    expect(group.cpv).toEqual(['39717200-3']);
  });

  it('are stored in the group’s unit, with what was entered beside it, and never required', async () => {
    const attributes = { coolingCapacity: { value: 3.5, unit: 'KWT' }, inverter: true, energyStars: '5' };
    const { body } = await world.operator.post('/api/products').send(cooler(attributes)).expect(201);
    const product = body as Product;
    expect(product).toMatchObject({
      attributes: { coolingCapacity: 11942.495716, inverter: true, energyStars: '5' },
      attributesEntered: { coolingCapacity: { value: 3.5, unit: 'KWT' } },
    });
    expect((await app.anyone.get(`/api/products/${product.id}`).expect(200)).body).toEqual(product);
    expect((await world.product()).attributes).toBeUndefined();
  });

  it('that the group does not have, or not so, are a 422 that names each', async () => {
    const attributes = {
      horns: 2,
      inverter: 'yes',
      energyStars: '6',
      coolingCapacity: { value: 3, unit: 'KGM' },
      cspf: 99,
    };
    const errors = await refused(cooler(attributes));
    expect(errors?.map(({ pointer }) => pointer)).toEqual([
      '/attributes/horns',
      '/attributes/inverter',
      '/attributes/energyStars',
      '/attributes/coolingCapacity',
      '/attributes/cspf',
    ]);
    expect(errors?.[2]?.detail).toContain('1, 2, 3, 4, 5');
    const [shape] = (await refused(cooler({ cspf: { value: 5 } }), 400)) ?? [];
    expect(shape?.pointer).toBe('/attributes/cspf/unit');
    const [name] = (await refused(cooler({ 'a.b': 5 }), 400)) ?? [];
    expect(name?.pointer).toMatch(/^\/attributes/);
  });

  it('are replaced by a change, and checked against the new group where the group changes', async () => {
    const paper = await world.product({ attributes: { grammage: 70, recycledShare: 30 } });
    const card = (await patch(paper, { attributes: { grammage: 80 } }).expect(200)).body as Product;
    expect(card.attributes).toEqual({ grammage: 80 });
    const moved = (await patch(card, { group: 'paper-stationery' }).expect(200)).body as Product;
    expect(moved.attributes).toEqual({ grammage: 80 });
    const { body } = await patch(moved, { group: 'air-conditioner' }).expect(422);
    expect((body as ProblemDetails).errors).toMatchObject([{ pointer: '/attributes/grammage' }]);
    const cleared = (await patch(moved, { group: 'air-conditioner', attributes: {} }).expect(200)).body as Product;
    expect(cleared).toMatchObject({ group: 'air-conditioner' });
    expect(cleared.attributes).toBeUndefined();
  });

  it('find and count products: `attr.<key>`, its classes with exact counts, its least and greatest number', async () => {
    const query = { group: 'air-conditioner', facets: 'attr.coolingCapacity,attr.inverter,attr.energyStars' };
    await app.services.settle();
    const all = await search({ ...query, limit: 100 });
    for (const { value, count } of all.facets['attr.coolingCapacity'] ?? [])
      expect((await search({ group: 'air-conditioner', 'attr.coolingCapacity': value })).total).toBe(count);
    const numbers = all.items.flatMap(({ attributes }) => attributes?.['coolingCapacity'] ?? []) as number[];
    expect(all.ranges['attr.coolingCapacity']).toEqual({ min: Math.min(...numbers), max: Math.max(...numbers) });
    const efficient = await search({ ...query, 'attr.energyStars': '4,5', 'attr.coolingCapacity': '..14000' });
    expect(efficient.items.length).toBeGreaterThan(0);
    for (const { attributes } of efficient.items) expect(['4', '5']).toContain(attributes?.['energyStars']);
    expect(efficient.facets['attr.energyStars']?.map(({ value }) => value)).toContain('2');
  });

  it.each([
    ['attr.horns=1', '/attr.horns'],
    ['attr.coolingCapacity=cold', '/attr.coolingCapacity'],
    ['attr.inverter=1', '/attr.inverter'],
    ['attr.energyStars=6', '/attr.energyStars'],
    ['facets=attr.horns', '/facets'],
    ['attr.inverter=', '/attr.inverter'],
    ['attr.inverter=true&attr.inverter=false', '/attr.inverter'],
    ['attr.__proto__=1', '/attr'],
    ['attr=1', '/attr'],
    ['other.inverter=1', '/other.inverter'],
    ['minPrice=-1', '/minPrice'],
  ])('?%s is a 400 that names the parameter', async (query, pointer) => {
    const { body } = await app.anyone.get(`/api/products?${query}`).expect(400);
    expect((body as ProblemDetails).errors?.[0]?.pointer).toBe(pointer);
  });

  it('count as brute force does, for 100 random filters', async () => {
    await app.services.settle();
    const all: SearchHit[] = [];
    for (let page = 1; page < 10; page++) all.push(...(await search({ limit: 100, page })).items);
    const random = randomFrom(17);
    const one = <T>(items: T[]): T => items[Math.floor(random() * items.length)] as T;
    const conditions: [string, string, (value: unknown) => boolean][] = [
      ['grammage', '75..<90', (value) => Number(value) >= 75 && Number(value) < 90],
      ['coolingCapacity', '10000..', (value) => Number(value) >= 10_000],
      ['ratedPower', '..18', (value) => Number(value) <= 18],
      ['screenSize', '23.8,27', (value) => value === 23.8 || value === 27],
      ['inverter', 'true', (value) => value === true],
      ['paperSize', 'A3,A4', (value) => value === 'A3' || value === 'A4'],
      ['energyStars', '5', (value) => value === '5'],
      ['recycledShare', '30..100', (value) => Number(value) >= 30],
    ];
    const groups = ['office-paper', 'air-conditioner', 'led-lamp', 'monitor', 'printer'];
    for (let round = 0; round < 100; round++) {
      const [key, text, isMet] = one(conditions);
      const [other] = one(conditions.filter(([name]) => name !== key));
      const group = random() < 0.4 ? one(groups) : undefined;
      const { total, facets } = await search({
        [`attr.${key}`]: text,
        ...(group && { group }),
        facets: `group,attr.${key},attr.${other}`,
        limit: 1,
      });
      const inGroup = all.filter((hit) => group === undefined || hit.group === group);
      const found = inGroup.filter(({ attributes = {} }) => attributes[key] !== undefined && isMet(attributes[key]));
      const sum = (name: string) => (facets[name] ?? []).reduce((before, { count }) => before + count, 0);
      expect({ key, text, group, total }).toEqual({ key, text, group, total: found.length });
      expect(sum(`attr.${key}`)).toBe(inGroup.filter(({ attributes }) => attributes?.[key] !== undefined).length);
      expect(sum(`attr.${other}`)).toBe(found.filter(({ attributes }) => attributes?.[other] !== undefined).length);
      const inAnyGroup = all.filter(({ attributes = {} }) => attributes[key] !== undefined && isMet(attributes[key]));
      expect(sum('group')).toBe(inAnyGroup.length);
    }
  });
});
