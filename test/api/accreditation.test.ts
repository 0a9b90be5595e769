import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Certificate, LabelScheme, Organisation, Product, Purchase } from '../../schemas/types.d.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aCertificate, aPurchase, aWorld, type World } from '../support/builders.ts';

describe('an accreditation that ends', () => {
  let app: TestApp;
  let world: World;
  let paper: Product;
  beforeAll(async () => {
    app = await startTestApp();
    world = await aWorld(app);
    paper = await world.product();
  });
  afterAll(() => app.close());

  async function putScheme(whenMandateEnds: object | undefined) {
    const path = '/api/schemes/VN-ECOLABEL';
    const scheme = (await app.anyone.get(path).expect(200)).body as LabelScheme;
    const {
      code: _code,
      versions: _v,
      recordedAt: _r,
      revision,
      demo: _d,
      ...said
    } = scheme as LabelScheme & { id?: string };
    const version = { ...said, validFrom: '2026-06-01', ...(whenMandateEnds && { whenMandateEnds }) };
    await world.operator.put(path).set('If-Match', `"${revision}"`).send(version).expect(200);
  }
  async function mandate(mayCertify: object[]) {
    const path = '/api/organisations/T-BODY';
    const { kind, name, revision } = (await app.anyone.get(path).expect(200)).body as Organisation;
    await world.operator.put(path).set('If-Match', `"${revision}"`).send({ kind, name, mayCertify }).expect(200);
    app.later();
    await app.services.settle();
  }
  const read = async (id: string) => (await app.anyone.get(`/api/certificates/${id}`).expect(200)).body as Certificate;
  const found = async (on: string) =>
    ((await app.anyone.get(`/api/products?scheme=VN-ECOLABEL&validOn=${on}`).expect(200)).body as { total: number })
      .total;

  it('ends its certificates by the scheme’s rule, the decisions of lines and the search follow, and a new one revives', async () => {
    const certificate = await world.certificate({ products: [paper.id] });
    expect(certificate.body).toBe('T-BODY');
    const line = { description: 'Giấy', product: paper.id, quantity: '1', unit: 'RM', amountNet: '1000' };
    const { id } = (
      await world.officer
        .post('/api/purchases')
        .send(aPurchase({ basisDate: '2026-07-01', lines: [line] }))
        .expect(201)
    ).body as Purchase;
    const green = async () =>
      ((await world.auditor.get(`/api/purchases/${id}`).expect(200)).body as Purchase).lines[0]!.green;
    const ended = [{ scheme: 'VN-ECOLABEL', through: '2026-06-20' }];

    await mandate(ended);
    expect(await read(certificate.id)).toMatchObject({ status: 'valid', validThrough: '2028-01-15' });
    await putScheme({ certificates: 'end', afterDays: 10 });
    app.later();
    await app.services.settle();
    const now = await read(certificate.id);
    expect(now).toMatchObject({ status: 'ended', validThrough: '2026-06-30', endedBy: 'accreditation' });
    expect(now.entry?.validThrough).toBe('2028-01-15');
    expect(await green()).toMatchObject({ status: 'notGreen', reasons: ['ENDED'] });
    expect([await found('2026-06-30'), await found('2026-07-01')]).toEqual([1, 0]);
    const listed = await app.anyone.get(`/api/certificates?product=${paper.id}&status=ended`).expect(200);
    expect(listed.body).toMatchObject({ total: 1 });

    // The operator was wrong: the accreditation goes on.
    await mandate([{ scheme: 'VN-ECOLABEL' }]);
    expect(await read(certificate.id)).toMatchObject({ status: 'valid', validThrough: '2028-01-15' });
    expect(await green()).toMatchObject({ status: 'green' });
    expect(await found('2026-07-01')).toBe(1);
  });

  it('lets the body certify nothing after it nor while it is suspended', async () => {
    await mandate([{ scheme: 'VN-ECOLABEL', suspended: [{ from: '2026-11-01' }] }]);
    const entry = (issuedOn: string) =>
      world.certifier.post('/api/certificates').send(aCertificate({ products: [paper.id], issuedOn }));
    await entry('2026-11-02').expect(403);
    await entry('2026-10-31').expect(201);
  });

  it('is the business of the body that is named: the operator names it, and only one that was accredited', async () => {
    const send = (body: string) =>
      world.operator.post('/api/certificates').send({ ...aCertificate({ products: [paper.id] }), body });
    await send('NONE').expect(422);
    await send('T-SHOP').expect(422);
    expect(((await send('T-BODY').expect(201)).body as Certificate).body).toBe('T-BODY');
    await world.certifier
      .post('/api/certificates')
      .send({ ...aCertificate({ products: [paper.id], issuedOn: '2026-10-01' }), body: 'T-SHOP' })
      .expect(403);
  });
});
