import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import shareQuery from '../../schemas/share-query.json' with { type: 'json' };
import type { ShareQuery, ShareReport } from '../../schemas/types.d.ts';
import { startTestApp, type Caller, type TestApp } from '../support/app.ts';
import { anEdition } from '../support/builders.ts';
import { naiveShare, type Register } from '../support/naive-share.ts';
import { comparable, readRegister } from '../support/read-register.ts';

const queries = 300;
const groupings = shareQuery.properties.groupBy.enum as NonNullable<ShareQuery['groupBy']>[];
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
    const days = register.purchases.map(({ basisDate }) => basisDate);
    const instants = register.purchases.flatMap(({ lines }) =>
      lines.flatMap(({ green, earlier }) => [green, ...earlier].map(({ knownFrom }) => knownFrom)),
    );
    const month = fc.constantFrom(...days.map((day) => day.slice(0, 7)));
    const question = fc.record({
      // Half of the questions are about whole months, which cells can answer.
      days: fc.oneof(
        fc.tuple(fc.constantFrom(...days), fc.constantFrom(...days)),
        fc.tuple(month, month).map(([one, other]) => [`${one}-01`, lastDay(other)] as [string, string]),
      ),
      agency: fc.option(fc.constantFrom(...register.agencies.map(({ code }) => code)), { nil: undefined }),
      tiers: fc.constantFrom('A', 'A,B', 'A,B,C', 'B'),
      groupBy: fc.constantFrom(undefined, ...groupings),
      provinces: fc.constantFrom(undefined, 'asDated' as const, '34' as const, '63' as const),
      edition: fc.option(fc.constantFrom(...register.editions.map(({ code }) => code)), { nil: undefined, freq: 2 }),
      knownAt: fc.option(
        fc
          .constantFrom(...instants, app.clock.now())
          .map((instant) => new Date(Date.parse(instant) - 2000).toISOString()),
        { nil: undefined },
      ),
    });
    let moved = 0;
    await fc.assert(
      fc.asyncProperty(question, async ({ days: [one, other], ...rest }) => {
        const { knownAt = app.clock.now() } = rest;
        const isKnown = (record?: { recordedAt: string }) => record === undefined || record.recordedAt <= knownAt;
        fc.pre(isKnown(register.agencies.find(({ code }) => code === rest.agency)));
        fc.pre(isKnown(register.editions.find(({ code }) => code === rest.edition)));
        const query = { from: one < other ? one : other, to: one < other ? other : one, ...rest } as ShareQuery;
        fc.pre(query.from <= query.to);
        const answer = await report(query);
        const expected = naiveShare(register, { ...query, knownAt });
        expect(comparable(answer)).toEqual(expected);
        expect(answer.simulation).toBe(rest.edition && true);
        if (answer.measures.M1.numerator !== '0') moved += 1;
      }),
      { numRuns: queries },
    );
    expect(moved).toBeGreaterThan(queries / 4);
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

function lastDay(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}
