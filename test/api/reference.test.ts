import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  Certificate,
  LabelScheme,
  Product,
  ProductLabels,
  Purchase,
  RecognitionAgreement,
} from '../../schemas/types.d.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { anEdition, aPurchase, aWorld, type World } from '../support/builders.ts';

const aScheme = {
  validFrom: '2020-01-01',
  name: { vi: 'Nhãn thử (hư cấu)', en: 'Test label (fictional)' },
  owner: { vi: 'Tổ chức thử (hư cấu)' },
  basis: 'statutory',
  subject: 'product',
  levels: [],
  validityMonths: 36,
  canSuspend: true,
  plain: { vi: 'Chỉ để thử.' },
};

describe('dated changes of reference data', () => {
  let app: TestApp;
  let world: World;
  beforeAll(async () => {
    app = await startTestApp();
    world = await aWorld(app);
    await world.operator
      .post('/api/priority-lists')
      .send(anEdition({ code: 'ED' }))
      .expect(201);
    await world.publisher.post('/api/priority-lists/ED/publication').expect(201);
  });
  afterAll(() => app.close());

  const put = (path: string, etag?: string) => {
    const call = world.operator.put(`/api/${path}`);
    return etag === undefined ? call.set('If-None-Match', '*') : call.set('If-Match', etag);
  };

  it('a PUT that creates needs If-None-Match: *, one that changes If-Match: 428 without, 412 where it is stale', async () => {
    await world.operator.put('/api/schemes/T-PUT').send(aScheme).expect(428);
    await put('schemes/T-PUT', '"1"').send(aScheme).expect(404);
    const created = await put('schemes/T-PUT').send(aScheme).expect(201);
    expect(created.headers['etag']).toBe('"1"');
    await put('schemes/T-PUT').send(aScheme).expect(412);
    await world.operator.put('/api/schemes/T-PUT').send(aScheme).expect(428);
    const changed = await put('schemes/T-PUT', '"1"')
      .send({ ...aScheme, validFrom: '2026-01-01' })
      .expect(200);
    expect(changed.headers['etag']).toBe('"2"');
    await put('schemes/T-PUT', '"1"').send(aScheme).expect(412);
  });

  it('the body carries validFrom and adds a version; the record says what holds today as known now', async () => {
    await put('schemes/T-DATED').send(aScheme).expect(201);
    const renamed = { ...aScheme, validFrom: '2027-01-01', name: { vi: 'Nhãn mới (hư cấu)' } };
    await put('schemes/T-DATED', '"1"').send(renamed).expect(200);
    const owned = { ...aScheme, validFrom: '2026-06-01', owner: { vi: 'Chủ mới (hư cấu)' }, through: '2030-12-31' };
    await put('schemes/T-DATED', '"2"').send(owned).expect(200);
    const { body } = await app.anyone.get('/api/schemes/T-DATED').expect(200);
    expect(body).toMatchObject({ name: aScheme.name, owner: owned.owner, through: '2030-12-31', revision: 3 });
    expect((body as LabelScheme).versions.map(({ validFrom }) => validFrom)).toEqual([
      '2020-01-01',
      '2027-01-01',
      '2026-06-01',
    ]);
    const { items } = (await app.anyone.get('/api/schemes?limit=100').expect(200)).body as { items: LabelScheme[] };
    expect(items.find(({ code }) => code === 'T-DATED')).toEqual(body);
  });

  it('groups and criteria documents change from a day on as well', async () => {
    const group = {
      validFrom: '2020-01-01',
      name: { vi: 'Nhóm thử' },
      family: { code: 'f', name: { vi: 'Họ' } },
      baseUnit: 'C62',
    };
    expect((await put('groups/t-group').send(group).expect(201)).body).toMatchObject({ code: 't-group', synonyms: [] });
    await put('groups/t-group', '"1"')
      .send({ ...group, validFrom: '2026-01-01', baseUnit: 'KGM' })
      .expect(200);
    expect((await app.anyone.get('/api/groups/t-group').expect(200)).body).toMatchObject({ baseUnit: 'KGM' });
    const criterion = { validFrom: '2024-01-01', scheme: 'VN-ECOLABEL', groups: ['t-group'], from: '2024-01-01' };
    const path = `criteria/${encodeURIComponent('NSTVN 90:2024')}`;
    expect((await put(path).send(criterion).expect(201)).body).toMatchObject({ name: { vi: 'NSTVN 90:2024' } });
    const ended = { ...criterion, validFrom: '2026-01-01', through: '2026-12-31', certificatesEndOn: '2027-06-30' };
    expect((await put(path, '"1"').send(ended).expect(200)).body).toMatchObject({ certificatesEndOn: '2027-06-30' });
  });

  it.each([
    [
      'an unknown scheme',
      'criteria/X%201:2024',
      { validFrom: '2024-01-01', scheme: 'NO', groups: ['office-paper'] },
      '/scheme',
    ],
    [
      'an unknown group',
      'criteria/X%201:2024',
      { validFrom: '2024-01-01', scheme: 'VN-ECOLABEL', groups: ['no'] },
      '/groups/0',
    ],
    [
      'days that end before they begin',
      'schemes/T-BAD',
      { ...aScheme, from: '2026-01-02', through: '2026-01-01' },
      '/through',
    ],
    ['another code than the address', 'schemes/T-BAD', { ...aScheme, code: 'T-OTHER' }, '/code'],
  ])('refuses %s, names the place and changes nothing', async (_what, path, body, pointer) => {
    expect((await put(path).send(body).expect(422)).body).toMatchObject({ errors: [{ pointer }] });
    await app.anyone.get(`/api/${path}`).expect(404);
  });

  it('refuses a body without validFrom, an unknown property and a code of no shape', async () => {
    const { validFrom: _validFrom, ...undated } = aScheme;
    expect((await put('schemes/T-BAD').send(undated).expect(400)).body).toMatchObject({
      errors: [{ pointer: '/validFrom' }],
    });
    const odd = { ...aScheme, colour: 'green' };
    expect((await put('schemes/T-BAD').send(odd).expect(400)).body).toMatchObject({ errors: [{ pointer: '/colour' }] });
    await put('schemes/%20').send(aScheme).expect(400);
  });

  it('is the operator’s alone', async () => {
    for (const caller of [world.officer, world.certifier, world.supplier, world.auditor]) {
      await caller.put('/api/schemes/T-BAD').set('If-None-Match', '*').send(aScheme).expect(403);
      await caller.post('/api/agreements').send({}).expect(403);
    }
  });

  describe('and what rests on them', () => {
    let paper: Product;
    let purchase: Purchase;
    const line = { description: 'Giấy', quantity: '1', unit: 'RM', amountNet: '1000' };
    const read = async (id = purchase.id) =>
      (await world.auditor.get(`/api/purchases/${id}`).expect(200)).body as Purchase;
    const labels = async (query: string) =>
      (await app.anyone.get(`/api/products/${paper.id}/labels?${query}`).expect(200)).body as ProductLabels;
    const bought = async (basisDate: string) =>
      (
        await world.officer
          .post('/api/purchases')
          .send(aPurchase({ basisDate, lines: [{ ...line, product: paper.id }] }))
          .expect(201)
      ).body as Purchase;

    it('a scheme that loses its standing from a day on decides the lines since that day again, known from the change', async () => {
      await put('schemes/T-LAW').send(aScheme).expect(201);
      paper = await world.product();
      const { body } = await world.operator
        .post('/api/certificates')
        .send({ number: '1/LAW', scheme: 'T-LAW', holder: 'T-SUPPLIER', products: [paper.id], issuedOn: '2025-01-15' })
        .expect(201);
      purchase = await bought('2026-03-14');
      const earlier = await bought('2026-02-14');
      const before = app.later();
      const asked = `on=2026-03-14&knownAt=${before}`;
      const known = await labels(asked);
      await put('schemes/T-LAW', '"1"')
        .send({ ...aScheme, validFrom: '2026-03-01', basis: 'information-only' })
        .expect(200);
      const changedAt = app.clock.now();
      app.later();
      await app.services.settle();
      expect((await read()).lines[0]).toMatchObject({
        green: { status: 'notGreen', reasons: ['NOT_ACCEPTED', 'REASON_MISSING'], knownFrom: changedAt },
        earlier: [{ status: 'green', tier: 'A', certificate: (body as Certificate).id }],
      });
      expect((await read(earlier.id)).lines[0]).toMatchObject({ green: { status: 'green' }, earlier: [] });
      expect((await labels('on=2026-03-14')).items[0]).toMatchObject({ valid: true, tier: null });
      expect((await labels('on=2026-02-14')).items[0]).toMatchObject({ valid: true, tier: 'A' });
      expect(await labels(asked)).toEqual(known);
    });

    it('search knows a label by the name that a change gives it, and filters by its standing on the day', async () => {
      await app.services.settle();
      const total = async (query: string) =>
        ((await app.anyone.get(`/api/products?${query}`).expect(200)).body as { total: number }).total;
      expect([await total('scheme=T-LAW'), await total('scheme=T-LAW&tier=A')]).toEqual([1, 0]);
      expect(await total('scheme=T-LAW&tier=A&validOn=2026-02-14')).toBe(1);
      const { revision } = (await app.anyone.get('/api/schemes/T-LAW').expect(200)).body as LabelScheme;
      const renamed = { ...aScheme, validFrom: '2026-04-01', name: { vi: 'Nhãn Hoa Súng (hư cấu)' } };
      await put('schemes/T-LAW', `"${revision}"`).send(renamed).expect(200);
      await app.services.settle();
      expect(await total('q=hoa%20sung')).toBe(1);
    });

    it('a recognition agreement makes a foreign scheme tier A for its groups while it runs, known from its recordedAt', async () => {
      paper = await world.product();
      await world.certificate({ scheme: 'EU-ECOLABEL', products: [paper.id], issuedOn: '2025-01-15' });
      purchase = await bought('2026-03-14');
      expect(purchase.lines[0]?.green).toMatchObject({
        status: 'notGreen',
        reasons: ['NOT_ACCEPTED', 'REASON_MISSING'],
      });
      const before = app.later();
      const agreement = {
        scheme: 'EU-ECOLABEL',
        groups: ['office-paper'],
        from: '2026-01-01',
        document: 'Văn kiện thử (hư cấu)',
      };
      const sent = () => world.operator.post('/api/agreements').set('Idempotency-Key', 'agree').send(agreement);
      const { code, recordedAt } = (await sent().expect(201)).body as RecognitionAgreement;
      expect((await sent().expect(201)).body).toMatchObject({ code });
      const agreed = app.later();
      await app.services.settle();
      expect((await read()).lines[0]?.green).toMatchObject({ status: 'green', tier: 'A', knownFrom: recordedAt });
      expect((await labels(`on=2026-03-14&knownAt=${before}`)).items[0]).toMatchObject({ valid: true, tier: null });
      expect((await labels('on=2026-03-14')).items[0]).toMatchObject({ tier: 'A' });
      expect((await labels('on=2025-12-31')).items[0]).toMatchObject({ tier: null });

      const ended = { ...agreement, validFrom: '2026-03-01', through: '2026-02-28' };
      await put(`agreements/${code}`, '"1"').send(ended).expect(200);
      app.later();
      await app.services.settle();
      expect((await read()).lines[0]).toMatchObject({ green: { status: 'notGreen' }, earlier: [{}, { tier: 'A' }] });
      expect((await labels('on=2026-02-28')).items[0]).toMatchObject({ tier: 'A' });
      expect((await labels('on=2026-03-01')).items[0]).toMatchObject({ tier: null });
      expect((await labels(`on=2026-03-14&knownAt=${agreed}`)).items[0]).toMatchObject({ tier: 'A' });
    });
  });
});
