import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Certificate, CertificateEvent, CorrectedFields } from '../../schemas/types.d.ts';
import { groupKnownAt, withGroupHistory } from '../../server/catalogue/group-history.rules.ts';
import {
  completeCorrection,
  refuseAmendment,
  refuseCertificate,
  refuseCorrection,
  type Surroundings,
} from '../../server/certificates/lifecycle.rules.ts';
import { coversEver, everyState, reachOf, stateOn } from '../../server/certificates/state.rules.ts';
import { aStoredCertificate } from '../support/facts.ts';
import { aCertificate, aDay, anInstant, createTally, turningDays } from './arbitraries.ts';
import { naiveState, readThese } from './naive/validity.ts';

const certificate = aStoredCertificate();
const later = '2026-06-01T00:00:00.000Z';

function withEvents(...events: Partial<CertificateEvent>[]): Certificate {
  return {
    ...certificate,
    events: events.map((event, at) => ({
      type: 'corrected',
      on: '2025-01-01',
      reason: 'x',
      recordedAt: `2026-01-0${at + 1}T00:00:00.000Z`,
      ...event,
    })),
  };
}

describe('what a certificate says on a day', () => {
  it('is its entry, amended and reissued from the day of each event on', () => {
    const history = withEvents(
      { type: 'reissued', on: '2025-06-01', holder: 'brand', number: '1A/QĐ' },
      { type: 'amended', on: '2025-03-01', products: ['p1', 'p2'] },
    );
    const said = (on: string) => {
      const { products, holder, number } = stateOn(history, on, later);
      return [products.join(), holder, number];
    };
    expect(said('2025-02-28')).toEqual(['p1', 'maker', '1/QĐ']);
    expect(said('2025-03-01')).toEqual(['p1,p2', 'maker', '1/QĐ']);
    expect(said('2025-06-01')).toEqual(['p1,p2', 'brand', '1A/QĐ']);
  });

  it('is corrected from its start, and for whom did not know of the mistake it stands as entered', () => {
    const history = withEvents({ fields: { number: '7/QĐ', validThrough: null, level: null } });
    expect(stateOn({ ...history, level: '3' }, '2024-06-01', later)).toMatchObject({
      number: '7/QĐ',
      validThrough: null,
    });
    expect(stateOn({ ...history, level: '3' }, '2024-06-01', later)).not.toHaveProperty('level');
    expect(stateOn(history, '2024-06-01', '2025-12-31T00:00:00.000Z')).toMatchObject({ number: '1/QĐ' });
  });

  it('keeps an amendment that was entered before a correction of the entry', () => {
    const history = withEvents(
      { type: 'amended', on: '2025-03-01', products: ['p1', 'p2'] },
      { fields: { products: ['p3'] } },
    );
    expect(stateOn(history, '2025-02-28', later).products).toEqual(['p3']);
    expect(stateOn(history, '2025-03-01', later).products).toEqual(['p1', 'p2']);
    expect(coversEver(history, 'p1', later)).toBe(true);
    expect(reachOf(history).products.toSorted()).toEqual(['p1', 'p2', 'p3']);
  });

  it('is what the story told day by day says, on 3,000 histories', () => {
    const seen = createTally();
    fc.assert(
      fc.property(aCertificate(), aDay, anInstant, (history, day, knownAt) => {
        seen.runs();
        for (const on of [day, ...turningDays(history)]) {
          const { number, holder, products, issuedOn, validFrom, validThrough } = naiveState(history, on, knownAt);
          const expected = { number, holder, products, issuedOn, validFrom, validThrough };
          expect(stateOn(history, on, knownAt)).toMatchObject(expected);
        }
        const isKnown = ({ recordedAt }: CertificateEvent) => recordedAt <= knownAt;
        for (const type of ['amended', 'reissued', 'corrected'] as const)
          seen.hit(
            type,
            history.events.some((event) => event.type === type && isKnown(event)),
          );
        seen.hit('not all known', !history.events.every(isKnown));
        seen.hit(
          'late entry',
          history.events.some(({ on, recordedAt }) => on < recordedAt.slice(0, 10)),
        );
      }),
      { numRuns: 3000 },
    );
    expect(seen.below(0.05, ['amended', 'reissued', 'corrected', 'not all known', 'late entry'])).toEqual([]);
  });

  it('never changes for a day and an instant when something is entered later', () => {
    fc.assert(
      fc.property(aCertificate(), aDay, anInstant, (history, on, knownAt) => {
        const then = { ...history, events: history.events.filter(({ recordedAt }) => recordedAt <= knownAt) };
        const { events: _now, ...said } = stateOn(history, on, knownAt);
        const { events: _then, ...saidThen } = stateOn(then, on, knownAt);
        expect(said).toEqual(saidThen);
      }),
      { numRuns: 500 },
    );
  });

  it('lies within its reach, and every state of some day is among those that a list finds it by', () => {
    fc.assert(
      fc.property(aCertificate(), aDay, anInstant, (history, on, knownAt) => {
        const { products, holder, number, validFrom } = stateOn(history, on, knownAt);
        const reach = reachOf(history);
        expect(reach.products).toEqual(expect.arrayContaining(products));
        expect(reach.holders).toContain(holder);
        expect(reach.numbers).toContain(number);
        expect(reach.from <= validFrom).toBe(true);
        expect(everyState(history)).toContainEqual(stateOn(history, on));
        const days = [on, ...turningDays(history), '2027-12-31', history.validFrom];
        const isCovered = [...readThese(history, days, { product: 'p2', knownAt }).values()].some(
          (reason) => reason !== 'PRODUCT_NOT_COVERED' && reason !== 'NOT_KNOWN_YET',
        );
        expect(isCovered && !coversEver(history, 'p2', knownAt)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a correction of the entry', () => {
  const scheme = { code: 'ECO', subject: 'product' as const, levels: ['1', '2'], validityMonths: 36 };
  const paper = { id: 'p1', group: 'paper', supplier: 'maker', authorised: [] };
  const around: Surroundings = { scheme, products: [paper], holder: { code: 'maker' } };
  const revoked = withEvents({ type: 'revoked', on: '2025-03-01' });

  it.each<[string, CorrectedFields, Partial<Surroundings>, string | null, string]>([
    ['ends before it starts', { validThrough: '2024-05-31' }, {}, 'ENDS_BEFORE_START', '/fields/validThrough'],
    ['starts before its issue', { validFrom: '2024-05-31' }, {}, 'STARTS_BEFORE_ISSUE', '/fields/validFrom'],
    ['names an unknown level', { level: '3' }, {}, 'LEVEL_UNKNOWN', '/fields/level'],
    ['takes a needed level away', { level: null }, {}, 'LEVEL_UNKNOWN', '/fields/level'],
    [
      'names a holder without right',
      { holder: 'other' },
      { holder: { code: 'other' } },
      'NOT_THE_HOLDERS_PRODUCT',
      '/fields/products/0',
    ],
    ['leaves no product', { products: [] }, { products: [] }, 'PRODUCTS_REQUIRED', '/fields/products'],
    [
      'names another scheme’s criterion',
      { criterion: 'X' },
      { criterion: { scheme: 'OLD', groups: ['paper'] } },
      'CRITERION_OF_OTHER_SCHEME',
      '/fields/criterion',
    ],
    ['would end before an event', { validThrough: '2025-02-28' }, {}, 'CORRECTION_CONTRADICTS_EVENT', '/fields'],
    [
      'renews a certificate of another scheme',
      { renews: 'c0' },
      { renews: { id: 'c0', scheme: 'OLD', issuedOn: '2020-01-01' } },
      'RENEWS_OTHER_SCHEME',
      '/fields/renews',
    ],
    [
      'renews a later one',
      { renews: 'c0' },
      { renews: { id: 'c0', scheme: 'ECO', issuedOn: '2024-06-01' } },
      'RENEWS_LATER',
      '/fields/renews',
    ],
    [
      'only says another number, whatever else is wrong by now',
      { number: '9' },
      { holder: { code: 'other' } },
      null,
      '',
    ],
  ])('that %s is judged like an entry', (...[, fields, more, code, pointer]) => {
    expect(refuseCorrection(revoked, fields, { ...around, ...more })).toEqual(code && { code, pointer });
  });

  it('of the day of issue moves a start and an end that rest on it, and nothing that was printed', () => {
    const issuedOn = '2024-05-15';
    expect(completeCorrection(certificate, { issuedOn }, scheme)).toEqual({
      issuedOn,
      validFrom: '2024-05-15',
      validThrough: '2027-05-15',
    });
    const printed = { ...certificate, validFrom: '2024-07-01', validThrough: '2026-12-31' };
    expect(completeCorrection(printed, { issuedOn }, scheme)).toEqual({ issuedOn });
    expect(completeCorrection(certificate, { number: '2' }, scheme)).toEqual({ number: '2' });
  });

  it('and a renewal are checked on entry too', () => {
    const input = { number: '2', scheme: 'ECO', level: '1', holder: 'maker', products: ['p1'], issuedOn: '2027-06-02' };
    expect(refuseCertificate(input, { ...around, renews: certificate })).toBeNull();
    expect(refuseCertificate(input, { ...around, renews: { ...certificate, scheme: 'OLD' } })).toEqual({
      code: 'RENEWS_OTHER_SCHEME',
      pointer: '/renews',
    });
  });

  it('is not an amendment: there only products that were not covered on the day are asked about', () => {
    const lamp = { id: 'p2', group: 'lamp', supplier: 'other', authorised: [] };
    const amendment = { on: '2025-01-01', products: ['p1', 'p2'] };
    const foreign = { ...around, products: [{ ...paper, supplier: 'sold-since' }, lamp] };
    expect(refuseAmendment(certificate, amendment, foreign)).toEqual({
      code: 'NOT_THE_HOLDERS_PRODUCT',
      pointer: '/products/1',
    });
    const own = {
      ...around,
      products: [
        { ...paper, supplier: 'sold-since' },
        { ...lamp, supplier: 'maker' },
      ],
    };
    expect(refuseAmendment(certificate, amendment, own)).toBeNull();
    const criterion = { scheme: 'ECO', groups: ['paper'] };
    expect(refuseAmendment(certificate, amendment, { ...own, criterion })).toEqual({
      code: 'CRITERION_NOT_FOR_GROUP',
      pointer: '/products',
    });
  });
});

describe('the group of a product', () => {
  it('is the one that was known at the instant', () => {
    const first: { group: string; formerGroups?: { group: string; until: string }[] } = { group: 'a' };
    const second = withGroupHistory(first, { ...first, group: 'b' }, '2026-01-01T00:00:00.000Z');
    const third = withGroupHistory(second, { ...second, group: 'c' }, '2026-02-01T00:00:00.000Z');
    expect(withGroupHistory(third, third, '2026-03-01T00:00:00.000Z')).toBe(third);
    const instants = ['2025-12-31T23:59:59.999Z', '2026-01-01T00:00:00.000Z', '2026-01-31T00:00:00.000Z', later];
    expect(instants.map((instant) => groupKnownAt(third, instant))).toEqual(['a', 'b', 'b', 'c']);
  });
});
