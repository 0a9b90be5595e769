import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ShareQuery, ShareReport } from '../../schemas/types.d.ts';
import { startTestApp, type Caller, type TestApp } from '../support/app.ts';
import { anEdition } from '../support/builders.ts';
import type { Register } from '../support/naive-share.ts';
import { readRegister } from '../support/read-register.ts';
import { compareWithNaive, groupings } from '../support/share-questions.ts';

// Three hundred of them in the long tests.
const queries = 80;
const draftEntry = {
  group: 'air-conditioner',
  obligation: 'preferred' as const,
  accepts: [{ scheme: 'VN-ENERGY-COMPARATIVE', minLevel: '2' }],
};

describe('GET /api/share on the demonstration register', () => {
  let app: TestApp;
  let register: Register;
  let auditor: Caller;
  const report = async (query: Partial<ShareQuery>) =>
    (await auditor.get('/api/share').query(query).expect(200)).body as ShareReport;

  beforeAll(async () => {
    app = await startTestApp({ demo: true });
    app.later();
    auditor = await app.as('auditor');
    const draft = anEdition({ code: 'TEST-DRAFT', effectiveFrom: '2027-01-01', entries: [draftEntry] });
    await (await app.as('operator')).post('/api/priority-lists').send(draft).expect(201);
    register = await readRegister(auditor);
    app.later();
  }, 240_000);
  afterAll(() => app.close());

  it(`equals a naive recomputation over the lines for ${queries} random questions, to the dong`, async () => {
    expect(await compareWithNaive({ app, register, report }, queries)).toBeGreaterThan(queries / 4);
  }, 240_000);

  it('has groups whose numerators and denominators sum to the whole', async () => {
    for (const groupBy of groupings.filter((one) => one !== 'tier' && one !== 'scheme' && one !== 'supplier')) {
      const { measures, groups } = await report({ from: '2024-01-01', to: '2026-12-31', groupBy });
      for (const measure of ['M1', 'M2', 'M3'] as const) {
        const sum = (part: 'numerator' | 'denominator') =>
          String(groups.reduce((total, group) => total + BigInt(group.measures[measure][part]), 0n));
        expect([sum('numerator'), sum('denominator')]).toEqual([
          measures[measure].numerator,
          measures[measure].denominator,
        ]);
      }
    }
  });

  it('says how many agencies recorded anything, on which editions and rules it rests, and that it is fictional', async () => {
    const whole = await report({ from: '2024-01-01', to: '2026-12-31' });
    expect(whole.reporting.expected).toBe(register.agencies.length);
    expect(whole.reporting.withLines).toBe(
      new Set(register.purchases.filter(({ lines }) => lines.length > 0).map(({ agency }) => agency)).size,
    );
    expect(whole.editions).toHaveLength(2);
    expect(whole).toMatchObject({ ruleVersions: ['3'], demo: true, cutOff: app.clock.now() });
  });

  it('moves visibly over the quarters', async () => {
    const { groups } = await report({ from: '2024-10-01', to: '2026-09-30', groupBy: 'quarter', tiers: 'A,B' });
    const values = groups.map(({ measures }) => Number(measures.M1.value));
    expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(0.1);
  });

  it('has no data, not zero, for a period without lines', async () => {
    const { measures, groups, lines } = await report({ from: '2000-01-01', to: '2000-12-31', groupBy: 'month' });
    expect(measures.M1).toEqual({ numerator: '0', denominator: '0', value: null });
    expect([groups, lines]).toEqual([[], 0]);
  });

  it.each([
    ['an end before the beginning', { from: '2026-02-01', to: '2026-01-31' }, '/to'],
    ['an unknown agency', { from: '2026-01-01', to: '2026-01-31', agency: 'NOBODY' }, '/agency'],
    [
      'knowledge that is not settled',
      { from: '2026-01-01', to: '2026-01-31', knownAt: '2030-01-01T00:00:00Z' },
      '/knownAt',
    ],
    ['an unknown grouping', { from: '2026-01-01', to: '2026-01-31', groupBy: 'colour' }, '/groupBy'],
    ['an unknown tier', { from: '2026-01-01', to: '2026-01-31', tiers: 'A,D' }, '/tiers'],
    ['no period', {}, '/from'],
    ['an unknown parameter', { from: '2026-01-01', to: '2026-01-31', province: '01' }, '/province'],
  ])('refuses %s and names it', async (_what, query, pointer) => {
    const { body } = await app.anyone.get('/api/share').query(query).expect(400);
    expect(body).toMatchObject({ code: 'INVALID_QUERY', errors: [{ pointer }] });
  });
});
