import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Certificate, Product, Purchase, SearchResult, ShareReport } from '../../schemas/types.d.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { anEdition, aPurchase, aWorld, type World } from '../support/builders.ts';

describe('the main job, through the API alone', () => {
  let app: TestApp;
  let world: World;
  let labelled: Product;
  let plain: Product;
  let certificate: Certificate;
  let purchase: Purchase;
  const share = async (more = ''): Promise<ShareReport> =>
    (await app.anyone.get(`/api/share?from=2026-01-01&to=2026-12-31&agency=T-ROOT${more}`).expect(200))
      .body as ShareReport;

  beforeAll(async () => {
    app = await startTestApp();
    world = await aWorld(app);
    await world.operator
      .post('/api/priority-lists')
      .send(anEdition({ code: 'ED' }))
      .expect(201);
    await world.publisher.post('/api/priority-lists/ED/publication').expect(201);
    labelled = await world.product({ name: { vi: 'Giấy photocopy tái chế (hư cấu)' }, model: 'TC-70' });
    plain = await world.product({ name: { vi: 'Giấy in A4 thường (hư cấu)' }, model: 'TH-70' });
    certificate = await world.certificate({ products: [labelled.id], issuedOn: '2025-01-15' });
  });
  afterAll(() => app.close());

  it('finds the labelled product without marks and with a typo', async () => {
    await app.services.settle();
    for (const q of ['giay photocopy tai che', 'giay photocpoy', 'giay photo', 'TC70']) {
      const { body } = (await app.anyone.get('/api/products').query({ q }).expect(200)) as { body: SearchResult };
      expect(body.items[0]?.id).toBe(labelled.id);
      expect(body.items[0]?.labels).toEqual([
        expect.objectContaining({ number: certificate.number, valid: true, tier: 'A' }),
      ]);
    }
  });

  it('answers whether the certificate was valid on a past day', async () => {
    const validity = async (on: string) =>
      (await app.anyone.get(`/api/certificates/${certificate.id}/validity?product=${labelled.id}&on=${on}`).expect(200))
        .body as object;
    expect(await validity('2025-01-14')).toMatchObject({ valid: false, reason: 'NOT_YET_VALID' });
    expect(await validity('2028-01-15')).toMatchObject({
      valid: true,
      interval: { from: '2025-01-15', through: '2028-01-15' },
    });
    expect(await validity('2028-01-16')).toMatchObject({ valid: false, reason: 'ENDED' });
  });

  it('shows both decisions with their reasons before anything is saved', async () => {
    const input = aPurchase({
      reference: 'HD-MAIN',
      lines: [
        {
          description: 'Giấy tái chế',
          product: labelled.id,
          quantity: '40',
          unit: 'RM',
          amountNet: '2600000',
          asDelivered: { model: 'tc 70' },
        },
        { description: 'Giấy thường', product: plain.id, quantity: '10', unit: 'RM', amountNet: '600000' },
      ],
    });
    const before = await share();
    const preview = (await world.officer.post('/api/purchases?preview=true').send(input).expect(200)).body as Purchase;
    expect(preview.lines.map(({ green }) => [green.status, green.tier, green.inScope, green.reasons])).toEqual([
      ['green', 'A', true, []],
      ['notGreen', null, true, ['NO_CERTIFICATE', 'REASON_MISSING']],
    ]);
    expect(await share()).toEqual({ ...before, cutOff: expect.any(String) });

    purchase = (await world.officer.post('/api/purchases').send(input).expect(201)).body as Purchase;
    expect(purchase.lines.map(({ green }) => green)).toEqual(preview.lines.map(({ green }) => green));
    expect(purchase.lines[0]?.green.certificate).toBe(certificate.id);
  });

  it('moves the share by exactly that amount', async () => {
    expect((await share()).measures).toMatchObject({
      M1: { numerator: '2600000', denominator: '3200000', value: '0.8125' },
      M2: { numerator: '2600000', denominator: '3200000' },
      M3: { numerator: '3200000', denominator: '3200000', value: '1.0000' },
      M4: { numerator: '1', denominator: '1' },
    });
    expect((await share()).reporting).toEqual({ expected: 3, withLines: 1 });
  });

  it('keeps the figure as it was known before a revocation, and restates it as known now', async () => {
    const before = app.later();
    await world.certifier
      .post(`/api/certificates/${certificate.id}/events`)
      .send({ type: 'revoked', on: '2026-03-01', reason: 'Không duy trì cam kết' })
      .expect(201);
    app.later();
    expect((await share()).measures.M1).toEqual({ numerator: '0', denominator: '3200000', value: '0.0000' });
    expect((await share(`&knownAt=${before}`)).measures.M1.numerator).toBe('2600000');
    const { lines } = (await world.officer.get(`/api/purchases/${purchase.id}`).expect(200)).body as Purchase;
    expect(lines[0]).toMatchObject({
      green: { status: 'notGreen', reasons: ['REASON_MISSING', 'REVOKED'] },
      earlier: [{ status: 'green', tier: 'A' }],
    });
  });
});
