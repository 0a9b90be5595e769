import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.ts';
import { anEdition, aWorld, type World } from '../support/builders.ts';

const scheme = {
  validFrom: '2020-01-01',
  name: { vi: 'Nhãn (hư cấu)' },
  owner: { vi: 'Chủ (hư cấu)' },
  basis: 'statutory',
  subject: 'product',
  levels: [],
  validityMonths: 36,
  canSuspend: true,
  plain: { vi: 'Chỉ để thử.' },
};
const criterion = { validFrom: '2024-01-01', scheme: 'T-LAW', groups: ['office-paper'] };
const path = `/api/criteria/${encodeURIComponent('T 01:2024')}`;
const days = ['2025-02-01', '2025-08-31', '2026-03-14', '2026-11-01'];
const codes = ['E-0', 'E-1', 'E-2'];

describe('what was known of the law', () => {
  let app: TestApp;
  let world: World;
  let questions: string[];
  let agreement: string;
  let seed = 7;
  const any = <T>(values: readonly T[]): T => values[(seed = (seed * 48_271) % 2_147_483_647) % values.length]!;

  beforeAll(async () => {
    app = await startTestApp();
    world = await aWorld(app);
    await world.operator.put('/api/schemes/T-LAW').set('If-None-Match', '*').send(scheme).expect(201);
    await world.operator.put(path).set('If-None-Match', '*').send(criterion).expect(201);
    const paper = await world.product();
    const products = [paper.id];
    const entry = { holder: 'T-SUPPLIER', products, issuedOn: '2025-01-15' };
    const { body } = await world.operator
      .post('/api/certificates')
      .send({ ...entry, number: '1/L', scheme: 'T-LAW', criterion: 'T 01:2024' })
      .expect(201);
    await world.certificate({ scheme: 'EU-ECOLABEL', products, issuedOn: '2025-01-15' });
    const agreed = { scheme: 'EU-ECOLABEL', groups: ['office-paper'], from: '2026-01-01', document: 'Thử (hư cấu)' };
    agreement = ((await world.operator.post('/api/agreements').send(agreed).expect(201)).body as { code: string }).code;
    for (const [at, code] of codes.entries()) {
      const edition = anEdition({ code, effectiveFrom: `202${4 + at}-06-01` });
      await world.operator.post('/api/priority-lists').send(edition).expect(201);
      await world.publisher.post(`/api/priority-lists/${code}/publication`).expect(201);
    }
    const { id } = body as { id: string };
    questions = [
      '/api/priority-lists/in-force',
      `/api/products/${paper.id}/labels`,
      `/api/certificates/${id}/validity`,
    ];
  });
  afterAll(() => app.close());

  /** One write of the law, of any kind, from any day, a moment after the one before. */
  async function write(): Promise<void> {
    app.later(any([1, 5, 3600]));
    const validFrom = any(days);
    const put = async (where: string, body: object) => {
      const { headers } = await app.anyone.get(where).expect(200);
      await world.operator.put(where).set('If-Match', String(headers['etag'])).send(body).expect(200);
    };
    const correction = { reason: 'Thử', ...any([{ through: any(['2026-12-31', '2026-08-31']) }, { entries: [] }]) };
    const agreed = { scheme: 'EU-ECOLABEL', groups: ['office-paper'], from: '2025-02-01', document: 'Thử' };
    await any([
      () =>
        put('/api/schemes/T-LAW', {
          ...scheme,
          validFrom,
          basis: any(['statutory', 'information-only']),
          through: any(days),
        }),
      () => put(path, { ...criterion, validFrom, ...any([{}, { certificatesEndOn: any(days) }]) }),
      () => put(`/api/agreements/${agreement}`, { ...agreed, validFrom, through: any(days) }),
      () => world.operator.post('/api/agreements').send(agreed).expect(201),
      () =>
        world.operator
          .post(`/api/priority-lists/${any(codes)}/corrections`)
          .send(correction)
          .expect(201),
    ])();
  }

  it('a pair (question, knownAt) asked before and after 60 random later writes gives byte-equal answers', async () => {
    const asked = new Map<string, string>();
    const ask = async (question: string) => (await app.anyone.get(question)).text;
    for (let count = 0; count <= 60; count++) {
      if (count % 15 === 0) {
        const knownAt = app.later(10);
        for (const question of questions) {
          const pair = `${question}?on=${any(days)}&knownAt=${knownAt}`;
          asked.set(pair, await ask(pair));
        }
      }
      if (count < 60) await write();
    }
    await app.services.settle();
    app.later(10);
    for (const [pair, answer] of asked) expect([pair, await ask(pair)]).toEqual([pair, answer]);
    expect(
      new Set([...asked.values()].map((answer) => answer.replaceAll(/"(on|knownAt)":"[^"]+"/g, ''))).size,
    ).toBeGreaterThan(8);
  }, 240_000);
});
