import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Need, NeedFollows, NeedMap } from '../../schemas/types.d.ts';
import { startTestApp, type Caller, type TestApp } from '../support/app.ts';
import { anEdition, anOrganisation, aPurchase, aWorld, type World } from '../support/builders.ts';

describe('unmet needs', () => {
  let app: TestApp;
  let world: World;
  const officers: Caller[] = [];
  const map = async (query = '') => (await app.anyone.get(`/api/needs?${query}`).expect(200)).body as NeedMap;
  const need = async (group: string, query = '') => (await map(query)).items.find((one) => one.group === group)!;
  const stored = () =>
    app.connection
      .collection<{ _id: string; agency: string | null; wants: string; count: number }>('needs')
      .find()
      .toArray();
  const vainly = (caller: Caller, more = '') =>
    caller.get(`/api/products?group=office-paper&attr.grammage=77${more}`).expect(200);

  beforeAll(async () => {
    app = await startTestApp();
    world = await aWorld(app);
    const edition = anEdition({
      code: 'NEEDS',
      entries: [
        { group: 'office-paper', obligation: 'mandatory', accepts: [{ scheme: 'VN-ECOLABEL' }] },
        { group: 'laundry-detergent', obligation: 'preferred', accepts: [{ scheme: 'VN-ECOLABEL' }] },
      ],
    });
    await world.operator.post('/api/priority-lists').send(edition).expect(201);
    await world.publisher.post('/api/priority-lists/NEEDS/publication').expect(201);
    for (const code of ['N-1', 'N-2', 'N-3', 'N-4', 'N-5', 'N-6']) {
      const agency = anOrganisation({ code, kind: 'agency', province: code === 'N-6' ? '79' : '01' });
      await world.operator.post('/api/organisations').send(agency).expect(201);
      officers.push(await app.as('officer', code));
    }
  });
  afterAll(() => app.close());

  it('are counted by group, attributes and month: an agency by its officer, everybody else as a visitor, nobody by words', async () => {
    await vainly(officers[0]!);
    await vainly(officers[0]!);
    await vainly(app.anyone);
    await vainly(world.supplier);
    await app.anyone.get('/api/products?q=giấy văn phòng Nguyễn Văn A&attr.grammage=77').expect(200);
    // Of no listed group, of one supplier, of another day, a second page: nothing is missed by these.
    await app.anyone.get('/api/products?q=Nguyễn Văn A').expect(200);
    await app.anyone.get('/api/products?group=tyre&attr.grammage=77').expect(200);
    for (const more of ['&supplier=T-SUPPLIER', '&validOn=2026-01-15', '&page=2']) await vainly(officers[0]!, more);
    const counters = (await stored()).map(({ _id, agency, wants, count }) => ({ _id, agency, wants, count }));
    expect(counters.toSorted((a, b) => (a._id < b._id ? -1 : 1))).toEqual([
      { _id: 'office-paper 2026-11  ', agency: null, wants: '', count: 3 },
      { _id: 'office-paper 2026-11 N-1 grammage=77', agency: 'N-1', wants: 'grammage=77', count: 2 },
    ]);
  });

  it('lose nothing where many ask at once', async () => {
    await Promise.all(Array.from({ length: 8 }, () => vainly(officers[1]!)));
    expect((await stored()).find(({ agency }) => agency === 'N-2')?.count).toBe(8);
  });

  it('are told from five agencies on, once the month is over, with lines that say that no product fits', async () => {
    for (const officer of officers.slice(2, 4)) await vainly(officer);
    app.clock.set('2026-12-02T03:00:00.000Z');
    expect(await need('office-paper')).toMatchObject({
      obligation: 'mandatory',
      labelled: 0,
      accepted: 0,
      published: null,
    });
    const lines = [{ description: 'Giấy', group: 'office-paper', quantity: '1', unit: 'RM', amountNet: '1' }];
    const withReason = (code: 'NO_FIT' | 'PRICE') =>
      lines.map((line) => ({ ...line, exemption: { code, text: 'Thử' } }));
    const buy = (agency: string, officer: Caller, code: 'NO_FIT' | 'PRICE') =>
      officer
        .post('/api/purchases')
        .send({
          ...aPurchase({ agency, reference: `${agency} ${code}`, basisDate: '2026-12-01' }),
          lines: withReason(code),
        })
        .expect(201);
    await buy('N-5', officers[4]!, 'PRICE');
    await buy('N-5', officers[4]!, 'NO_FIT');
    app.clock.set('2027-01-03T03:00:00.000Z');
    expect(await need('office-paper')).toMatchObject({
      published: {
        agencies: 5,
        // Two and eight and one and one searches, and one line.
        asks: 13,
        visitors: 3,
        from: '2026-11',
        through: '2026-12',
        // Four agencies asked for 77 g/m².
        wants: [],
      },
    });
    expect((await need('laundry-detergent')).published).toBeNull();
    expect((await need('office-paper', 'province=01')).published).toEqual({
      agencies: 5,
      asks: 13,
      from: '2026-11',
      through: '2026-12',
      wants: [],
    });
    expect((await need('office-paper', 'province=79')).published).toBeNull();
    expect((await map('group=laundry-detergent')).items).toHaveLength(1);
    for (const query of ['group=tyre', 'province=99', 'group[$gt]=', 'month=2026-11'])
      await app.anyone.get(`/api/needs?${query}`).expect(400);
  });

  it('are met by the day’s certificates, not by a note of anybody', async () => {
    for (const officer of officers.slice(0, 5)) await vainly(officer);
    app.clock.set('2027-02-03T03:00:00.000Z');
    const wanted = ({ published }: Need) =>
      published?.wants.map(({ attributes, matching }) => ({ attributes, matching }));
    expect(wanted(await need('office-paper'))).toEqual([{ attributes: { grammage: '77' }, matching: 0 }]);
    const product = await world.product({ attributes: { grammage: 77 } });
    await world.certificate({ products: [product.id] });
    await app.services.settle();
    app.clock.set('2027-02-04T03:00:00.000Z');
    const met = await need('office-paper');
    expect([met.labelled, met.accepted, wanted(met)]).toEqual([
      1,
      1,
      [{ attributes: { grammage: '77' }, matching: 1 }],
    ]);
  });

  it('are followed by an organisation, which is shown what changed since it last looked', async () => {
    const path = '/api/needs/follows';
    await world.supplier.put(`${path}/tyre`).expect(404);
    const followed = (await world.supplier.put(`${path}/laundry-detergent`).expect(200)).body as object;
    expect(followed).toMatchObject({
      group: 'laundry-detergent',
      changed: false,
      seen: { asks: 0, obligation: 'preferred' },
    });
    for (const officer of officers.slice(0, 5))
      await officer.get('/api/products?group=laundry-detergent&q=qqzzxx').expect(200);
    app.clock.set('2027-03-03T03:00:00.000Z');
    const all = async (caller: Caller) => ((await caller.get(path).expect(200)).body as NeedFollows).items;
    expect(await all(world.supplier)).toMatchObject([
      { changed: true, seen: { asks: 0 }, now: { asks: 5, agencies: 5 } },
    ]);
    expect(await all(world.certifier)).toEqual([]);
    await world.supplier.put(`${path}/laundry-detergent`).expect(200);
    expect(await all(world.supplier)).toMatchObject([{ changed: false, seen: { asks: 5 }, since: '2027-02-04' }]);
    await world.supplier.delete(`${path}/laundry-detergent`).expect(204);
    expect(await all(world.supplier)).toEqual([]);
  });
});
