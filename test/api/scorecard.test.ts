import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Application, Certificate, Complaint, Scorecard } from '../../schemas/types.d.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aCertificate, anOrganisation } from '../support/builders.ts';
import { aDossier, aDossierWorld, ecolabelFiles, type DossierWorld } from '../support/dossiers.ts';

describe('the scorecard of a body', () => {
  let app: TestApp;
  let world: DossierWorld;
  beforeAll(async () => {
    app = await startTestApp();
    world = await aDossierWorld(app);
  });
  afterAll(() => app.close());

  /** Everything of a list, read page by page. */
  async function all<T>(path: string): Promise<T[]> {
    const { body } = await world.auditor.get(`${path}limit=100`).expect(200);
    return (body as { items: T[] }).items;
  }
  const counted = (values: string[]) =>
    Object.fromEntries([...new Set(values)].map((value) => [value, values.filter((one) => one === value).length]));

  it('equals what is counted one by one in the lists', async () => {
    const product = await world.product();
    const revoke = (id: string, cause?: string) =>
      world.certifier
        .post(`/api/certificates/${id}/events`)
        .send({ type: 'revoked', on: '2026-05-01', reason: 'Thử', ...(cause && { cause }) })
        .expect(201);
    const [first, second] = [
      await world.certificate({ products: [product.id] }),
      await world.certificate({ products: [product.id] }),
      await world.certificate({ products: [product.id] }),
    ];
    await revoke(first.id, 'criteriaNotMet');
    await revoke(second.id);
    const input = {
      kind: 'new' as const,
      applicant: 'T-SUPPLIER',
      scheme: 'VN-ECOLABEL',
      products: [product.id],
      attachments: ecolabelFiles(app.clock.today()),
    };
    for (const status of ['approved', 'refused', 'incomplete'] as const) await aDossier(world, status, { input });
    const report = { subject: { kind: 'certificate', id: first.id }, ground: 'other', text: 'Thử nghiệm (hư cấu).' };
    const { id } = (await app.anyone.post('/api/complaints').send(report).expect(201)).body as Complaint;
    for (const [caller, event] of [
      [world.operator, { type: 'forwarded' }],
      [world.supplier, { type: 'replied', text: 'Đúng (hư cấu)' }],
      [world.operator, { type: 'upheld', reasons: ['other'], text: 'Đúng (hư cấu)' }],
    ] as const)
      await caller.post(`/api/complaints/${id}/events`).send(event).expect(201);
    await app.services.settle();

    const card = (await app.anyone.get('/api/organisations/T-BODY/scorecard').expect(200)).body as Scorecard;
    const certificates = (await all<Certificate>('/api/certificates?')).filter(({ body }) => body === 'T-BODY');
    const states = Object.fromEntries(card.certificates.map(({ status, count }) => [status, count]));
    expect(states).toEqual(counted(certificates.map(({ status }) => status)));
    const revoked = certificates.flatMap(({ events }) => events.filter(({ type }) => type === 'revoked'));
    const causes = Object.fromEntries(card.revocations.map(({ cause, count }) => [cause, count]));
    expect(causes).toEqual(counted(revoked.map(({ cause = 'unsaid' }) => cause)));
    const dossiers = (await all<Application>('/api/applications?')).filter(({ events }) =>
      events.some(({ org, role }) => org === 'T-BODY' && role === 'certifier'),
    );
    const ended = counted(dossiers.map(({ status }) => status));
    expect([card.applications, card.approved, card.refused]).toEqual([
      dossiers.length,
      ended['approved'],
      ended['refused'],
    ]);
    expect(card.complaintsUpheld).toBe(1);
    expect(card.steps.map(({ times }) => times)).toEqual([3, 2, 2]);
    await app.anyone.get('/api/organisations/T-SHOP/scorecard').expect(404);
  });

  it('counts what names no body where the body can be told, and says how many cannot', async () => {
    const cardOf = async (code: string) => {
      const card = (await app.anyone.get(`/api/organisations/${code}/scorecard`).expect(200)).body as Scorecard;
      return { unknown: card.bodyUnknown, total: card.certificates.reduce((sum, { count }) => sum + count, 0) };
    };
    const transcribe = async (over: object) => {
      const input = aCertificate({ products: [(await world.product()).id], ...over });
      const { body } = await world.operator.post('/api/certificates').send(input).expect(201);
      expect(body).not.toHaveProperty('body');
      return body as Certificate;
    };
    const body = anOrganisation({
      kind: 'certifier',
      mayCertify: [{ scheme: 'TCO-CERTIFIED', through: '2026-03-31' }, 'FSC'],
    });
    const other = anOrganisation({ kind: 'certifier', mayCertify: [{ scheme: 'TCO-CERTIFIED', from: '2026-03-01' }] });
    for (const one of [body, other]) await world.operator.post('/api/organisations').send(one).expect(201);
    const scheme = 'TCO-CERTIFIED';
    // Only one on its day, either, only the other.
    for (const issuedOn of ['2026-02-10', '2026-03-10', '2026-05-10']) await transcribe({ scheme, issuedOn });
    await world.operator
      .post('/api/certificates')
      .send(aCertificate({ products: [(await world.product()).id], scheme, issuedOn: '2026-02-11', body: body.code }))
      .expect(201);
    await app.services.settle();
    expect(await cardOf(body.code)).toEqual({ total: 2, unknown: 1 });
    expect(await cardOf(other.code)).toEqual({ total: 1, unknown: 1 });
    const { body: list } = await world.auditor.get(`/api/certificates?scheme=${scheme}`).expect(200);
    expect(list).toMatchObject({ total: 2 + 1 + 1 });
  });
});
