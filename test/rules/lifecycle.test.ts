import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { CertificateEvent, CertificateInput } from '../../schemas/types.d.ts';
import { refuseCertificate, refuseCorrection, refuseEvent } from '../../server/certificates/lifecycle.rules.ts';
import { aCertificate, anAttempt, createTally, eventOf } from './arbitraries.ts';
import { naiveAllows } from './naive/validity.ts';

type Entry = [CertificateEvent['type'], string];

const suspending = { canSuspend: true };
const events = (entries: Entry[]) =>
  entries.map(([type, on]) => ({ type, on, reason: 'x', recordedAt: '2026-01-01T00:00:00.000Z' }));

const dates = { validFrom: '2024-06-01', validThrough: '2027-06-01' as string | null };

/** Three products of the maker's, for which the brand may hold certificates too. */
function aroundIt(holder = 'maker') {
  const products = ['p1', 'p2', 'p3'].map((id) => ({ id, group: 'paper', supplier: 'maker', authorised: ['brand'] }));
  const scheme = { code: 'ECO', subject: 'product' as const, levels: [], validityMonths: 36 };
  return { scheme, products, holder: { code: holder } };
}

function refusedWithoutSuspension(type: CertificateEvent['type'], on: string) {
  return refuseEvent({ ...dates, events: [] }, { canSuspend: false }, { type, on });
}

describe('an event', () => {
  it.each<[string, Entry[], Entry, string | null]>([
    ['on the first day', [], ['revoked', '2024-06-01'], null],
    ['on the last day', [], ['surrendered', '2027-06-01'], null],
    ['before the start', [], ['revoked', '2024-05-31'], 'EVENT_BEFORE_START'],
    ['after the end', [], ['revoked', '2027-06-02'], 'EVENT_AFTER_END'],
    [
      'that suspends a suspended certificate',
      [['suspended', '2025-01-01']],
      ['suspended', '2025-02-01'],
      'EVENT_NOT_POSSIBLE',
    ],
    ['that reinstates a valid certificate', [], ['reinstated', '2025-02-01'], 'EVENT_NOT_POSSIBLE'],
    [
      'that reinstates before the suspension',
      [['suspended', '2025-01-01']],
      ['reinstated', '2024-12-31'],
      'EVENT_NOT_POSSIBLE',
    ],
    ['that reinstates on the day of the suspension', [['suspended', '2025-01-01']], ['reinstated', '2025-01-01'], null],
    [
      'that suspends again after a reinstatement',
      [
        ['suspended', '2025-01-01'],
        ['reinstated', '2025-02-01'],
      ],
      ['suspended', '2025-03-01'],
      null,
    ],
    ['that revokes a suspended certificate', [['suspended', '2025-01-01']], ['revoked', '2025-02-01'], null],
    [
      'that revokes a surrendered certificate',
      [['surrendered', '2025-01-01']],
      ['revoked', '2025-02-01'],
      'EVENT_NOT_POSSIBLE',
    ],
    [
      'entered late, before a revocation that it allows',
      [['revoked', '2025-05-01']],
      ['suspended', '2025-02-01'],
      null,
    ],
    [
      'entered late, that contradicts a later one',
      [
        ['suspended', '2025-01-01'],
        ['reinstated', '2025-03-01'],
      ],
      ['revoked', '2025-02-01'],
      'EVENT_NOT_POSSIBLE',
    ],
    ['that amends a valid certificate', [], ['amended', '2024-06-01'], null],
    ['that amends a suspended certificate', [['suspended', '2025-01-01']], ['amended', '2025-02-01'], null],
    [
      'that reissues a revoked certificate',
      [['revoked', '2025-01-01']],
      ['reissued', '2025-02-01'],
      'EVENT_NOT_POSSIBLE',
    ],
    ['that amends, entered late, before a revocation', [['revoked', '2025-05-01']], ['amended', '2025-02-01'], null],
    ['that revokes before an amendment', [['amended', '2025-05-01']], ['revoked', '2025-02-01'], 'EVENT_NOT_POSSIBLE'],
    ['that amends after the end', [], ['amended', '2027-06-02'], 'EVENT_AFTER_END'],
    ['that corrects a void certificate', [['revokedAbInitio', '2025-01-01']], ['corrected', '2028-02-01'], null],
    ['that voids a revoked certificate', [['revoked', '2025-01-01']], ['revokedAbInitio', '2024-06-01'], null],
    [
      'that voids from a day before other events',
      [
        ['suspended', '2025-01-01'],
        ['reinstated', '2025-03-01'],
      ],
      ['revokedAbInitio', '2024-06-01'],
      null,
    ],
    [
      'that voids a void certificate',
      [['revokedAbInitio', '2025-01-01']],
      ['revokedAbInitio', '2025-02-01'],
      'EVENT_NOT_POSSIBLE',
    ],
    [
      'on a day before the voiding of a certificate',
      [['revokedAbInitio', '2025-05-01']],
      ['suspended', '2025-01-01'],
      'EVENT_NOT_POSSIBLE',
    ],
  ])('%s is taken only where it can have happened', (...[, entered, [type, on], code]) => {
    const refusal = refuseEvent({ ...dates, events: events(entered) }, suspending, { type, on });
    expect(refusal?.code ?? null).toBe(code);
  });

  it('may lie on any later day of a certificate without an end', () => {
    expect(
      refuseEvent({ ...dates, validThrough: null, events: [] }, suspending, { type: 'revoked', on: '2999-01-01' }),
    ).toBeNull();
  });

  it('names the place that is wrong', () => {
    expect(refusedWithoutSuspension('revoked', '2024-05-31')).toEqual({ code: 'EVENT_BEFORE_START', pointer: '/on' });
    expect(refusedWithoutSuspension('revoked', '2027-06-02')).toEqual({ code: 'EVENT_AFTER_END', pointer: '/on' });
    expect(refusedWithoutSuspension('suspended', '2025-01-01')).toEqual({
      code: 'SCHEME_CANNOT_SUSPEND',
      pointer: '/type',
    });
    expect(refusedWithoutSuspension('reinstated', '2025-01-01')).toEqual({
      code: 'SCHEME_CANNOT_SUSPEND',
      pointer: '/type',
    });
    expect(refusedWithoutSuspension('revoked', '2025-01-01')).toBeNull();
  });

  it('is taken exactly where the story with it makes sense, on 2,000 histories', () => {
    const seen = createTally();
    fc.assert(
      fc.property(
        aCertificate(),
        fc.record({ attempt: anAttempt, slip: fc.integer({ min: -2, max: 2 }) }),
        fc.boolean(),
        (history, { attempt, slip }, canSuspend) => {
          const event = eventOf({ ...attempt, slip }, history);
          const refusal =
            refuseEvent(history, { canSuspend }, event) ??
            (event.fields ? refuseCorrection(history, event.fields, aroundIt(event.fields.holder)) : null);
          const isTaken = refusal === null;
          seen.hit(isTaken ? `${event.type} taken` : `${event.type} refused`);
          seen.runs();
          seen.hit(isTaken ? 'taken' : 'refused');
          expect(isTaken).toBe(naiveAllows(history, canSuspend, event));
        },
      ),
      { numRuns: 2000 },
    );
    expect(seen.below(0.1, ['taken', 'refused'])).toEqual([]);
    expect(seen.below(0.01, ['amended taken', 'amended refused', 'corrected taken', 'corrected refused'])).toEqual([]);
  });
});

describe('a new certificate', () => {
  const paper = { id: 'p1', group: 'paper', supplier: 'maker', authorised: ['brand'] };
  const lamp = { id: 'p2', group: 'lamp', supplier: 'other', authorised: [] };
  const scheme = { code: 'ECO', subject: 'product' as const, levels: [] as string[], validityMonths: 36 };
  const criterion = { scheme: 'ECO', groups: ['paper'] };
  const input: CertificateInput = {
    number: '1/QĐ',
    scheme: 'ECO',
    holder: 'maker',
    products: ['p1'],
    issuedOn: '2024-06-01',
  };
  const around = { scheme, criterion, products: [paper], holder: { code: 'maker' } };

  it('is taken for its holder’s own product, and for one that the holder is authorised for', () => {
    expect(refuseCertificate(input, around)).toBeNull();
    expect(refuseCertificate({ ...input, holder: 'brand' }, { ...around, holder: { code: 'brand' } })).toBeNull();
    expect(refuseCertificate(input, { ...around, criterion: undefined })).toBeNull();
  });

  it.each<[string, Partial<CertificateInput>, Partial<Parameters<typeof refuseCertificate>[1]>, string, string]>([
    ['ends before it starts', { validThrough: '2024-05-31' }, {}, 'ENDS_BEFORE_START', '/validThrough'],
    [
      'starts after the end that the scheme’s months give',
      { validFrom: '2027-06-02' },
      {},
      'ENDS_BEFORE_START',
      '/validThrough',
    ],
    ['starts before it is issued', { validFrom: '2024-05-31' }, {}, 'STARTS_BEFORE_ISSUE', '/validFrom'],
    ['has a level where the scheme has none', { level: '3' }, {}, 'LEVEL_UNKNOWN', '/level'],
    [
      'has no level where the scheme has some',
      {},
      { scheme: { ...scheme, levels: ['1', '2'] } },
      'LEVEL_UNKNOWN',
      '/level',
    ],
    [
      'has a level that the scheme does not have',
      { level: '3' },
      { scheme: { ...scheme, levels: ['1', '2'] } },
      'LEVEL_UNKNOWN',
      '/level',
    ],
    [
      'covers products though it is for organisations',
      {},
      { scheme: { ...scheme, subject: 'organisation' } },
      'SCHEME_TAKES_NO_PRODUCTS',
      '/products',
    ],
    [
      'covers no product though it is for products',
      { products: [] },
      { products: [] },
      'PRODUCTS_REQUIRED',
      '/products',
    ],
    [
      'covers another’s product',
      { products: ['p1', 'p2'] },
      { products: [paper, lamp] },
      'NOT_THE_HOLDERS_PRODUCT',
      '/products/1',
    ],
    [
      'names a criterion of another scheme',
      {},
      { criterion: { scheme: 'OLD', groups: ['paper'] } },
      'CRITERION_OF_OTHER_SCHEME',
      '/criterion',
    ],
    [
      'names a criterion for other groups',
      {},
      { criterion: { scheme: 'ECO', groups: ['lamp'] } },
      'CRITERION_NOT_FOR_GROUP',
      '/criterion',
    ],
  ])('that %s is refused', (...[, changes, surroundings, code, pointer]) => {
    expect(refuseCertificate({ ...input, ...changes }, { ...around, ...surroundings })).toEqual({ code, pointer });
  });

  it('may be valid for the day of its issue alone, have a known level, and certify an organisation', () => {
    expect(refuseCertificate({ ...input, validThrough: '2024-06-01' }, around)).toBeNull();
    expect(
      refuseCertificate({ ...input, level: '2' }, { ...around, scheme: { ...scheme, levels: ['1', '2'] } }),
    ).toBeNull();
    const shop = { ...scheme, subject: 'organisation' as const, validityMonths: null };
    expect(refuseCertificate({ ...input, products: [] }, { ...around, scheme: shop, products: [] })).toBeNull();
  });
});
