import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Certificate, Product, ProblemDetails, Purchase } from '../../schemas/types.d.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { anEdition, aProduct, aPurchase, aWorld, type World } from '../support/builders.ts';

describe('purchases', () => {
  let app: TestApp;
  let world: World;
  let paper: Product;
  let service: Product;
  let certificate: Certificate;
  const line = { description: 'Giấy', quantity: '1', unit: 'RM', amountNet: '1000' };
  const record = async (over: Parameters<typeof aPurchase>[0] = {}) =>
    (await world.officer.post('/api/purchases').send(aPurchase(over)).expect(201)).body as Purchase;
  const refused = async (body: object, status: number) =>
    (await world.officer.post('/api/purchases').send(body).expect(status)).body as ProblemDetails;

  beforeAll(async () => {
    app = await startTestApp();
    world = await aWorld(app);
    await world.operator
      .post('/api/priority-lists')
      .send(anEdition({ code: 'ED' }))
      .expect(201);
    await world.publisher.post('/api/priority-lists/ED/publication').expect(201);
    paper = await world.product({ model: 'GX-100', aliases: ['GX100S'] });
    service = await world.product({
      kind: 'service',
      name: { vi: 'Dịch vụ in (hư cấu)' },
      model: undefined,
      group: 'office-paper',
    });
    certificate = await world.certificate({ products: [paper.id, service.id] });
  });
  afterAll(() => app.close());

  describe('POST /api/purchases', () => {
    it('says that nothing is known where no product is given', async () => {
      const { lines } = await record();
      expect(lines[0]).toMatchObject({
        lineNo: 1,
        green: { status: 'unknown', reasons: ['NO_PRODUCT_GIVEN'], inScope: false },
      });
    });

    it('puts a line without product in scope by its group', async () => {
      const { lines } = await record({ lines: [{ ...line, group: 'office-paper' }] });
      expect(lines[0]?.green).toMatchObject({ status: 'unknown', inScope: true, edition: 'ED' });
    });

    it.each([
      ['gx 100', 'green', []],
      ['GX100S', 'green', []],
      ['GX-100T', 'unknown', ['MODEL_DIFFERS', 'REASON_MISSING']],
    ])('compares the delivered model %s with the product and its aliases', async (model, status, reasons) => {
      const { lines } = await record({ lines: [{ ...line, product: paper.id, asDelivered: { model } }] });
      expect(lines[0]?.green).toMatchObject({ status, reasons });
    });

    it('counts a service only from the holder of its certificate, by code or tax code', async () => {
      const lines = [{ ...line, product: service.id }];
      const decided = async (supplier: object) => (await record({ lines, supplier })).lines[0]?.green;
      expect(await decided({ name: 'Hãng khác (hư cấu)' })).toMatchObject({
        status: 'unknown',
        reasons: ['PROVIDER_NOT_HOLDER', 'REASON_MISSING'],
      });
      expect(await decided({ code: 'T-SHOP' })).toMatchObject({
        status: 'unknown',
        reasons: ['PROVIDER_NOT_HOLDER', 'REASON_MISSING'],
      });
      expect(await decided({ code: 'T-SUPPLIER' })).toMatchObject({ status: 'green', tier: 'A' });
      expect(await decided({ taxCode: '9911111101' })).toMatchObject({ status: 'green', certificate: certificate.id });
    });

    it('completes a supplier of the register by name and tax code', async () => {
      const { supplier } = await record({ supplier: { code: 'T-SHOP' } });
      expect(supplier).toMatchObject({ code: 'T-SHOP', taxCode: '9911111102' });
    });

    it('takes the same order once: supplier by tax code or folded name, reference, year', async () => {
      const first = await record({ reference: 'HD-SAME', supplier: { name: 'Cửa hàng Hòa Bình (hư cấu)' } });
      const again = aPurchase({ reference: 'HD-SAME', supplier: { name: 'CUA HANG HOA BINH (HU CAU)' } });
      const problem = await refused(again, 409);
      expect(problem.code).toBe('PURCHASE_EXISTS');
      expect(problem.title).toContain(first.id);
      await world.officer
        .post('/api/purchases')
        .send({ ...again, basisDate: '2025-12-31' })
        .expect(201);
    });

    it('answers the same call with the same key once more, and refuses the key for another body', async () => {
      const body = aPurchase();
      const send = (sent: object) => world.officer.post('/api/purchases').set('Idempotency-Key', 'k-1').send(sent);
      const first = await send(body).expect(201);
      const [second, third] = await Promise.all([send(body).expect(201), send(body).expect(201)]);
      expect(second.body).toMatchObject({ id: (first.body as Purchase).id });
      expect(third.body).toMatchObject({ id: (first.body as Purchase).id });
      expect((await send({ ...body, reference: 'HD-ELSE' }).expect(409)).body).toMatchObject({
        code: 'IDEMPOTENCY_KEY_REUSED',
      });
    });

    it('records once what is sent eight times at the same moment under one key', async () => {
      const body = aPurchase();
      const answers = await Promise.all(
        Array.from({ length: 8 }, () =>
          world.officer.post('/api/purchases').set('Idempotency-Key', 'k-8').send(body).expect(201),
        ),
      );
      expect(new Set(answers.map(({ body: { id } }) => id as string)).size).toBe(1);
    });

    it.each([
      ['a float', { amountNet: 1.5 }, '/lines/0/amountNet'],
      ['a negative amount', { amountNet: '-5' }, '/lines/0/amountNet'],
      ['an amount over 2^53', { amountNet: '9007199254740993' }, '/lines/0/amountNet'],
      ['a quantity of seven places', { quantity: '1.1234567' }, '/lines/0/quantity'],
      ['an unknown field', { colour: 'xanh' }, '/lines/0/colour'],
      ['a decision of the client’s own', { green: { status: 'green' } }, '/lines/0/green'],
      ['a line number of the client’s own', { lineNo: 7 }, '/lines/0/lineNo'],
      ['an operator', { description: { $gt: '' } }, '/lines/0/description'],
    ])('refuses %s and names the place', async (_what, over, pointer) => {
      expect(await refused(aPurchase({ lines: [{ ...line, ...over } as never] }), 400)).toMatchObject({
        code: 'INVALID_BODY',
        errors: [{ pointer }],
      });
    });

    it.each([
      ['a day in the future', { basisDate: '2026-11-25' }, '/basisDate', 'RULE_BROKEN'],
      ['an unknown product', { lines: [{ ...line, product: '0'.repeat(24) }] }, '/lines/0/product', 'RULE_BROKEN'],
      ['an unknown group', { lines: [{ ...line, group: 'nothing' }] }, '/lines/0/group', 'RULE_BROKEN'],
      ['an unknown supplier', { supplier: { code: 'NOBODY' } }, '/supplier/code', 'RULE_BROKEN'],
      ['an unknown agency', { agency: 'NOBODY' }, '/agency', 'RULE_BROKEN'],
    ])('refuses %s', async (_what, over, pointer, code) => {
      expect(await refused(aPurchase(over), 422)).toMatchObject({ code, errors: [{ pointer }] });
    });

    it('takes a supplier’s product that is not reviewed yet', async () => {
      const product = (await world.supplier.post('/api/products').send(aProduct()).expect(201)).body as Product;
      expect(product.listing).toBe('unreviewed');
      const { lines } = await record({ lines: [{ ...line, product: product.id }] });
      expect(lines[0]).toMatchObject({ lineNo: 1, product: product.id, green: { status: 'notGreen' } });
    });

    it('keeps the product and the group that a line was recorded with, whatever becomes of the product', async () => {
      const product = await world.product({ group: 'printer' });
      const { id } = await record({ lines: [{ ...line, product: product.id }] });
      await world.operator
        .patch(`/api/products/${product.id}`)
        .set('If-Match', '"1"')
        .send({ group: 'office-paper' })
        .expect(200);
      await app.services.settle();
      const { body } = await world.officer.get(`/api/purchases/${id}`).expect(200);
      expect((body as Purchase).lines[0]).toMatchObject({ product: product.id, group: 'printer' });
    });

    it('takes a day as it is in Ho Chi Minh City: tomorrow there begins at 17:00 UTC', async () => {
      const tomorrow = aPurchase({ basisDate: '2026-11-25' });
      app.clock.set('2026-11-24T16:59:59.999Z');
      expect(await refused(tomorrow, 422)).toMatchObject({ errors: [{ pointer: '/basisDate' }] });
      app.clock.set('2026-11-24T17:00:00.000Z');
      await record(tomorrow);
    });

    it('refuses a group that is not the product’s', async () => {
      const problem = await refused(aPurchase({ lines: [{ ...line, product: paper.id, group: 'printer' }] }), 422);
      expect(problem.errors?.[0]?.pointer).toBe('/lines/0/group');
    });

    it('refuses a product withdrawn on or before the day, and takes it on the day before', async () => {
      const product = await world.product();
      await world.operator
        .post(`/api/products/${product.id}/withdrawal`)
        .send({ on: '2026-03-14', reason: 'Ngừng' })
        .expect(201);
      const lines = [{ ...line, product: product.id }];
      expect(await refused(aPurchase({ lines }), 422)).toMatchObject({ errors: [{ pointer: '/lines/0/product' }] });
      await record({ lines, basisDate: '2026-03-13' });
    });

    it('refuses another’s agency, and takes one below', async () => {
      await world.otherOfficer.post('/api/purchases').send(aPurchase()).expect(403);
      await world.officer
        .post('/api/purchases')
        .send(aPurchase({ agency: 'T-DEPT' }))
        .expect(403);
      await world.department
        .post('/api/purchases')
        .send(aPurchase({ agency: 'T-UNIT' }))
        .expect(201);
    });

    it('changes nothing where it refuses', async () => {
      const count = async () =>
        ((await world.auditor.get('/api/purchases').expect(200)).body as { total: number }).total;
      const before = await count();
      await refused(aPurchase({ lines: [line, { ...line, group: 'nothing' }] }), 422);
      expect(await count()).toBe(before);
    });
  });

  describe('POST /api/purchases/{id}/corrections', () => {
    const correct = (id: string, body: object) => world.officer.post(`/api/purchases/${id}/corrections`).send(body);

    it('takes a line back in full and records another in its place, with the basis date of the original', async () => {
      const purchase = await record({ lines: [{ ...line, product: paper.id, amountNet: '500' }, line] });
      const { body } = await correct(purchase.id, {
        reason: 'Nhập sai',
        lines: [{ corrects: 1, ...line, product: paper.id, amountNet: '300' }],
      }).expect(201);
      const { lines, corrections } = body as Purchase;
      expect(
        lines.map(({ lineNo, amountNet, reverses, corrects }) => ({ lineNo, amountNet, reverses, corrects })),
      ).toEqual([
        { lineNo: 1, amountNet: '500' },
        { lineNo: 2, amountNet: '1000' },
        { lineNo: 3, amountNet: '-500', reverses: 1 },
        { lineNo: 4, amountNet: '300', corrects: 1 },
      ]);
      expect(lines[3]?.green).toMatchObject({ basisDate: '2026-03-14', status: 'green' });
      expect(corrections).toEqual([expect.objectContaining({ reason: 'Nhập sai', lines: [3, 4] })]);
    });

    it('refuses to correct a line twice and names the line in force', async () => {
      const { id } = await record();
      await correct(id, { reason: 'Một', lines: [{ corrects: 1, ...line }] }).expect(201);
      const problem = (await correct(id, { reason: 'Hai', lines: [{ corrects: 1, ...line }] }).expect(422))
        .body as ProblemDetails;
      expect(problem.errors).toEqual([{ pointer: '/lines/0/corrects', detail: expect.stringContaining('3') }]);
      await correct(id, { reason: 'Không có', lines: [{ corrects: 9, ...line }] }).expect(422);
    });

    it('cancels every line, once', async () => {
      const { id } = await record({ lines: [line, line] });
      const { lines } = (await correct(id, { reason: 'Hủy', cancel: true }).expect(201)).body as Purchase;
      expect(lines.reduce((sum, { amountNet }) => sum + BigInt(amountNet), 0n)).toBe(0n);
      await correct(id, { reason: 'Hủy', cancel: true }).expect(422);
    });

    it('names the place in a wrong line', async () => {
      const { id } = await record();
      const problem = (
        await correct(id, { reason: 'Sai', lines: [{ corrects: 1, ...line, amountNet: 2.5 }] }).expect(400)
      ).body as ProblemDetails;
      expect(problem.errors?.[0]?.pointer).toBe('/lines/0/amountNet');
    });

    it('makes concurrent corrections one after the other', async () => {
      const { id } = await record({ lines: [line, line, line, line] });
      await Promise.all(
        [1, 2, 3, 4].map((corrects) =>
          correct(id, { reason: 'Cùng lúc', lines: [{ corrects, ...line, amountNet: '7' }] }).expect(201),
        ),
      );
      const { lines } = (await world.officer.get(`/api/purchases/${id}`).expect(200)).body as Purchase;
      expect(lines.map(({ lineNo }) => lineNo)).toEqual(lines.map((_line, index) => index + 1));
      expect(lines.reduce((sum, { amountNet }) => sum + BigInt(amountNet), 0n)).toBe(28n);
    });

    it('is for the agency’s own officers', async () => {
      const { id } = await record();
      await world.otherOfficer.post(`/api/purchases/${id}/corrections`).send({ reason: 'x', cancel: true }).expect(403);
      await world.auditor.post(`/api/purchases/${id}/corrections`).send({ reason: 'x', cancel: true }).expect(403);
      await correct('0'.repeat(24), { reason: 'x', cancel: true }).expect(404);
      await correct('no-id', { reason: 'x', cancel: true }).expect(404);
    });
  });

  describe('GET /api/purchases', () => {
    it('shows an officer the own subtree only', async () => {
      await record({ reference: 'HD-MINE' });
      const list = async (caller = world.officer, query = '') =>
        (await caller.get(`/api/purchases?reference=HD-MINE${query}`).expect(200)).body as { items: Purchase[] };
      expect((await list()).items).toHaveLength(1);
      expect((await list(world.department)).items).toHaveLength(1);
      expect((await list(world.otherOfficer)).items).toHaveLength(0);
      expect((await list(world.auditor)).items).toHaveLength(1);
      await world.otherOfficer.get('/api/purchases?agency=T-UNIT').expect(403);
      await app.anyone.get('/api/purchases').expect(401);
      await world.supplier.get('/api/purchases').expect(403);
    });

    it('finds a notice with and without its version', async () => {
      const { id } = await record({ notice: 'IB2400035288-00' });
      for (const notice of ['IB2400035288', 'IB2400035288-00']) {
        const { body } = await world.officer.get(`/api/purchases?notice=${notice}`).expect(200);
        expect((body as { items: Purchase[] }).items.map((item) => item.id)).toEqual([id]);
      }
    });

    it('pages by cursor without gap or repetition, newest first', async () => {
      const seen: string[] = [];
      let cursor = '';
      let total = 0;
      do {
        const { body } = await world.auditor.get(`/api/purchases?limit=7${cursor && `&cursor=${cursor}`}`).expect(200);
        const page = body as { items: Purchase[]; next: string | null; total: number };
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.next ?? '';
        total = page.total;
      } while (cursor);
      expect(total).toBeGreaterThan(7);
      expect(seen).toHaveLength(total);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toEqual(seen.toSorted().toReversed());
    });

    it('filters by group and by decision', async () => {
      const { body } = await world.auditor.get('/api/purchases?group=office-paper&green=green&limit=100').expect(200);
      const { items } = body as { items: Purchase[] };
      expect(items.length).toBeGreaterThan(0);
      expect(items.every(({ lines }) => lines.some(({ green }) => green.status === 'green'))).toBe(true);
    });
  });
});
