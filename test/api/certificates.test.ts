import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Certificate, Product, ProblemDetails, ProductLabels, Validity } from '../../schemas/types.d.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aCertificate, anEdition, aWorld, nextNumber, type World } from '../support/builders.ts';

describe('certificates', () => {
  let app: TestApp;
  let world: World;
  let paper: Product;
  const post = (body: object, caller = world.certifier) => caller.post('/api/certificates').send(body);
  const event = (id: string, body: object, caller = world.certifier) =>
    caller.post(`/api/certificates/${id}/events`).send(body);
  const validity = async (id: string, query: string) =>
    (await app.anyone.get(`/api/certificates/${id}/validity?${query}`).expect(200)).body as Validity;

  beforeAll(async () => {
    app = await startTestApp();
    world = await aWorld(app);
    paper = await world.product();
  });
  afterAll(() => app.close());

  describe('POST /api/certificates', () => {
    it.each([
      ['2024-06-01', '2027-06-01'],
      ['2024-08-31', '2027-08-31'],
      ['2024-02-29', '2027-02-28'],
    ])('ends a certificate of %s after the scheme’s 36 months, on %s', async (issuedOn, validThrough) => {
      const { body } = await post(aCertificate({ products: [paper.id], issuedOn })).expect(201);
      expect(body).toMatchObject({ validFrom: issuedOn, validThrough, source: { kind: 'issuer' }, events: [] });
    });

    it('lets a date printed on the decision win', async () => {
      const { body } = await post(aCertificate({ products: [paper.id], validThrough: '2026-01-31' })).expect(201);
      expect(body).toMatchObject({ validThrough: '2026-01-31' });
    });

    it('leaves a certificate open where the scheme knows no term', async () => {
      const { body } = await post(aCertificate({ products: [paper.id], scheme: 'EU-ECOLABEL' })).expect(201);
      expect(body).toMatchObject({ validThrough: null });
    });

    it('takes scheme, number and day of issue once', async () => {
      const certificate = aCertificate({ products: [paper.id] });
      const first = (await post(certificate).expect(201)).body as Certificate;
      const problem = (await post(certificate).expect(409)).body as ProblemDetails;
      expect(problem).toMatchObject({ code: 'CERTIFICATE_EXISTS', title: expect.stringContaining(first.id) });
      await post({ ...certificate, issuedOn: '2025-01-16' }).expect(201);
    });

    it('answers the same call with the same key once more', async () => {
      const certificate = aCertificate({ products: [paper.id] });
      const send = () => post(certificate).set('Idempotency-Key', `c-${nextNumber()}`.replace(/\d+$/, 'same'));
      const first = (await send().expect(201)).body as Certificate;
      expect((await send().expect(201)).body).toMatchObject({ id: first.id });
    });

    it.each([
      ['a certificate that ends before it starts', { validThrough: '2025-01-14' }, '/validThrough'],
      ['a start before the day of issue', { validFrom: '2025-01-14' }, '/validFrom'],
      ['a level that the scheme has not', { level: '5' }, '/level'],
      ['a missing level', { scheme: 'VN-ENERGY-COMPARATIVE' }, '/level'],
      ['a holder that is not the product’s', { holder: 'T-SHOP' }, '/products/0'],
      ['an unknown holder', { holder: 'NOBODY' }, '/holder'],
      ['an unknown scheme', { scheme: 'NOTHING' }, '/scheme'],
      ['an unknown product', { products: ['0'.repeat(24)] }, '/products/0'],
      ['no product', { products: [] }, '/products'],
      ['an unknown criterion', { criterion: 'NSTVN 99:2099' }, '/criterion'],
      ['the criterion of another scheme', { criterion: 'NXVN 07:2014' }, '/criterion'],
      ['a criterion for another group', { criterion: 'NSTVN 01:2023' }, '/criterion'],
    ])('refuses %s', async (_what, over, pointer) => {
      const body = { ...aCertificate({ products: [paper.id] }), ...over };
      expect((await post(body).expect(422)).body).toMatchObject({ code: 'RULE_BROKEN', errors: [{ pointer }] });
    });

    it('takes an authorised holder', async () => {
      const product = await world.product({ authorised: ['T-SHOP'] });
      await post(aCertificate({ products: [product.id], holder: 'T-SHOP' })).expect(201);
    });

    it('is for bodies within their schemes, and for the operator as transcriber', async () => {
      await post(aCertificate({ products: [paper.id], scheme: 'DE-BLUE-ANGEL' })).expect(403);
      const transcribed = await post(
        aCertificate({ products: [paper.id], scheme: 'DE-BLUE-ANGEL' }),
        world.operator,
      ).expect(201);
      expect(transcribed.body).toMatchObject({ source: { kind: 'transcribed' } });
      for (const caller of [world.officer, world.supplier, world.auditor])
        await post(aCertificate({ products: [paper.id] }), caller).expect(403);
      await post(aCertificate({ products: [paper.id] }), app.anyone).expect(401);
    });
  });

  describe('POST /api/certificates/{id}/events', () => {
    it('makes the day of a revocation the first that is not valid', async () => {
      const { id } = await world.certificate({ products: [paper.id] });
      await event(id, { type: 'revoked', on: '2026-03-01', reason: 'Vi phạm' }).expect(201);
      expect(await validity(id, 'on=2026-02-28')).toMatchObject({
        valid: true,
        interval: { from: '2025-01-15', through: '2026-02-28' },
      });
      expect(await validity(id, 'on=2026-03-01')).toMatchObject({ valid: false, reason: 'REVOKED' });
    });

    it('voids a certificate from its start where it is revoked ab initio', async () => {
      const { id } = await world.certificate({ products: [paper.id] });
      await event(id, { type: 'revokedAbInitio', on: '2026-03-01', reason: 'Hồ sơ giả' }).expect(201);
      expect(await validity(id, 'on=2025-01-15')).toMatchObject({ valid: false, reason: 'REVOKED' });
    });

    it('suspends and reinstates where the scheme can, and only there', async () => {
      const { id } = await world.certificate({ products: [paper.id], scheme: 'EU-ECOLABEL' });
      await event(id, { type: 'reinstated', on: '2026-03-01', reason: 'x' }).expect(422);
      await event(id, { type: 'suspended', on: '2026-03-01', reason: 'x' }).expect(201);
      await event(id, { type: 'reinstated', on: '2026-03-10', reason: 'x' }).expect(201);
      expect(await validity(id, 'on=2026-03-09')).toMatchObject({
        valid: false,
        reason: 'SUSPENDED',
        interval: { from: '2026-03-01', through: '2026-03-09' },
      });
      expect(await validity(id, 'on=2026-03-10')).toMatchObject({ valid: true });
      const national = await world.certificate({ products: [paper.id] });
      const problem = (await event(national.id, { type: 'suspended', on: '2026-03-01', reason: 'x' }).expect(422))
        .body as ProblemDetails;
      expect(problem.errors?.[0]?.pointer).toBe('/type');
    });

    it.each([
      ['before the certificate', { type: 'revoked', on: '2025-01-14', reason: 'x' }, 422],
      ['after its end', { type: 'revoked', on: '2028-01-16', reason: 'x' }, 422],
      ['of an unknown type', { type: 'amended', on: '2026-01-01', reason: 'x' }, 400],
      ['without a reason', { type: 'revoked', on: '2026-01-01' }, 400],
      ['on no day', { type: 'revoked', on: '2026-02-30', reason: 'x' }, 400],
    ])('refuses an event %s', async (_what, body, status) => {
      const { id } = await world.certificate({ products: [paper.id] });
      await event(id, body).expect(status);
      expect((await app.anyone.get(`/api/certificates/${id}`).expect(200)).body).toMatchObject({
        events: [],
        revision: 1,
      });
    });

    it('records the same event once under one key', async () => {
      const { id } = await world.certificate({ products: [paper.id] });
      const send = () =>
        event(id, { type: 'revoked', on: '2026-03-01', reason: 'Vi phạm' }).set('Idempotency-Key', 'event-1');
      await send().expect(201);
      expect(((await send().expect(201)).body as Certificate).events).toHaveLength(1);
    });

    it('is for the scheme’s bodies', async () => {
      const { id } = await world.certificate({ products: [paper.id] });
      const stranger = await app.as('certifier', 'T-BODY-2').catch(() => null);
      expect(stranger).toBeNull();
      await world.operator
        .post('/api/organisations')
        .send({ code: 'T-BODY-2', kind: 'certifier', name: { vi: 'Tổ chức khác (hư cấu)' }, mayCertify: ['FSC'] })
        .expect(201);
      const other = await app.as('certifier', 'T-BODY-2');
      await event(id, { type: 'revoked', on: '2026-03-01', reason: 'x' }, other).expect(403);
      await event(id, { type: 'revoked', on: '2026-03-01', reason: 'x' }, world.supplier).expect(403);
      await event('0'.repeat(24), { type: 'revoked', on: '2026-03-01', reason: 'x' }).expect(404);
    });
  });

  describe('GET /api/certificates/{id}/validity', () => {
    it('answers as the register knew it', async () => {
      const before = app.later();
      const { id } = await world.certificate({ products: [paper.id] });
      const recorded = app.later();
      await event(id, { type: 'revoked', on: '2026-03-01', reason: 'Ghi muộn' }).expect(201);
      app.later();
      const known = (at: string) => validity(id, `on=2026-05-01&knownAt=${at}`);
      expect(await known(before)).toMatchObject({ valid: false, reason: 'NOT_KNOWN_YET', interval: null });
      expect(await known(recorded)).toMatchObject({ valid: true, reason: 'VALID', events: [] });
      expect(await validity(id, 'on=2026-05-01')).toMatchObject({
        valid: false,
        reason: 'REVOKED',
        events: [{ type: 'revoked' }],
      });
    });

    it('refuses knowledge that is not settled yet', async () => {
      const { id } = await world.certificate({ products: [paper.id] });
      await app.anyone.get(`/api/certificates/${id}/validity?knownAt=${app.clock.now()}`).expect(400);
      await app.anyone.get(`/api/certificates/${id}/validity?on=14.3.2026`).expect(400);
      await app.anyone.get('/api/certificates/none/validity').expect(404);
    });

    it('says that a product is not covered', async () => {
      const other = await world.product();
      const { id } = await world.certificate({ products: [paper.id] });
      expect(await validity(id, `product=${other.id}`)).toMatchObject({ valid: false, reason: 'PRODUCT_NOT_COVERED' });
    });
  });

  describe('GET /api/certificates', () => {
    it('lists by number, holder, product and by the status of today', async () => {
      const product = await world.product();
      const ended = await world.certificate({ products: [product.id], issuedOn: '2020-01-01' });
      const revoked = await world.certificate({ products: [product.id] });
      await event(revoked.id, { type: 'revoked', on: '2026-03-01', reason: 'x' }).expect(201);
      const valid = await world.certificate({ products: [product.id] });
      const future = await world.certificate({ products: [product.id], validFrom: '2027-01-01' });
      const ids = async (query: string) =>
        (
          (await app.anyone.get(`/api/certificates?product=${product.id}&${query}`).expect(200)).body as {
            items: Certificate[];
          }
        ).items.map(({ id }) => id);
      expect(await ids('status=ended')).toEqual([ended.id]);
      expect(await ids('status=revoked')).toEqual([revoked.id]);
      expect(await ids('status=valid')).toEqual([valid.id]);
      expect(await ids('status=notYetValid')).toEqual([future.id]);
      expect(await ids(`number=${encodeURIComponent(valid.number)}`)).toEqual([valid.id]);
      expect(await ids('holder=T-SHOP')).toEqual([]);
      expect(await ids('scheme=VN-ECOLABEL')).toHaveLength(4);
      await app.anyone.get('/api/certificates?status=lost').expect(400);
    });
  });

  describe('GET /api/products/{id}/labels', () => {
    it('gives every covering certificate with its state and what it counts for on the day', async () => {
      const product = await world.product({ group: 'air-conditioner', name: { vi: 'Máy điều hòa (hư cấu)' } });
      const entries = [
        {
          group: 'air-conditioner',
          obligation: 'preferred',
          accepts: [{ scheme: 'VN-ENERGY-COMPARATIVE', minLevel: '5' }],
        },
      ];
      await world.operator
        .post('/api/priority-lists')
        .send({ ...anEdition({ code: 'AC' }), entries })
        .expect(201);
      await world.operator.post('/api/priority-lists/AC/publication').expect(201);
      const five = await world.certificate({ products: [product.id], scheme: 'VN-ENERGY-COMPARATIVE', level: '5' });
      const four = await world.certificate({ products: [product.id], scheme: 'VN-ENERGY-COMPARATIVE', level: '4' });
      const foreign = await world.certificate({ products: [product.id], scheme: 'EU-ECOLABEL' });
      const labels = async (on: string) =>
        (await app.anyone.get(`/api/products/${product.id}/labels?on=${on}`).expect(200)).body as ProductLabels;
      const found = Object.fromEntries(
        (await labels('2026-03-14')).items.map((label) => [label.certificate, [label.tier, label.tierReason]]),
      );
      expect(found).toEqual({
        [five.id]: ['B', 'COUNTS'],
        [four.id]: [null, 'LEVEL_TOO_LOW'],
        [foreign.id]: [null, 'NOT_ACCEPTED'],
      });
      expect((await labels('2024-12-31')).items.map(({ reason }) => reason)).toEqual([
        'NOT_YET_VALID',
        'NOT_YET_VALID',
        'NOT_YET_VALID',
      ]);
      await app.anyone.get('/api/products/none/labels').expect(404);
    });
  });
});
