import { describe, expect, it } from '@jest/globals';
import { isInPart, parts } from '../../client/src/features/green-share/part.ts';
import { targetOf } from '../../client/src/features/green-share/share-state.ts';
import { daysDecided, standingOf } from '../../client/src/features/priority-lists/standing.ts';
import { formatForeignMoney, formatInstant, formatMoment, inMajorUnits } from '../../client/src/i18n/format.ts';
import type { LineDecision, PriorityList, Target } from '../../schemas/types.d.ts';
import targets from '../../seed/data/targets.json' with { type: 'json' };

const goals = targets as unknown as Target[];

const decision: LineDecision = {
  status: 'green',
  tier: 'B',
  inScope: true,
  scheme: 'VN-ENERGY-COMPARATIVE',
  reasons: [],
  basisDate: '2026-03-14',
  evaluatedAt: '2026-03-15T00:00:00.000Z',
  knownFrom: '2026-03-15T00:00:00.000Z',
  ruleVersion: '1',
};

/** The parts that a line is in. */
const partsOf = (over: Partial<LineDecision>, asked: { tiers: string; groupBy?: 'tier' | 'scheme'; key?: string }) =>
  parts.filter((part) => isInPart({ green: { ...decision, ...over } }, { part, key: undefined, ...asked }));

describe('the lines of a figure', () => {
  it('are green only with a tier that was asked for', () => {
    expect(partsOf({}, { tiers: 'A' })).toEqual(['all', 'scope']);
    expect(partsOf({}, { tiers: 'A,B' })).toEqual(['all', 'green', 'scope', 'scopeGreen']);
    expect(partsOf({ inScope: false }, { tiers: 'A,B' })).toEqual(['all', 'green']);
    expect(partsOf({ status: 'unknown', tier: null }, { tiers: 'A,B' })).toEqual(['all', 'scope', 'unknown']);
  });

  it('of a tier or a label are green with that tier or that label only', () => {
    expect(partsOf({}, { tiers: 'A,B', groupBy: 'tier', key: 'A' })).not.toContain('green');
    expect(partsOf({}, { tiers: 'A,B', groupBy: 'tier', key: 'B' })).toContain('green');
    expect(partsOf({}, { tiers: 'A,B', groupBy: 'scheme', key: 'VN-ECOLABEL' })).not.toContain('green');
    expect(partsOf({}, { tiers: 'A,B', groupBy: 'scheme', key: 'VN-ENERGY-COMPARATIVE' })).toContain('green');
  });
});

function anEdition(code: string, effectiveFrom: string, status: PriorityList['status']): PriorityList {
  const recordedAt = '2024-01-01T00:00:00.000Z';
  return {
    id: code,
    code,
    title: { vi: code },
    legalBasis: 'x',
    effectiveFrom,
    entries: [],
    status,
    recordedAt,
    revision: 1,
  };
}

describe('the editions of the list', () => {
  const editions = [
    anEdition('FIRST', '2024-10-01', 'published'),
    anEdition('NEXT', '2027-01-01', 'published'),
    anEdition('SECOND', '2026-03-01', 'published'),
    anEdition('DRAFT', '2026-09-01', 'draft'),
  ];

  it('stand in force from their day until the day before the next published one', () => {
    expect(
      standingOf(editions, '2026-11-24').map(({ edition, standing, through }) => [edition.code, standing, through]),
    ).toEqual([
      ['NEXT', 'coming', undefined],
      ['DRAFT', 'draft', undefined],
      ['SECOND', 'inForce', '2026-12-31'],
      ['FIRST', 'past', '2026-02-28'],
    ]);
  });

  it('once published decide the days until the next published one again', () => {
    expect(daysDecided(anEdition('DRAFT', '2026-09-01', 'draft'), editions)).toEqual({
      from: '2026-09-01',
      to: '2026-12-31',
    });
    expect(daysDecided(anEdition('LAST', '2028-01-01', 'draft'), editions).to).toBeUndefined();
  });
});

describe('another currency', () => {
  it('is written in its minor units, as the reader writes it', () => {
    expect(formatForeignMoney('123456', 'USD', 'en')).toBe('US$1,234.56');
    expect(formatForeignMoney('5', 'EUR', 'en')).toBe('€0.05');
    expect(formatForeignMoney('1500', 'JPY', 'en')).toBe('JP¥1,500');
  });

  it('is plain exact digits in a file', () => {
    expect(inMajorUnits('12345', 'USD')).toBe('123.45');
    expect(inMajorUnits('-5', 'EUR')).toBe('-0.05');
    expect(inMajorUnits('9007199254740991', 'USD')).toBe('90071992547409.91');
    expect(inMajorUnits('1500', 'JPY')).toBe('1500');
  });
});

describe('a moment', () => {
  const at = '2026-03-14T02:30:59.999Z';

  it('is to the minute in Vietnam’s time where it is read, to the second where it is evidence', () => {
    expect([formatMoment(at, 'vi'), formatMoment(at, 'en')]).toEqual(['14/03/2026 09:30', '14 Mar 2026 09:30']);
    expect([formatInstant(at, 'vi'), formatInstant(at, 'en')]).toEqual(['14/03/2026 09:30:59', '14 Mar 2026 09:30:59']);
  });
});

describe('a goal', () => {
  it('is drawn on the national figure only, on the days for which it is set', () => {
    const to = '2026-11-24';
    expect(targetOf({ to, agency: undefined }, goals)).toMatchObject({ value: '0.3500', by: '2030-12-31' });
    expect(targetOf({ to, agency: 'DEMO-ROOT' }, goals)).toBeUndefined();
    expect(targetOf({ to: '2031-01-01', agency: undefined }, goals)?.by).not.toBe('2030-12-31');
    expect(targetOf({ to: '2019-12-31', agency: undefined }, goals)).toBeUndefined();
  });
});
