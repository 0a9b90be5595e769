import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Measures, Organisation, Purchase, ShareQuery, ShareReport } from '../../schemas/types.d.ts';
import { startTestApp, type Caller, type TestApp } from '../support/app.ts';
import { naiveShare } from '../support/naive-share.ts';

const queries = 200;

describe('GET /api/share on the demonstration register', () => {
  let app: TestApp;
  let purchases: Purchase[];
  let agencies: Organisation[];
  const report = async (query: Partial<ShareQuery>) =>
    (await app.anyone.get('/api/share').query(query).expect(200)).body as ShareReport;

  beforeAll(async () => {
    app = await startTestApp({ demo: true });
    app.later();
    purchases = await all<Purchase>(await app.as('auditor'), '/api/purchases');
    agencies = await all<Organisation>(app.anyone, '/api/organisations?kind=agency');
  }, 120_000);
  afterAll(() => app.close());

  it(`equals a naive recomputation over the lines for ${queries} random questions, to the dong`, async () => {
    const days = purchases.map(({ basisDate }) => basisDate);
    const instants = purchases.flatMap(({ lines }) =>
      lines.flatMap(({ green, earlier }) => [green, ...earlier].map(({ knownFrom }) => knownFrom)),
    );
    const question = fc.record({
      days: fc.tuple(fc.constantFrom(...days), fc.constantFrom(...days)),
      agency: fc.option(fc.constantFrom(...agencies.map(({ code }) => code)), { nil: undefined }),
      tiers: fc.constantFrom('A', 'A,B', 'A,B,C', 'B'),
      groupBy: fc.constantFrom(undefined, 'month', 'quarter', 'year', 'agency', 'group', 'tier'),
      knownAt: fc
        .constantFrom(...instants, app.clock.now())
        .map((instant) => new Date(Date.parse(instant) - 2000).toISOString()),
    });
    let moved = 0;
    await fc.assert(
      fc.asyncProperty(question, async ({ days: [one, other], agency, ...rest }) => {
        const known = agencies.find(({ code }) => code === agency);
        fc.pre(known === undefined || known.recordedAt <= rest.knownAt);
        const query = {
          from: one < other ? one : other,
          to: one < other ? other : one,
          agency,
          ...rest,
        } as ShareQuery & { knownAt: string };
        const answer = await report(query);
        const expected = naiveShare(purchases, agencies, query);
        expect(flat(answer.measures)).toEqual(expected.whole);
        expect(Object.fromEntries(answer.groups.map(({ key, measures }) => [key, flat(measures)]))).toEqual(
          expected.groups,
        );
        if (answer.measures.M1.numerator !== '0') moved += 1;
      }),
      { numRuns: queries },
    );
    expect(moved).toBeGreaterThan(queries / 4);
  }, 120_000);

  it('has groups whose numerators and denominators sum to the whole', async () => {
    for (const groupBy of ['month', 'quarter', 'year', 'agency', 'group'] as const) {
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
    expect(whole.reporting.expected).toBe(agencies.length);
    expect(whole.reporting.withLines).toBe(
      new Set(purchases.filter(({ lines }) => lines.length > 0).map(({ agency }) => agency)).size,
    );
    expect(whole.editions).toHaveLength(2);
    expect(whole).toMatchObject({ ruleVersions: ['1'], demo: true, cutOff: app.clock.now() });
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

function flat({ bounds, ...measures }: Measures): Record<string, unknown> {
  return {
    ...measures,
    'M1 low': bounds.M1.low,
    'M1 high': bounds.M1.high,
    'M2 low': bounds.M2.low,
    'M2 high': bounds.M2.high,
  };
}

async function all<T>(caller: Caller, path: string): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const { body } = await caller
      .get(path)
      .query({ limit: 100, ...(cursor && { cursor }) })
      .expect(200);
    const page = body as { items: T[]; next: string | null };
    items.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return items;
}
