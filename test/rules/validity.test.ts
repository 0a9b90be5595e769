import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Certificate, CertificateEvent } from '../../schemas/types.d.ts';
import {
  defaultValidThrough,
  reasonOn,
  statusOn,
  statusRuns,
  validity,
  validRuns,
} from '../../server/certificates/validity.rules.ts';
import { aCertificate, aDay, anInstant, createTally, instantOf, turningDays } from './arbitraries.ts';
import { calendar, daysAfter } from './naive/days.ts';
import { naiveValidThrough, readThese } from './naive/validity.ts';

const recorded = '2024-06-02T00:00:00.000Z';
const later = '2026-01-01T00:00:00.000Z';

function certificate(events: Pick<CertificateEvent, 'type' | 'on'>[] = [], more: Partial<Certificate> = {}) {
  return {
    recordedAt: recorded,
    validFrom: '2024-06-01',
    validThrough: '2027-06-01',
    products: ['p1'],
    events: events.map((event) => ({ ...event, reason: 'x', recordedAt: '2025-12-01T00:00:00.000Z' })),
    ...more,
  };
}

const suspended = { type: 'suspended' as const, on: '2025-01-10' };
const reinstated = { type: 'reinstated' as const, on: '2025-02-10' };
const revoked = { type: 'revoked' as const, on: '2025-03-01' };
const surrendered = { type: 'surrendered' as const, on: '2025-03-01' };
const voided = { type: 'revokedAbInitio' as const, on: '2025-11-01' };

describe('a certificate on a day', () => {
  it.each([
    ['the day before it starts', [], '2024-05-31', 'NOT_YET_VALID', '0001-01-01', '2024-05-31'],
    ['its first day', [], '2024-06-01', 'VALID', '2024-06-01', '2027-06-01'],
    ['its last day', [], '2027-06-01', 'VALID', '2024-06-01', '2027-06-01'],
    ['the day after its end', [], '2027-06-02', 'ENDED', '2027-06-02', null],
    ['the day before a suspension', [suspended, reinstated], '2025-01-09', 'VALID', '2024-06-01', '2025-01-09'],
    ['the first day of a suspension', [suspended, reinstated], '2025-01-10', 'SUSPENDED', '2025-01-10', '2025-02-09'],
    ['the last day of a suspension', [suspended, reinstated], '2025-02-09', 'SUSPENDED', '2025-01-10', '2025-02-09'],
    ['the day it is reinstated', [suspended, reinstated], '2025-02-10', 'VALID', '2025-02-10', '2027-06-01'],
    ['a day of a suspension that is never lifted', [suspended], '2027-06-01', 'SUSPENDED', '2025-01-10', '2027-06-01'],
    ['the day after the end of a suspended one', [suspended], '2027-06-02', 'ENDED', '2027-06-02', null],
    ['the day before a revocation', [revoked], '2025-02-28', 'VALID', '2024-06-01', '2025-02-28'],
    ['the day of a revocation', [revoked], '2025-03-01', 'REVOKED', '2025-03-01', null],
    ['years after a revocation', [revoked], '2030-01-01', 'REVOKED', '2025-03-01', null],
    ['the day of a surrender', [surrendered], '2025-03-01', 'SURRENDERED', '2025-03-01', null],
    [
      'a day of a suspension that ends in a revocation',
      [suspended, revoked],
      '2025-02-28',
      'SUSPENDED',
      '2025-01-10',
      '2025-02-28',
    ],
    ['its first day when it is void', [suspended, reinstated, voided], '2024-06-01', 'REVOKED', '2024-06-01', null],
    ['the day before its start when it is void', [voided], '2024-05-31', 'NOT_YET_VALID', '0001-01-01', '2024-05-31'],
    [
      'a day on which it is suspended and reinstated',
      [suspended, { ...reinstated, on: suspended.on }],
      '2025-01-10',
      'VALID',
      '2024-06-01',
      '2027-06-01',
    ],
  ])('is judged on %s', (...[, events, on, reason, from, through]) => {
    const answer = validity(certificate(events), { product: 'p1', on, knownAt: later });
    expect(answer).toMatchObject({
      valid: reason === 'VALID',
      reason,
      on,
      knownAt: later,
      interval: { from, through },
    });
  });

  it('is not known before it was recorded', () => {
    const answer = validity(certificate([revoked]), { on: '2024-07-01', knownAt: '2024-06-01T23:59:59.999Z' });
    expect(answer).toMatchObject({ valid: false, reason: 'NOT_KNOWN_YET', interval: null, events: [] });
    expect(validRuns(certificate(), '2024-06-01T23:59:59.999Z')).toEqual([]);
  });

  it('is known from the very instant of its recording', () => {
    expect(validity(certificate(), { on: '2024-07-01', knownAt: recorded }).valid).toBe(true);
  });

  it('is still valid as known before a late revocation, and not as known after', () => {
    const late = certificate([revoked]);
    expect(validity(late, { on: '2025-06-01', knownAt: '2025-11-30T00:00:00.000Z' })).toMatchObject({
      valid: true,
      events: [],
    });
    expect(validity(late, { on: '2025-06-01', knownAt: '2025-12-01T00:00:00.000Z' }).events).toHaveLength(1);
    expect(validity(late, { on: '2025-06-01', knownAt: '2025-12-01T00:00:00.000Z' }).reason).toBe('REVOKED');
  });

  it('covers no product but its own, on any day', () => {
    const answer = validity(certificate(), { product: 'p2', on: '2025-01-01', knownAt: later });
    expect(answer).toMatchObject({
      valid: false,
      reason: 'PRODUCT_NOT_COVERED',
      interval: { from: '0001-01-01', through: null },
    });
    expect(validity(certificate([], { products: [] }), { product: 'p1', on: '2025-01-01', knownAt: later }).valid).toBe(
      false,
    );
  });

  it('answers for its holder where no product is asked for', () => {
    expect(validity(certificate([], { products: [] }), { on: '2025-01-01', knownAt: later }).valid).toBe(true);
  });

  it('is open without an end, and with the last day that can be written', () => {
    for (const validThrough of [null, '9999-12-31']) {
      const answer = validity(certificate([], { validThrough }), { on: '2999-01-01', knownAt: later });
      expect(answer).toMatchObject({ valid: true, interval: { from: '2024-06-01', through: null } });
    }
  });

  it('tells its events in the order in which they take effect, not in that of their entry', () => {
    const answer = validity(certificate([revoked, suspended, reinstated]), { on: '2025-01-01', knownAt: later });
    expect(answer.events.map(({ type }) => type)).toEqual(['suspended', 'reinstated', 'revoked']);
  });

  it('has the status of the day', () => {
    const history = certificate([suspended, reinstated, surrendered]);
    const days = ['2024-05-31', '2024-06-01', '2025-01-10', '2025-02-10', '2025-03-01'];
    expect(days.map((on) => statusOn(history, on, later))).toEqual([
      'notYetValid',
      'valid',
      'suspended',
      'valid',
      'surrendered',
    ]);
    expect([
      statusOn(certificate(), '2027-06-02', later),
      statusOn(certificate([revoked]), '2026-01-01', later),
    ]).toEqual(['ended', 'revoked']);
  });
});

function isIn(day: string, run: { from: string; through: string | null }): boolean {
  return run.from <= day && (run.through === null || day <= run.through);
}

describe('a certificate against its history read day by day', () => {
  const aQuestion = fc.record({
    history: aCertificate(),
    on: aDay,
    knownAt: anInstant,
    product: fc.constantFrom('p1', 'p1', 'p1', 'p2', undefined),
  });

  it('gives the same reason on 4,000 histories, on every day where it may turn', () => {
    const seen = createTally();
    fc.assert(
      fc.property(aQuestion, ({ history, on: day, knownAt, product }) => {
        seen.runs();
        const days = [day, ...turningDays(history)];
        const read = readThese(history, days, { product, knownAt });
        const answers = days.map((on) => validity(history, { product, on, knownAt }));
        expect(answers.map(({ reason }) => reason)).toEqual(days.map((on) => read.get(on)));
        expect(answers.every(({ reason, valid }) => valid === (reason === 'VALID'))).toBe(true);
        const reasons = new Set(answers.map(({ reason }) => reason));
        for (const reason of reasons) seen.hit(reason);
        seen.hit(
          'reinstated',
          history.events.some(({ type, recordedAt }) => type === 'reinstated' && recordedAt <= knownAt),
        );
        seen.hit(
          'late entry',
          history.events.some(({ on, recordedAt }) => on < recordedAt.slice(0, 10)),
        );
        seen.hit(
          'not all known',
          history.events.some(({ recordedAt }) => recordedAt > knownAt),
        );
        seen.hit('month end', /-(31|02-29)$/.test(history.issuedOn));
        seen.hit('29 February', history.issuedOn.endsWith('02-29'));
      }),
      { numRuns: 4000 },
    );
    expect(seen.below(0.05, ['VALID', 'ENDED', 'NOT_YET_VALID', 'SUSPENDED', 'REVOKED', 'SURRENDERED'])).toEqual([]);
    expect(seen.below(0.05, ['NOT_KNOWN_YET', 'PRODUCT_NOT_COVERED', 'reinstated', 'late entry'])).toEqual([]);
    expect(seen.below(0.05, ['not all known', 'month end', '29 February'])).toEqual([]);
  });

  it('gives the longest run of days with the same answer, and all valid runs, on 300 histories', () => {
    fc.assert(
      fc.property(aQuestion, ({ history, on, knownAt, product }) => {
        const { interval, reason } = validity(history, { product, on, knownAt });
        expect(interval === null).toBe(reason === 'NOT_KNOWN_YET');
        if (interval === null) return;
        const read = readThese(history, calendar, { product, knownAt });
        expect(isIn(on, interval)).toBe(true);
        expect(new Set(calendar.filter((day) => isIn(day, interval)).map((day) => read.get(day)))).toEqual(
          new Set([reason]),
        );
        expect(read.get(daysAfter(interval.from, -1))).not.toBe(reason);
        expect(interval.through !== null && read.get(daysAfter(interval.through, 1)) === reason).toBe(false);

        const days = readThese(history, calendar, { knownAt });
        const runs = validRuns(history, knownAt);
        expect(calendar.filter((day) => runs.some((run) => isIn(day, run)))).toEqual(
          calendar.filter((day) => days.get(day) === 'VALID'),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('cuts all of time into runs of one status that agree with the status of each day', () => {
    fc.assert(
      fc.property(aCertificate(), aDay, anInstant, (history, on, knownAt) => {
        const runs = statusRuns(history, knownAt);
        expect(runs[0]!.from).toBe('0001-01-01');
        expect(runs.at(-1)!.through).toBeNull();
        expect(runs.slice(1).map(({ from }) => from)).toEqual(
          runs.slice(0, -1).map(({ through }) => daysAfter(through!, 1)),
        );
        const run = runs.filter(({ from, through }) => from <= on && (through === null || on <= through));
        expect(run.map(({ status }) => status)).toEqual([statusOn(history, on, knownAt)]);
      }),
      { numRuns: 1000 },
    );
  });

  it('never changes an answer for a day and an instant when something is entered later', () => {
    const seen = createTally();
    fc.assert(
      fc.property(aCertificate(), aDay, anInstant, (history, on, knownAt) => {
        seen.runs();
        const then = { ...history, events: history.events.filter(({ recordedAt }) => recordedAt <= knownAt) };
        seen.hit('entered later', then.events.length < history.events.length);
        expect(validity(history, { on, knownAt })).toEqual(validity(then, { on, knownAt }));
        expect(reasonOn(history, { on, knownAt })).toBe(reasonOn(then, { on, knownAt: instantOf(150) }));
      }),
      { numRuns: 1000 },
    );
    expect(seen.below(0.05, ['entered later'])).toEqual([]);
  });
});

describe('the end of a certificate that prints none', () => {
  it.each([
    ['2024-06-01', 36, '2027-06-01'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2024-08-31', 6, '2025-02-28'],
    ['2023-08-31', 6, '2024-02-29'],
    ['2025-01-31', 1, '2025-02-28'],
    ['2024-12-31', 36, '2027-12-31'],
    ['2024-10-31', 1, '2024-11-30'],
    ['2024-06-01', null, null],
  ])('of %s and %s months is %s', (issuedOn, months, end) => {
    expect(defaultValidThrough(issuedOn, months)).toBe(end);
  });

  it('is the corresponding day, or the last that its month has', () => {
    fc.assert(
      fc.property(aDay, fc.nat(120), (issuedOn, months) => {
        expect(defaultValidThrough(issuedOn, months)).toBe(naiveValidThrough(issuedOn, months));
      }),
    );
  });
});
