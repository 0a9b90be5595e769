import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Product, Purchase } from '../../schemas/types.d.ts';
import { startTestApp, type Caller, type TestApp } from '../support/app.ts';
import { anEdition, aPurchase, aWorld, nextNumber, type World } from '../support/builders.ts';

describe('finding purchases and what changed of them', () => {
  let app: TestApp;
  let world: World;
  let paper: Product;
  const line = { description: 'Giấy', quantity: '1', unit: 'RM', amountNet: '1000' };
  const record = async (over: object = {}, caller: Caller = world.officer) =>
    (
      await caller
        .post('/api/purchases')
        .send({ ...aPurchase(), ...over })
        .expect(201)
    ).body as Purchase;
  const preview = async (over: object, caller: Caller = world.officer) =>
    (
      await caller
        .post('/api/purchases?preview=true')
        .send({ ...aPurchase(), ...over })
        .expect(200)
    ).body as Purchase;
  const found = async (query: string, caller: Caller = world.auditor) => {
    const { body } = await caller.get(`/api/purchases?limit=100&${query}`).expect(200);
    return (body as { items: Purchase[] }).items;
  };
  const idsOf = async (query: string) => (await found(query)).map(({ id }) => id);

  beforeAll(async () => {
    app = await startTestApp();
    world = await aWorld(app);
    await world.operator
      .post('/api/priority-lists')
      .send(anEdition({ code: 'ED' }))
      .expect(201);
    await world.publisher.post('/api/priority-lists/ED/publication').expect(201);
    paper = await world.product();
  });
  afterAll(() => app.close());

  it('a preview warns of a POSSIBLE_DUPLICATE in another agency, and names it only to whoever may read it', async () => {
    const order = { reference: `HD-${nextNumber()}`, supplier: { code: 'T-SHOP' }, lines: [line, line] };
    const { id } = await record(order);
    const other = {
      ...order,
      agency: 'T-OTHER',
      supplier: { taxCode: '9911111102' },
      lines: [{ ...line, amountNet: '2000' }],
    };
    expect((await preview(other, world.otherOfficer)).warnings).toEqual([{ code: 'POSSIBLE_DUPLICATE' }]);
    expect((await preview({ ...order, agency: 'T-DEPT' }, world.department)).warnings).toEqual([
      { code: 'POSSIBLE_DUPLICATE', agency: 'T-UNIT', agencyName: expect.any(Object), purchase: id },
    ]);
    for (const differing of [
      { reference: 'HD-X' },
      { supplier: { name: 'Khác' } },
      { lines: [line] },
      { currency: 'USD' },
    ]) {
      expect(await preview({ ...other, ...differing }, world.otherOfficer)).not.toHaveProperty('warnings');
    }
    expect(await record(other, world.otherOfficer)).not.toHaveProperty('warnings');
  });

  it('a preview of a correction gives the corrected purchase and writes nothing', async () => {
    const { id } = await record({ lines: [{ ...line, product: paper.id }] });
    const before = (await world.officer.get(`/api/purchases/${id}`).expect(200)).body as Purchase;
    const correction = { reason: 'Giảm', lines: [{ corrects: 1, ...line, amountNet: '400' }] };
    const path = `/api/purchases/${id}/corrections`;
    const { body } = await world.officer.post(`${path}?preview=true`).send(correction).expect(200);
    expect(body).toMatchObject({ id, preview: true });
    expect((body as Purchase).lines.map(({ amountNet }) => amountNet)).toEqual(['1000', '-1000', '400']);
    expect((await world.officer.get(`/api/purchases/${id}`).expect(200)).body).toEqual(before);
    await world.otherOfficer.post(`${path}?preview=true`).send(correction).expect(403);
    await world.officer
      .post(`${path}?preview=true`)
      .send({ reason: 'x', lines: [{ corrects: 7, ...line }] })
      .expect(422);
    await world.officer.post(path).send(correction).expect(201);
  });

  it('a credit note is a correction: the line is left with less, never below zero, on the original’s basis date', async () => {
    const { id, basisDate } = await record({ lines: [line] });
    const path = `/api/purchases/${id}/corrections`;
    const credit = { reason: 'Hóa đơn điều chỉnh giảm', lines: [{ corrects: 1, ...line, amountNet: '0' }] };
    const { lines } = (await world.officer.post(path).send(credit).expect(201)).body as Purchase;
    expect(lines.at(-1)).toMatchObject({ amountNet: '0', green: { basisDate } });
    await world.officer
      .post(path)
      .send({ reason: 'x', lines: [{ corrects: 3, ...line, amountNet: '-1' }] })
      .expect(400);
  });

  it('filters by supplier code or tax code, and by group and decision of one line that stands', async () => {
    const shop = await record({ supplier: { code: 'T-SHOP' } });
    const named = await record({ supplier: { name: 'Cửa hàng (hư cấu)', taxCode: '9911111102' } });
    expect(await idsOf('supplier=T-SHOP')).toContain(shop.id);
    const byTaxCode = await idsOf('supplier=9911111102');
    expect([shop.id, named.id].every((id) => byTaxCode.includes(id))).toBe(true);

    const { id } = await record({
      lines: [
        { ...line, group: 'printer' },
        { ...line, nature: 'works' },
      ],
    });
    expect(await idsOf('group=printer&green=unknown')).toContain(id);
    expect(await idsOf('group=printer&green=notGreen')).not.toContain(id);
    const lamp = { reason: 'Sai nhóm', lines: [{ corrects: 1, ...line, group: 'office-paper' }] };
    await world.officer.post(`/api/purchases/${id}/corrections`).send(lamp).expect(201);
    expect(await idsOf('group=printer')).not.toContain(id);
  });

  it('says which purchases changed: a decision replaced by later knowledge, with changedSince and beside the purchase', async () => {
    const product = await world.product();
    const still = await record();
    const { id, recordedAt } = await record({ lines: [{ ...line, product: product.id }] });
    expect(await idsOf(`changedSince=${recordedAt}`)).not.toContain(id);
    app.later(60);
    const { recordedAt: registered } = await world.certificate({ products: [product.id] });
    await app.services.settle();
    const changed = await found(`changedSince=${registered}`);
    expect(changed.map((purchase) => purchase.id)).toEqual([id]);
    expect(changed[0]?.lines[0]).toMatchObject({
      green: { status: 'green', knownFrom: registered },
      earlier: [{ status: 'notGreen', knownFrom: recordedAt }],
    });
    expect(changed[0]?.redecidedAt).toBe(changed[0]?.lines[0]?.green.evaluatedAt);
    app.later(60);
    expect(await idsOf(`changedSince=${encodeURIComponent(app.clock.now())}`)).toEqual([]);
    expect((await found('')).find((purchase) => purchase.id === still.id)).not.toHaveProperty('redecidedAt');
    await world.auditor.get('/api/purchases?changedSince=yesterday').expect(400);
  });

  it('comes with the names of agency, supplier and products', async () => {
    const { id } = await record({ supplier: { code: 'T-SHOP' }, lines: [{ ...line, product: paper.id }, line] });
    const named = {
      agencyName: { vi: 'Tổ chức T-UNIT (hư cấu)' },
      supplierName: { vi: 'Tổ chức T-SHOP (hư cấu)' },
      lines: [{ productName: paper.name }, {}],
    };
    expect((await world.officer.get(`/api/purchases/${id}`).expect(200)).body).toMatchObject(named);
    expect((await found('')).find((purchase) => purchase.id === id)).toMatchObject(named);
  });

  it('a purchase of a framework is recorded like any other, and its call-offs beside it', async () => {
    const framework = await record({ kind: 'framework', lines: [{ ...line, product: paper.id }] });
    expect(framework).toMatchObject({ kind: 'framework', lines: [{ green: { status: 'notGreen' } }] });
    expect(await record({ method: 'call-off', basisRule: 'callOff' })).toMatchObject({ kind: 'callOff' });
  });
});
