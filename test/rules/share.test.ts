import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { LineDecision, Measures, Purchase, PurchaseLine, Share, Tier } from '../../schemas/types.d.ts';
import { settleQuestion, type ShareParts } from '../../server/green-share/asked.service.ts';
import { createShareFold, type ShareQuestion } from '../../server/green-share/share.rules.ts';
import { createTally, instantOf } from './arbitraries.ts';
import { countsAtAll, naiveDecisionAt, naiveKey, naiveMeasures, naiveValue } from './naive/share.ts';
import {
  anAmount,
  aDecision,
  aLine,
  aPurchase,
  green,
  groupings,
  somePurchases,
  unknown,
} from './share-arbitraries.ts';

const knownAt = instantOf(50);

function fold(purchases: Purchase[], options: Partial<ShareQuestion & { knownAt: string }> = {}) {
  const { knownAt: at = knownAt, ...question } = options;
  const share = createShareFold({ tiers: ['A'], ...question });
  for (const purchase of purchases) share.add(purchase, at);
  return share.result();
}

const show = ({ numerator, denominator, value }: Share) => `${numerator}/${denominator}=${value}`;
const shown = ({ M1, M2, M3, M4, bounds }: Measures) =>
  [M1, M2, M3, M4, bounds.M1.low, bounds.M1.high, bounds.M2.low, bounds.M2.high].map(show);

describe('the green share', () => {
  it('has the measures of the contract, and the bounds that unknown lines leave open', () => {
    const { measures, lines } = fold([
      aPurchase([
        aLine(1, '600', { green: green('A') }),
        aLine(2, '100', { green: green('B') }),
        aLine(3, '50', { green: unknown() }),
      ]),
      aPurchase([aLine(1, '150', { green: green('A', false) }), aLine(2, '100', { green: unknown(false) })]),
      aPurchase([aLine(1, '1000')]),
    ]);
    expect(shown(measures)).toEqual([
      '750/2000=0.3750',
      '600/750=0.8000',
      '750/2000=0.3750',
      '2/3=0.6667',
      '750/2000=0.3750',
      '900/2000=0.4500',
      '600/750=0.8000',
      '650/750=0.8667',
    ]);
    expect(lines).toBe(6);
  });

  it('counts the tiers that are asked for', () => {
    const purchases = [
      aPurchase([
        aLine(1, '1', { green: green('A') }),
        aLine(2, '2', { green: green('B') }),
        aLine(3, '4', { green: green('C') }),
      ]),
    ];
    const asked: Tier[][] = [['A'], ['B'], ['A', 'B'], ['C', 'A'], ['A', 'B', 'C']];
    expect(asked.map((tiers) => fold(purchases, { tiers }).measures.M1.numerator)).toEqual(['1', '2', '3', '5', '7']);
  });

  it('is no data, not zero, over nothing', () => {
    const none = ['0/0=null', '0/0=null', '0/0=null', '0/0=null', '0/0=null', '0/0=null', '0/0=null', '0/0=null'];
    expect(shown(fold([]).measures)).toEqual(none);
    expect(fold([aPurchase([aLine(1, '5')])]).measures.M2).toEqual({ numerator: '0', denominator: '0', value: null });
    expect(shown(fold([aPurchase([aLine(1, '0', { green: green('A') })])]).measures)).toEqual(none);
  });

  it.each([
    ['1', '2', '0.3333'],
    ['2', '1', '0.6667'],
    ['1', '19999', '0.0001'],
    ['1', '20000', '0.0000'],
    ['12345', '87655', '0.1235'],
    ['99999', '1', '1.0000'],
    ['7', '0', '1.0000'],
  ])('rounds %s green against %s half-up to %s', (isGreen, isNot, value) => {
    const purchase = aPurchase([aLine(1, isGreen, { green: green('A') }), aLine(2, isNot)]);
    expect(fold([purchase]).measures.M1.value).toBe(value);
  });

  it('stays exact beyond what a number can hold', () => {
    const dear = aPurchase([aLine(1, '9007199254740991', { green: green('A') }), aLine(2, '9007199254740990')]);
    const { M1 } = fold(Array.from({ length: 1001 }, () => dear)).measures;
    expect(M1).toEqual({ numerator: '9016206453995731991', denominator: '18032412907991462981', value: '0.5000' });
  });

  it('does not count a purchase with no line left above zero among the contracts', () => {
    const reversed = aPurchase([aLine(1, '5', { green: green('A') }), aLine(2, '-5', { reverses: 1 })]);
    const free = aPurchase([aLine(1, '0', { green: green('A') })]);
    const bought = aPurchase([aLine(1, '0', { green: green('A') }), aLine(2, '5')]);
    expect(
      [[reversed], [free], [bought], [reversed, free, bought]].map((some) => show(fold(some).measures.M4)),
    ).toEqual(['0/0=null', '0/0=null', '1/1=1.0000', '1/1=1.0000']);
  });

  it('is that of its day: a later correction or decision does not change it', () => {
    const decided = { green: aDecision({ knownFrom: instantOf(6) }), earlier: [green('A')] };
    const lines = [
      aLine(1, '10', decided),
      aLine(2, '30'),
      aLine(3, '-30', { reverses: 2, recordedAt: instantOf(8) }),
      aLine(4, '15', { corrects: 2, green: green('A'), recordedAt: instantOf(8) }),
    ];
    const later = aPurchase([aLine(1, '1000', { recordedAt: instantOf(10) })], { recordedAt: instantOf(10) });
    const at = (step: number) => show(fold([aPurchase(lines), later], { knownAt: instantOf(step) }).measures.M1);
    expect([5, 6, 7, 8, 9, 10].map(at)).toEqual([
      '10/40=0.2500',
      '0/40=0.0000',
      '0/40=0.0000',
      '15/25=0.6000',
      '15/25=0.6000',
      '15/1025=0.0146',
    ]);
  });

  it('says which agencies, editions and rules it rests on', () => {
    const result = fold([
      aPurchase([aLine(1, '5', { green: aDecision({ edition: 'E2', ruleVersion: '2' }) })], { agency: 'tỉnh' }),
      aPurchase([
        aLine(1, '5', { green: aDecision({ edition: 'E1' }) }),
        aLine(2, '5', { green: aDecision({ edition: 'E2' }) }),
      ]),
      aPurchase([aLine(1, '5'), aLine(2, '-5', { reverses: 1 })], { agency: 'cancelled' }),
    ]);
    expect(result).toMatchObject({ editions: ['E1', 'E2'], ruleVersions: ['1', '2'], lines: 3 });
    expect([...result.agenciesWithLines].sort()).toEqual(['bo', 'tỉnh']);
  });
});

const rollUp = (agency: string) => (agency === 'bo' ? 'self' : 'children');

describe('a share while late knowledge is being worked in', () => {
  const now = '2026-11-24T03:00:00.000Z';
  const asked = async (waitingSince: string | null, question: { knownAt?: string } = {}) => {
    const waited: number[] = [];
    const parts = {
      clock: { now: () => now, today: () => '2026-11-24' },
      places: async () => ({ changesWithin: () => [], isHidden: () => false }),
      waitForRedecision: async (ms: number) => {
        waited.push(ms);
        return waitingSince;
      },
    } as unknown as ShareParts;
    const query = { from: '2026-01-01', to: '2026-03-31', tiers: 'A', ...question };
    const { cutOff, isPending } = await settleQuestion(parts, null, query);
    return { cutOff, isPending, waited };
  };

  it('waits up to 2 s, and never passes an event whose consequences are not worked in: it ends before it and says so', async () => {
    expect(await asked(null)).toEqual({ cutOff: now, isPending: false, waited: [2000] });
    expect(await asked('2026-11-20T03:00:00.000Z')).toEqual({
      cutOff: '2026-11-20T02:59:59.999Z',
      isPending: true,
      waited: [2000],
    });
    // What was known before the event is whole already.
    const earlier = '2026-11-19T03:00:00.000Z';
    expect(await asked('2026-11-20T03:00:00.000Z', { knownAt: earlier })).toMatchObject({
      cutOff: earlier,
      isPending: false,
    });
  });
});

describe('the groups of a share', () => {
  it.each([
    ['month', ['2026-03', '2026-04', '2027-12']],
    ['quarter', ['2026-Q1', '2026-Q2', '2027-Q4']],
    ['year', ['2026', '2027']],
    ['agency', ['bo', 'so']],
    ['group', ['none', 'paper']],
    ['tier', ['A', 'B', 'none']],
  ] as const)('by %s have the keys of the contract, sorted', (groupBy, keys) => {
    const { groups } = fold(
      [
        aPurchase([aLine(1, '5', { group: 'paper', green: green('A') })], { basisDate: '2027-12-31', agency: 'so' }),
        aPurchase([aLine(1, '5', { green: green('B') })], { basisDate: '2026-04-01' }),
        aPurchase([aLine(1, '5')], { basisDate: '2026-03-31' }),
      ],
      { groupBy },
    );
    expect(groups.map(({ key }) => key)).toEqual(keys);
  });

  it('by agency take the key that the agency rolls up to', () => {
    const purchases = ['bo', 'bo.a', 'bo.b'].map((agency) => aPurchase([aLine(1, '5')], { agency }));
    const { groups } = fold(purchases, { groupBy: 'agency', keyOfAgency: rollUp });
    expect(groups.map(({ key, measures }) => [key, measures.M1.denominator])).toEqual([
      ['children', '10'],
      ['self', '5'],
    ]);
  });

  it('by tier have the denominators of the whole, and only the tiers asked for as green', () => {
    const purchases = [
      aPurchase([aLine(1, '10', { green: green('A') }), aLine(2, '20', { green: green('B') })]),
      aPurchase([aLine(1, '30', { green: green('C') }), aLine(2, '40', { green: unknown(false) })]),
    ];
    const { groups } = fold(purchases, { groupBy: 'tier', tiers: ['A', 'B'] });
    expect(
      groups.map(({ key, measures: { M1, M2, M3, M4, bounds } }) => [key, [M1, M2, M3, M4, bounds.M1.high].map(show)]),
    ).toEqual([
      ['A', ['10/100=0.1000', '10/60=0.1667', '10/100=0.1000', '1/2=0.5000', '10/100=0.1000']],
      ['B', ['20/100=0.2000', '20/60=0.3333', '20/100=0.2000', '1/2=0.5000', '20/100=0.2000']],
      ['C', ['0/100=0.0000', '0/60=0.0000', '30/100=0.3000', '0/2=0.0000', '0/100=0.0000']],
      ['none', ['0/100=0.0000', '0/60=0.0000', '0/100=0.0000', '0/2=0.0000', '40/100=0.4000']],
    ]);
  });

  it('are at most 200, the largest; the rest is one', () => {
    const amounts = Array.from({ length: 203 }, (_, at) => at + 1);
    const purchases = amounts.map((amount) =>
      aPurchase([aLine(1, String(amount), { green: green('A') })], { agency: `a${amount}` }),
    );
    const { groups, others, measures } = fold(purchases, { groupBy: 'agency' });
    expect(groups).toHaveLength(200);
    expect(groups.map(({ key }) => key)).toEqual(
      amounts
        .slice(3)
        .map((amount) => `a${amount}`)
        .sort(),
    );
    expect(others?.measures.M1).toEqual({ numerator: '6', denominator: '6', value: '1.0000' });
    expect(measures.M1.denominator).toBe(String((203 * 204) / 2));
    expect(fold(purchases.slice(0, 200), { groupBy: 'agency' }).others).toBeUndefined();
  });
});

const asked = fc.record({
  tiers: fc.uniqueArray(fc.constantFrom<Tier>('A', 'B', 'C'), { minLength: 1, maxLength: 3 }),
  groupBy: fc.constantFrom(...groupings),
  knownAt: fc.oneof(fc.nat(45), fc.constant(60)).map(instantOf),
});

const ratio = ({ numerator, denominator }: Share): [bigint, bigint] => [BigInt(numerator), BigInt(denominator)];

function exact({ M1, M2, M3, M4, bounds }: Measures) {
  return {
    M1: ratio(M1),
    M2: ratio(M2),
    M3: ratio(M3),
    M4: ratio(M4),
    highM1: ratio(bounds.M1.high),
    highM2: ratio(bounds.M2.high),
  };
}

const sharesOf = ({ M1, M2, M3, M4, bounds }: Measures) => [
  M1,
  M2,
  M3,
  M4,
  bounds.M1.low,
  bounds.M1.high,
  bounds.M2.low,
  bounds.M2.high,
];

describe('the share against the formulas read aloud', () => {
  it('is the same for the whole and for every group, to the đồng, on 500 sets of purchases', () => {
    const seen = createTally();
    fc.assert(
      fc.property(somePurchases, asked, (purchases, options) => {
        const { measures, groups } = fold(purchases, options);
        expect([exact(measures), groups.map((group) => [group.key, exact(group.measures)])]).toEqual([
          naiveMeasures(purchases, options),
          keysOf(purchases, options).map((key) => [key, naiveMeasures(purchases, options, key)]),
        ]);
        seen.runs();
        seen.hit('zero denominator', measures.M1.denominator === '0');
        seen.hit('zero denominator in scope', measures.M2.denominator === '0' && measures.M1.denominator !== '0');
        seen.hit(
          'a reversal',
          purchases.some(({ lines }) =>
            lines.some(({ reverses, recordedAt }) => reverses !== undefined && recordedAt <= options.knownAt),
          ),
        );
        seen.hit(
          'something later',
          purchases.some(({ lines }) => lines.some(({ recordedAt }) => recordedAt > options.knownAt)),
        );
        seen.hit(
          'decided again',
          purchases.some(({ lines }) =>
            lines.some(
              (line) =>
                line.earlier.some(({ knownFrom }) => knownFrom <= options.knownAt) &&
                line.green.knownFrom <= options.knownAt,
            ),
          ),
        );
      }),
      { numRuns: 500 },
    );
    expect(seen.below(0.02, ['zero denominator', 'zero denominator in scope'])).toEqual([]);
    expect(seen.below(0.05, ['a reversal', 'something later', 'decided again'])).toEqual([]);
  });

  it('lies between 0 and 1, rounds half-up, and its bounds enclose it', () => {
    fc.assert(
      fc.property(somePurchases, asked, (purchases, options) => {
        const { measures, groups } = fold(purchases, options);
        const all = [measures, ...groups.map((group) => group.measures)];
        const shares = all.flatMap(sharesOf);
        expect(shares.map(({ value }) => value)).toEqual(shares.map((share) => naiveValue(ratio(share))));
        expect(shares.filter(({ value }) => value !== null && !/^(0\.\d{4}|1\.0000)$/.test(value))).toEqual([]);
        expect(
          shares.map(ratio).filter(([numerator, denominator]) => numerator < 0n || numerator > denominator),
        ).toEqual([]);
        const pairs = all.flatMap(({ M1, M2, bounds }) => [
          [bounds.M1.low, M1, bounds.M1.high],
          [bounds.M2.low, M2, bounds.M2.high],
        ]);
        const ordered = pairs.map((some) => some.map((share) => ratio(share)[0]));
        expect(ordered.filter(([low, exactly, high]) => low !== exactly || high! < exactly!)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('is the sum of its groups, contracts aside', () => {
    fc.assert(
      fc.property(somePurchases, asked, (purchases, options) => {
        const { measures, groups } = fold(purchases, options);
        const measuresToAdd = [
          (one: Measures) => one.M1,
          (one: Measures) => one.M2,
          (one: Measures) => one.M3,
          (one: Measures) => one.bounds.M1.high,
          (one: Measures) => one.bounds.M2.high,
        ];
        // Every tier and every scheme has the denominator of the whole.
        const times = options.groupBy === 'tier' || options.groupBy === 'scheme' ? BigInt(groups.length) : 1n;
        const sums = measuresToAdd.map((pick) => {
          const parts = groups.map((group) => ratio(pick(group.measures)));
          return [
            parts.reduce((total, [numerator]) => total + numerator, 0n),
            parts.reduce((total, [, denominator]) => total + denominator, 0n),
          ];
        });
        const wholes = measuresToAdd.map((pick) => ratio(pick(measures)));
        expect(sums).toEqual(wholes.map(([numerator, denominator]) => [numerator, denominator * times]));
      }),
      { numRuns: 300 },
    );
  });

  it('is coverage times the share in scope where every green line is in scope', () => {
    const seen = createTally();
    fc.assert(
      fc.property(somePurchases, asked, (purchases, options) => {
        const inScope = purchases.map((purchase) => ({ ...purchase, lines: purchase.lines.map(withGreenInScope) }));
        const { M1, M2, M3 } = fold(inScope, options).measures;
        seen.runs();
        if (M2.value === null) return;
        seen.hit('compared', M1.numerator !== '0');
        expect(BigInt(M1.numerator) * BigInt(M2.denominator) * BigInt(M3.denominator)).toBe(
          BigInt(M2.numerator) * BigInt(M3.numerator) * BigInt(M1.denominator),
        );
      }),
      { numRuns: 300 },
    );
    expect(seen.below(0.3, ['compared'])).toEqual([]);
  });

  it('never falls when a green line in scope is added', () => {
    fc.assert(
      fc.property(somePurchases, asked, anAmount, (purchases, options, amount) => {
        const added = aPurchase([aLine(1, amount, { green: green(options.tiers[0]!) })]);
        const before = fold(purchases, options).measures;
        const after = fold([...purchases, added], options).measures;
        for (const [low, high] of [
          [before.M1, after.M1],
          [before.M2, after.M2],
        ] as const) {
          if (low.value === null) continue;
          expect(
            BigInt(high.numerator) * BigInt(low.denominator) >= BigInt(low.numerator) * BigInt(high.denominator),
          ).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('does not depend on the order of the purchases', () => {
    fc.assert(
      fc.property(somePurchases, asked, (purchases, options) => {
        expect(fold(purchases.toReversed(), options)).toEqual(fold(purchases, options));
      }),
      { numRuns: 200 },
    );
  });
});

function scoped(decision: LineDecision): LineDecision {
  return decision.status === 'green' ? { ...decision, inScope: true } : decision;
}

function withGreenInScope(line: PurchaseLine): PurchaseLine {
  return { ...line, green: scoped(line.green), earlier: line.earlier.map(scoped) };
}

function keysOf(
  purchases: Purchase[],
  { groupBy, knownAt: instant }: { groupBy: Parameters<typeof naiveKey>[0]; knownAt: string },
): string[] {
  const keys = purchases.filter(countsAtAll).flatMap((purchase) => {
    const known = purchase.lines.filter(({ recordedAt }) => recordedAt <= instant);
    const standing = known.filter(
      ({ lineNo, reverses }) => reverses === undefined && !known.some((other) => other.reverses === lineNo),
    );
    return standing.map((line) => naiveKey(groupBy, purchase, { line, decision: naiveDecisionAt(line, instant) }));
  });
  return [...new Set(keys)].sort();
}
