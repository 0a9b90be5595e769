import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Organisation, OrganisationChange, Purchase, ShareReport } from '../../schemas/types.d.ts';
import { startTestApp, type Caller, type TestApp } from '../support/app.ts';
import { aCertificate, anOrganisation, aPurchase, aWorld, type World } from '../support/builders.ts';

let app: TestApp;
let world: World;

beforeAll(async () => {
  app = await startTestApp();
  world = await aWorld(app);
});
afterAll(() => app.close());

const name = { vi: 'Đơn vị (hư cấu)' };

async function read(code: string, query = '', caller: Caller = app.anyone): Promise<Organisation> {
  return (await caller.get(`/api/organisations/${code}${query}`).expect(200)).body as Organisation;
}

/** Puts the organisation as it is to stand, under its present ETag. */
async function put(code: string, change: OrganisationChange, status = 200): Promise<Organisation> {
  const { revision } = await read(code, '', world.operator);
  const sent = world.operator.put(`/api/organisations/${code}`).set('If-Match', `"${revision}"`);
  return (await sent.send(change).expect(status)).body as Organisation;
}

async function anAgency(over: Partial<Organisation> & object = {}): Promise<string> {
  const agency = anOrganisation({ kind: 'agency', ...(over as object) });
  await world.operator.post('/api/organisations').send(agency).expect(201);
  return agency.code;
}

async function buys(agency: string, over: object = {}): Promise<Purchase> {
  const officer = await app.as('officer', agency);
  return (
    await officer
      .post('/api/purchases')
      .send(aPurchase({ agency, ...over }))
      .expect(201)
  ).body as Purchase;
}

async function listed(caller: Caller, query: string): Promise<string[]> {
  const { body } = await caller.get(`/api/purchases?${query}`).expect(200);
  return (body as { items: Purchase[] }).items.map(({ id }) => id).toSorted();
}

describe('PUT /api/organisations/{code}', () => {
  it('creates under If-None-Match: *, changes under If-Match, and refuses a stale or a missing one', async () => {
    const path = '/api/organisations/T-PUT';
    const change = { kind: 'agency', name };
    await world.operator.put(path).send(change).expect(428);
    const created = await world.operator.put(path).set('If-None-Match', '*').send(change).expect(201);
    expect(created.headers['etag']).toBe('"1"');
    await world.operator.put(path).set('If-None-Match', '*').send(change).expect(412);
    const changed = await world.operator.put(path).set('If-Match', '"1"').send(change).expect(200);
    expect(changed.headers['etag']).toBe('"2"');
    await world.operator.put(path).set('If-Match', '"1"').send(change).expect(412);
    await world.operator.put('/api/organisations/T-NOWHERE').set('If-Match', '"1"').send(change).expect(404);
    for (const caller of [world.officer, world.certifier, world.supplier, world.auditor])
      await caller.put(path).set('If-Match', '"2"').send(change).expect(403);
  });

  it('renames on a day: the day decides which name is told, and both are found', async () => {
    const code = await anAgency({ name: { vi: 'Sở Giao thông Mẫu Mực (hư cấu)' } });
    const { names } = await put(code, {
      kind: 'agency',
      name: { vi: 'Sở Giao thông Mẫu Mực (hư cấu)' },
      names: [{ name: { vi: 'Sở Xây dựng Mẫu Mực (hư cấu)' }, from: '2026-03-01' }],
    });
    expect(names.map(({ from, through }) => [from, through])).toEqual([
      [undefined, '2026-02-28'],
      ['2026-03-01', undefined],
    ]);
    expect((await read(code)).name.vi).toBe('Sở Xây dựng Mẫu Mực (hư cấu)');
    expect((await read(code, '?on=2026-02-28')).name.vi).toBe('Sở Giao thông Mẫu Mực (hư cấu)');
    for (const words of ['giao thong mau muc', 'xay dung mau muc']) {
      const { body } = await app.anyone.get(`/api/organisations?q=${encodeURIComponent(words)}`).expect(200);
      expect(body).toMatchObject({ total: 1, items: [{ code }] });
    }
  });

  it('takes back what it answered: nothing changes but the revision', async () => {
    const code = await anAgency({ parent: 'T-ROOT', province: '01', level: 'province', mayCertify: ['FSC'] as never });
    await put(code, { kind: 'agency', name, names: [{ name: { vi: 'Tên sau (hư cấu)' }, from: '2026-05-01' }] });
    const before = await read(code);
    const { recordedAt: _at, revision: _revision, knownFrom: _known, ...said } = before;
    const after = await put(code, said);
    expect(after).toEqual({
      ...before,
      revision: before.revision + 1,
      knownFrom: after.knownFrom,
      earlier: after.earlier,
    });
  });

  it.each([
    ['a code beside the one in the address', { code: 'T-OTHER' }, '/code'],
    ['another kind', { kind: 'laboratory', parent: undefined }, '/kind'],
    ['a last day before the first', { from: '2026-02-01', through: '2026-01-31' }, '/through'],
    [
      'names that share a day',
      {
        names: [
          { name, through: '2026-02-01' },
          { name, from: '2026-02-01' },
        ],
      },
      '/names/1',
    ],
    ['a name that no day is free for', { names: [{ name: { vi: 'Khác (hư cấu)' } }] }, '/name'],
    ['itself above itself', { parent: 'T-DEPT' }, '/parent'],
    ['one below it above it', { parent: 'T-UNIT' }, '/parent'],
    ['one below it above it for some days', { parents: [{ code: 'T-UNIT', from: '2030-01-01' }] }, '/parents/0/code'],
    ['successors of one that goes on', { successors: ['T-OTHER'] }, '/through'],
    ['an unknown successor', { through: '2026-12-31', successors: ['T-NOBODY'] }, '/successors/0'],
    ['a province code of no province', { province: '99' }, '/province'],
    [
      'a province code on a day when it meant none',
      { provinces: [{ code: '27', from: '2025-07-01' }] },
      '/provinces/0/code',
    ],
    ['an unknown group', { mayCertify: [{ scheme: 'FSC', groups: ['nothing'] }] }, '/mayCertify/0/groups/0'],
  ])('refuses %s and names the place', async (_what, over, pointer) => {
    const before = await read('T-DEPT');
    const body = await put('T-DEPT', { kind: 'agency', name, parent: 'T-ROOT', ...(over as object) }, 422);
    expect(body).toMatchObject({ errors: [{ pointer }] });
    expect(await read('T-DEPT')).toEqual(before);
  });

  it('keeps parent, level and publication for agencies', async () => {
    for (const over of [{ level: 'central' }, { publish: false }, { budgetUnitCode: '1234567' }, { parent: 'T-ROOT' }])
      await world.operator
        .post('/api/organisations')
        .send(anOrganisation(over as object))
        .expect(422);
    await world.operator
      .post('/api/organisations')
      .send(anOrganisation({ kind: 'agency', budgetUnitCode: '123456' }))
      .expect(400);
  });

  it('takes a tax code once, also by PUT', async () => {
    await world.operator
      .post('/api/organisations')
      .send(anOrganisation({ taxCode: '9911111177' }))
      .expect(201);
    const code = await anAgency();
    expect(await put(code, { kind: 'agency', name, taxCode: '9911111177' }, 409)).toMatchObject({
      code: 'TAX_CODE_TAKEN',
    });
  });
});

describe('the register knows an organisation state by state', () => {
  it('gives byte-equal answers for a pair (question, knownAt) before and after later renames, moves and closures', async () => {
    const code = await anAgency({ parent: 'T-ROOT', province: '01' });
    await put(code, { kind: 'agency', name: { vi: 'Tên thứ hai (hư cấu)' }, parent: 'T-ROOT' });
    const knownAt = app.later();
    const questions = ['2024-01-01', '2026-06-30', '2026-11-24'].map(
      (on) => `/api/organisations/${code}?on=${on}&knownAt=${knownAt}`,
    );
    const ask = async () => Promise.all(questions.map(async (url) => (await app.anyone.get(url).expect(200)).text));
    const before = await ask();
    await put(code, { kind: 'agency', name: { vi: 'Tên thứ ba (hư cấu)' }, parent: 'T-DEPT' });
    await put(code, {
      kind: 'agency',
      name: { vi: 'Tên thứ ba (hư cấu)' },
      parents: [{ code: 'T-OTHER', from: '2024-01-01' }],
    });
    await put(code, {
      kind: 'agency',
      name: { vi: 'Tên cuối (hư cấu)' },
      through: '2026-06-30',
      successors: ['T-OTHER'],
    });
    expect(await ask()).toEqual(before);
  });

  it('is not there before it was recorded, and shows former states to operator and auditor', async () => {
    const earlier = app.later();
    const code = await anAgency();
    app.later();
    await app.anyone.get(`/api/organisations/${code}?knownAt=${earlier}`).expect(404);
    await put(code, { kind: 'agency', name: { vi: 'Tên mới (hư cấu)' } });
    expect((await read(code, '', world.auditor)).earlier).toMatchObject([
      { names: [{ name: { vi: expect.any(String) } }] },
    ]);
    expect((await read(code)).earlier).toBeUndefined();
  });
});

describe('agency means its whole subtree on the basis date', () => {
  it('lists a moved unit’s purchases below the agency that it stood below on the day', async () => {
    const [old, next] = [await anAgency({ parent: 'T-ROOT' }), await anAgency({ parent: 'T-ROOT' })];
    const unit = await anAgency({ parent: old });
    const before = await buys(unit, { basisDate: '2026-06-30' });
    const after = await buys(unit, { basisDate: '2026-07-01' });
    await put(unit, {
      kind: 'agency',
      name,
      parents: [
        { code: old, through: '2026-06-30' },
        { code: next, from: '2026-07-01' },
      ],
    });
    expect(await listed(world.auditor, `agency=${old}`)).toEqual([before.id]);
    expect(await listed(world.auditor, `agency=${next}`)).toEqual([after.id]);
    expect(await listed(world.auditor, `agency=${next}&to=2026-06-30`)).toEqual([]);
    expect(await listed(world.auditor, `agency=${unit}`)).toEqual([before.id, after.id].toSorted());
    expect(await listed(world.auditor, `agency=T-ROOT&from=2026-06-30&to=2026-07-01`)).toEqual(
      [before.id, after.id].toSorted(),
    );
  });

  it('lets the officers above read a unit today, and those it was moved away from no more', async () => {
    const [old, next] = [await anAgency(), await anAgency()];
    const unit = await anAgency({ parent: old });
    const purchase = await buys(unit, { basisDate: '2026-01-05' });
    const [former, present] = [await app.as('officer', old), await app.as('officer', next)];
    await former.get(`/api/purchases/${purchase.id}`).expect(200);
    await present.get(`/api/purchases/${purchase.id}`).expect(403);
    await put(unit, {
      kind: 'agency',
      name,
      parents: [
        { code: old, through: '2026-06-30' },
        { code: next, from: '2026-07-01' },
      ],
    });
    await former.get(`/api/purchases/${purchase.id}`).expect(403);
    await former.get(`/api/purchases?agency=${unit}`).expect(403);
    expect(await listed(former, `agency=${old}`)).toEqual([]);
    await present.get(`/api/purchases/${purchase.id}`).expect(200);
    expect(await listed(present, `agency=${unit}`)).toEqual([purchase.id]);
  });

  it('takes no purchase outside from … through, and names the day', async () => {
    const agency = await anAgency({ from: '2025-01-01', through: '2026-06-30', successors: ['T-OTHER'] });
    const officer = await app.as('officer', agency);
    for (const [basisDate, status] of [
      ['2024-12-31', 422],
      ['2025-01-01', 201],
      ['2026-06-30', 201],
      ['2026-07-01', 422],
    ] as const) {
      const { body } = await officer.post('/api/purchases').send(aPurchase({ agency, basisDate })).expect(status);
      expect((body as { errors?: { pointer: string }[] }).errors?.[0]?.pointer).toBe(
        status === 422 ? '/basisDate' : undefined,
      );
    }
  });
});

describe('an agency with publish: false', () => {
  it('is in no public list, and neither is what stands below it; its own officers, operator and auditor see it', async () => {
    const hidden = await anAgency({ parent: 'T-ROOT', name: { vi: 'Kín đáo (hư cấu)' }, publish: false });
    const below = await anAgency({ parent: hidden, name: { vi: 'Kín đáo dưới (hư cấu)' } });
    const heir = await anAgency({ through: '2026-01-31', successors: [hidden] as never });
    const officer = await app.as('officer', hidden);
    for (const caller of [app.anyone, world.otherOfficer, world.certifier, world.supplier]) {
      for (const code of [hidden, below]) await caller.get(`/api/organisations/${code}`).expect(404);
      for (const query of ['q=kin dao', `parent=${hidden}`]) {
        const { body } = await caller.get(`/api/organisations?${encodeURI(query)}`).expect(200);
        expect(body).toMatchObject({ items: [], total: 0 });
      }
      expect(JSON.stringify(await read(heir, '', caller))).not.toContain(hidden);
    }
    for (const caller of [officer, world.operator, world.auditor]) {
      for (const code of [hidden, below]) await caller.get(`/api/organisations/${code}`).expect(200);
      const { body } = await caller.get(`/api/organisations?${encodeURI('q=kin dao')}`).expect(200);
      expect(body).toMatchObject({ total: 2 });
    }
  });
});

describe('the share of an agency with publish: false', () => {
  it('is public inside the national sum only, and not by subtraction: a group of one is withheld', async () => {
    const line = { description: 'x', quantity: '1', unit: 'C62' };
    const hidden = await anAgency({ publish: false });
    await buys(hidden, { basisDate: '2023-05-05', lines: [{ ...line, amountNet: '777' }] });
    const shown = await anAgency();
    await buys(shown, { basisDate: '2023-05-05', lines: [{ ...line, amountNet: '1000' }] });
    const share = async (caller: Caller, groupBy = 'agency') =>
      (await caller.get(`/api/share?from=2023-01-01&to=2023-12-31&groupBy=${groupBy}`).expect(200)).body as ShareReport;
    const amounts = ({ groups }: ShareReport) =>
      Object.fromEntries(groups.map(({ key, measures }) => [key, measures.M1.denominator]));
    const told = await share(app.anyone);
    expect(told.measures.M1.denominator).toBe('1777');
    expect(amounts(told)).toEqual({ withheld: '1777' });
    await app.anyone.get(`/api/share?from=2023-01-01&to=2023-12-31&agency=${hidden}`).expect(400);
    expect(Object.values(amounts(await share(world.auditor))).toSorted()).toEqual(['1000', '777']);

    // A month, a kind of goods and a way to buy that the hidden agency has for itself do not show it either.
    await buys(hidden, {
      basisDate: '2023-07-05',
      method: 'open',
      lines: [{ ...line, nature: 'works', amountNet: '9' }],
    });
    await buys(shown, {
      basisDate: '2023-08-05',
      method: 'open',
      lines: [{ ...line, nature: 'goods', amountNet: '50' }],
    });
    const others = { month: '2023-05', nature: 'none', method: 'direct' };
    for (const [groupBy, key] of Object.entries(others))
      expect([groupBy, amounts(await share(app.anyone, groupBy))]).toEqual([
        groupBy,
        { [key]: '1000', withheld: '836' },
      ]);
    expect(amounts(await share(app.anyone, 'year'))).toEqual({ withheld: '1836' });
    expect(amounts(await share(world.auditor, 'month'))).toEqual({
      '2023-05': '1777',
      '2023-07': '9',
      '2023-08': '50',
    });
    // Two of them hide each other: then no group of others has to go with them.
    await buys(await anAgency({ publish: false }), { basisDate: '2023-07-06', lines: [{ ...line, amountNet: '3' }] });
    expect(amounts(await share(app.anyone, 'month'))).toEqual({ '2023-05': '1000', '2023-08': '50', withheld: '789' });
  });
});

describe('a body certifies within its mandate', () => {
  it('makes any kind of organisation a certifier; scheme, the products’ groups and the day of the act are checked', async () => {
    const mayCertify = [{ scheme: 'VN-ECOLABEL', groups: ['office-paper'], from: '2025-01-01', through: '2025-12-31' }];
    const laboratory = anOrganisation({ kind: 'laboratory', mayCertify });
    await world.operator.post('/api/organisations').send(laboratory).expect(201);
    const body = await app.as('certifier', laboratory.code);
    const [paper, printer] = [await world.product(), await world.product({ group: 'printer' })];
    const enter = async (over: object, status: number) =>
      (
        await body
          .post('/api/certificates')
          .send(aCertificate({ products: [paper.id], ...over }))
          .expect(status)
      ).body as {
        id: string;
        errors?: { pointer: string }[];
      };
    expect((await enter({ issuedOn: '2024-12-31' }, 403)).errors?.[0]?.pointer).toBe('/issuedOn');
    expect((await enter({ issuedOn: '2026-01-01' }, 403)).errors?.[0]?.pointer).toBe('/issuedOn');
    expect((await enter({ products: [printer.id] }, 403)).errors?.[0]?.pointer).toBe('/products');
    await enter({ scheme: 'EU-ECOLABEL' }, 403);
    const { id } = await enter({ issuedOn: '2025-12-31' }, 201);
    const revoke = (on: string) =>
      body.post(`/api/certificates/${id}/events`).send({ type: 'revoked', on, reason: 'Thử' });
    await revoke('2026-01-01').expect(403);
    await revoke('2025-12-31').expect(201);
  });
});

describe('GET /api/provinces', () => {
  it('gives the 34 of today and the 63 until 30 June 2025, each with its source', async () => {
    const list = async (on: string) => {
      const { body } = await app.anyone.get(`/api/provinces?on=${on}`).expect(200);
      return body as { items: { code: string; name: { vi: string }; source: string }[]; total: number };
    };
    const [now, before] = [await list('2025-07-01'), await list('2025-06-30')];
    expect([now.total, before.total]).toEqual([34, 63]);
    expect([...now.items, ...before.items].every(({ source }) => source.length > 0)).toBe(true);
    expect(now.items.find(({ code }) => code === '24')?.name.vi).toContain('Bắc Ninh');
    expect(before.items.find(({ code }) => code === '24')?.name.vi).toContain('Bắc Giang');
    await app.anyone.get('/api/provinces?on=yesterday').expect(400);
  });
});
