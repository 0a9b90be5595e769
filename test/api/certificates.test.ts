import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  Certificate,
  OrganisationLabels,
  Product,
  ProblemDetails,
  ProductLabels,
  Purchase,
  Validity,
} from '../../schemas/types.d.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aCertificate, anEdition, aPurchase, aWorld, nextNumber, type World } from '../support/builders.ts';

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
      ['of an unknown type', { type: 'lost', on: '2026-01-01', reason: 'x' }, 400],
      ['that amends without saying to what', { type: 'amended', on: '2026-01-01', reason: 'x' }, 400],
      ['that reissues nothing', { type: 'reissued', on: '2026-01-01', reason: 'x' }, 400],
      ['that corrects nothing', { type: 'corrected', on: '2026-01-01', reason: 'x', fields: {} }, 400],
      ['with products where none belong', { type: 'revoked', on: '2026-01-01', reason: 'x', products: ['a'] }, 400],
      ['with a recordedAt of its own', { type: 'revoked', on: '2026-01-01', reason: 'x', recordedAt: 'x' }, 400],
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

  describe('a certificate that changes', () => {
    const read = async (id: string) =>
      (await app.anyone.get(`/api/certificates/${id}`).expect(200)).body as Certificate;

    it('amended covers other products from the day on, and tells the old ones until then', async () => {
      const [first, second] = [await world.product(), await world.product()];
      const { id } = await world.certificate({ products: [first.id] });
      const before = app.later();
      const amended = { type: 'amended', on: '2026-03-01', reason: 'Thay model', products: [second.id] };
      const { body } = await event(id, amended).expect(201);
      expect(body).toMatchObject({
        products: [second.id],
        entry: { products: [first.id] },
        events: [{ ...amended, recordedAt: app.clock.now() }],
      });
      app.later();
      const answers = async (day: string, more = '') =>
        Promise.all(
          [first, second].map(async (one) => (await validity(id, `product=${one.id}&on=${day}${more}`)).reason),
        );
      expect(await answers('2026-02-28')).toEqual(['VALID', 'PRODUCT_NOT_COVERED']);
      expect(await answers('2026-03-01')).toEqual(['PRODUCT_NOT_COVERED', 'VALID']);
      expect(await answers('2026-03-01', `&knownAt=${before}`)).toEqual(['VALID', 'PRODUCT_NOT_COVERED']);
      const foreign = await world.product({ supplier: 'T-SHOP' });
      const problem = (await event(id, { ...amended, products: [foreign.id] }).expect(422)).body as ProblemDetails;
      expect(problem.errors?.[0]?.pointer).toBe('/products/0');
      await event(id, { ...amended, products: ['0'.repeat(24)] }).expect(422);
      await event(id, amended, world.supplier).expect(403);
      expect((await read(id)).events).toHaveLength(1);
    });

    it('reissued makes the new holder authorised on its products, and is found by both numbers and holders', async () => {
      const product = await world.product();
      const { id, number } = await world.certificate({ products: [product.id] });
      const renumbered = `${number}-SĐ`;
      const reissued = { type: 'reissued', on: '2026-03-01', reason: 'Đổi tên', holder: 'T-SHOP', number: renumbered };
      expect((await event(id, reissued).expect(201)).body).toMatchObject({ holder: 'T-SHOP', number: renumbered });
      expect((await app.anyone.get(`/api/products/${product.id}`).expect(200)).body).toMatchObject({
        supplier: 'T-SUPPLIER',
        authorised: ['T-SHOP'],
      });
      // Authorised from now on: it may hold certificates of its own for the model.
      await post(aCertificate({ products: [product.id], holder: 'T-SHOP' })).expect(201);
      for (const query of [`number=${encodeURIComponent(number)}`, `number=${encodeURIComponent(renumbered)}`]) {
        const { items } = (await app.anyone.get(`/api/certificates?${query}`).expect(200)).body as {
          items: Certificate[];
        };
        expect(items.map((item) => item.id)).toEqual([id]);
      }
      const taken = await world.certificate({ products: [product.id] });
      expect((await event(taken.id, { ...reissued, holder: undefined }).expect(409)).body).toMatchObject({
        code: 'CERTIFICATE_EXISTS',
      });
      await event(id, { ...reissued, number: 'x', holder: 'NOBODY' }).expect(422);
    });

    it('corrected says what the entry should have said from its start; what was known before stays', async () => {
      const { id } = await world.certificate({ products: [paper.id], issuedOn: '2025-01-15' });
      const before = app.later();
      const corrected = {
        type: 'corrected',
        on: '2026-03-01',
        reason: 'Nhập nhầm',
        fields: { issuedOn: '2024-01-15' },
      };
      expect((await event(id, corrected).expect(201)).body).toMatchObject({
        issuedOn: '2024-01-15',
        validFrom: '2024-01-15',
        validThrough: '2027-01-15',
        entry: { issuedOn: '2025-01-15', validThrough: '2028-01-15' },
      });
      app.later();
      expect(await validity(id, 'on=2024-06-01')).toMatchObject({ valid: true });
      expect(await validity(id, `on=2024-06-01&knownAt=${before}`)).toMatchObject({ reason: 'NOT_YET_VALID' });
      const refused = [
        [{ validThrough: '2023-12-31' }, '/fields/validThrough'],
        [{ level: '9' }, '/fields/level'],
        [{ holder: 'T-SHOP' }, '/fields/products/0'],
      ] as const;
      for (const [fields, pointer] of refused) {
        const problem = (await event(id, { ...corrected, fields }).expect(422)).body as ProblemDetails;
        expect(problem.errors?.[0]?.pointer).toBe(pointer);
      }
      await event(id, { ...corrected, fields: { colour: 'green' } }).expect(400);
      expect((await read(id)).events).toHaveLength(1);
    });

    it('renews an earlier one of its scheme, and each names the other', async () => {
      const product = await world.product();
      const first = await world.certificate({ products: [product.id], issuedOn: '2023-01-15' });
      const second = await world.certificate({ products: [product.id], issuedOn: '2026-01-10', renews: first.id });
      expect(await read(second.id)).toMatchObject({ renews: first.id });
      expect(await read(first.id)).toMatchObject({ renewedBy: [second.id] });
      const { items } = (await app.anyone.get(`/api/products/${product.id}/labels?on=2026-03-14`).expect(200))
        .body as ProductLabels;
      expect(items.map(({ certificate, valid, renewedBy }) => [certificate, valid, renewedBy])).toEqual([
        [second.id, true, undefined],
        [first.id, false, [second.id]],
      ]);
      const refused = async (over: object) =>
        ((await post({ ...aCertificate({ products: [product.id] }), ...over }).expect(422)).body as ProblemDetails)
          .errors?.[0]?.pointer;
      expect(await refused({ renews: second.id, issuedOn: '2026-01-10' })).toBe('/renews');
      expect(await refused({ renews: first.id, scheme: 'EU-ECOLABEL' })).toBe('/renews');
      expect(await refused({ renews: '0'.repeat(24) })).toBe('/renews');
    });
  });

  describe('a certificate of an organisation', () => {
    const places = [
      { name: 'Cửa hàng số 1 (hư cấu)', province: '01' },
      { name: 'Kho (hư cấu)', country: 'VN' },
    ];
    const shop = () => ({
      number: `${nextNumber()}/SHOP`,
      scheme: 'T-GREEN-SHOP',
      holder: 'T-SHOP',
      products: [],
      places,
      issuedOn: '2025-01-15',
    });
    const labels = async (query = '') =>
      (await app.anyone.get(`/api/organisations/T-SHOP/labels?${query}`).expect(200)).body as OrganisationLabels;

    it('certifies the holder and its places, takes no products, and never makes a line green', async () => {
      const scheme = {
        validFrom: '2020-01-01',
        name: { vi: 'Cửa hàng xanh (hư cấu)', en: 'Green shop (fictional)' },
        owner: { vi: 'Tổ chức thử (hư cấu)' },
        basis: 'statutory',
        subject: 'organisation',
        levels: [],
        validityMonths: 24,
        canSuspend: true,
        plain: { vi: 'Chỉ để thử.' },
      };
      await world.operator.put('/api/schemes/T-GREEN-SHOP').set('If-None-Match', '*').send(scheme).expect(201);
      const before = app.later();
      const { body } = await post(shop(), world.operator).expect(201);
      const { id } = body as Certificate;
      expect(body).toMatchObject({ products: [], places, validThrough: '2027-01-15', source: { kind: 'transcribed' } });
      app.later();
      expect(await validity(id, 'on=2026-03-14')).toMatchObject({ valid: true });
      expect((await labels('on=2026-03-14')).items).toMatchObject([
        { certificate: id, places, valid: true, tier: null },
      ]);
      expect((await labels('on=2027-01-16')).items).toMatchObject([{ valid: false, reason: 'ENDED' }]);
      expect((await labels(`on=2026-03-14&knownAt=${before}`)).items).toEqual([]);
      const problem = (await post({ ...shop(), products: [paper.id] }, world.operator).expect(422)).body;
      expect(problem).toMatchObject({ errors: [{ pointer: '/products' }] });
      await post({ ...shop(), places: [{ province: '01' }] }, world.operator).expect(400);
      const { lines } = (
        await world.officer
          .post('/api/purchases')
          .send(
            aPurchase({
              supplier: { code: 'T-SHOP' },
              lines: [
                {
                  description: 'Giấy',
                  product: (await world.product({ supplier: 'T-SHOP' })).id,
                  quantity: '1',
                  unit: 'RM',
                  amountNet: '1000',
                },
              ],
            }),
          )
          .expect(201)
      ).body as Purchase;
      expect(lines[0]?.green).toMatchObject({
        status: 'notGreen',
        reasons: expect.arrayContaining(['NO_CERTIFICATE']),
      });
    });

    it('is the organisation’s with its state on the day: suspended, and held by another after a reissue', async () => {
      const [{ certificate: id } = { certificate: '' }] = (await labels()).items;
      await event(id, { type: 'suspended', on: '2026-03-01', reason: 'x' }, world.operator).expect(201);
      expect((await labels('on=2026-03-14')).items).toMatchObject([{ valid: false, reason: 'SUSPENDED' }]);
      await event(id, { type: 'reissued', on: '2026-05-01', reason: 'x', holder: 'T-SUPPLIER' }, world.operator).expect(
        201,
      );
      expect((await labels('on=2026-04-30')).items).toHaveLength(1);
      expect((await labels('on=2026-05-01')).items).toEqual([]);
      await app.anyone.get('/api/organisations/NOBODY/labels').expect(404);
      await app.anyone.get('/api/organisations/T-SHOP/labels?colour=green').expect(400);
      await app.anyone.get(`/api/organisations/T-SHOP/labels?knownAt=${app.clock.now()}`).expect(400);
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
      await world.publisher.post('/api/priority-lists/AC/publication').expect(201);
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
