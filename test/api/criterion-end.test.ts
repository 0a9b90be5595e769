import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Certificate, CriteriaDocument, Product, Purchase, Validity } from '../../schemas/types.d.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aPurchase, aWorld, type World } from '../support/builders.ts';

describe('a criterion that ends certificates', () => {
  let app: TestApp;
  let world: World;
  let paper: Product;
  const code = 'NSTVN 91:2024';
  const path = `/api/criteria/${encodeURIComponent(code)}`;
  const criterion = { validFrom: '2024-01-01', scheme: 'VN-ECOLABEL', groups: ['office-paper'], from: '2024-01-01' };
  const validity = async (id: string, query: string) =>
    (await app.anyone.get(`/api/certificates/${id}/validity?${query}`).expect(200)).body as Validity;
  const listed = async (status: string) =>
    (
      (await app.anyone.get(`/api/certificates?product=${paper.id}&status=${status}`).expect(200)).body as {
        total: number;
      }
    ).total;

  beforeAll(async () => {
    app = await startTestApp();
    world = await aWorld(app);
    paper = await world.product();
    await world.operator.put(path).set('If-None-Match', '*').send(criterion).expect(201);
  });
  afterAll(() => app.close());

  it('leaves no certificate under it valid after certificatesEndOn, also when set later: known from its recordedAt', async () => {
    const certificate = await world.certificate({ products: [paper.id], criterion: code, issuedOn: '2025-01-15' });
    expect(certificate.validThrough).toBe('2028-01-15');
    const line = { description: 'Giấy', product: paper.id, quantity: '1', unit: 'RM', amountNet: '1000' };
    const bought = async (basisDate: string) =>
      (
        (
          await world.officer
            .post('/api/purchases')
            .send(aPurchase({ basisDate, lines: [line] }))
            .expect(201)
        ).body as Purchase
      ).id;
    const [inside, after] = [await bought('2026-06-30'), await bought('2026-07-01')];
    const before = app.later();
    const known = await validity(certificate.id, `on=2026-07-01&knownAt=${before}`);
    expect(known).toMatchObject({ valid: true });

    const ended = { ...criterion, validFrom: '2026-11-01', certificatesEndOn: '2026-06-30' };
    const changed = (await world.operator.put(path).set('If-Match', '"1"').send(ended).expect(200))
      .body as CriteriaDocument;
    const recordedAt = changed.versions.at(-1)!.recordedAt;
    expect(await validity(certificate.id, 'on=2026-06-30')).toMatchObject({
      valid: true,
      interval: { through: '2026-06-30' },
    });
    expect(await validity(certificate.id, 'on=2026-07-01')).toMatchObject({ valid: false, reason: 'ENDED' });
    app.later();
    await app.services.settle();
    expect(await validity(certificate.id, `on=2026-07-01&knownAt=${before}`)).toEqual(known);
    expect((await app.anyone.get(`/api/certificates/${certificate.id}`).expect(200)).body).toMatchObject({
      status: 'ended',
      validThrough: '2026-06-30',
    });
    expect([await listed('ended'), await listed('valid')]).toEqual([1, 0]);
    const green = async (id: string) =>
      ((await world.auditor.get(`/api/purchases/${id}`).expect(200)).body as Purchase).lines[0]!.green;
    expect(await green(inside)).toMatchObject({ status: 'green' });
    expect(await green(after)).toMatchObject({ status: 'notGreen', reasons: ['ENDED'], knownFrom: recordedAt });
    const found = async (on: string) =>
      ((await app.anyone.get(`/api/products?scheme=VN-ECOLABEL&validOn=${on}`).expect(200)).body as { total: number })
        .total;
    expect([await found('2026-06-30'), await found('2026-07-01')]).toEqual([1, 0]);
  });

  it('ends a certificate that is entered under it afterwards as well, by default and with a printed date', async () => {
    for (const validThrough of [undefined, '2027-01-01']) {
      const { body } = await world.certifier
        .post('/api/certificates')
        .send({
          number: `${validThrough ?? 'default'}/END`,
          scheme: 'VN-ECOLABEL',
          holder: 'T-SUPPLIER',
          products: [paper.id],
          criterion: code,
          issuedOn: '2025-02-15',
          ...(validThrough && { validThrough }),
        })
        .expect(201);
      expect((body as Certificate).validThrough).toBe('2026-06-30');
    }
    expect(await listed('valid')).toBe(0);
  });
});
