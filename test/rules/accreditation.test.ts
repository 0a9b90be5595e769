import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Mandate } from '../../schemas/types.d.ts';
import { accreditationEnd, type Accreditation } from '../../server/certificates/accreditation.rules.ts';
import { reasonOn } from '../../server/certificates/validity.rules.ts';
import { refuseAct } from '../../server/organisations/mandate.rules.ts';
import { anInstant, instantOf } from './arbitraries.ts';
import { naiveAccreditationEnd } from './naive/accreditation.ts';

const days = ['2024-01-01', '2024-03-31', '2024-04-01', '2024-06-30', '2024-07-01', '2024-12-31'];
const aDay = fc.constantFrom(...days);
const someGroups = fc.subarray(['paper', 'ink']);

/** Only what is said. */
function said<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

const aMandate = fc
  .record({
    scheme: fc.constantFrom('S', 'T'),
    groups: fc.option(fc.subarray(['paper', 'ink'], { minLength: 1 }), { nil: undefined }),
    from: fc.option(aDay, { nil: undefined }),
    through: fc.option(aDay, { nil: undefined }),
  })
  .filter(({ from, through }) => from === undefined || through === undefined || from <= through)
  .map((mandate) => said(mandate) as Mandate);

const aRule = fc.constantFrom(
  undefined,
  { certificates: 'stay' as const },
  { certificates: 'end' as const },
  { certificates: 'end' as const, afterDays: 90 },
);

const anAccreditation = fc
  .record({
    states: fc.array(fc.array(aMandate, { maxLength: 4 }), { minLength: 1, maxLength: 4 }),
    rules: fc.array(fc.record({ validFrom: aDay, whenMandateEnds: aRule }), { minLength: 1, maxLength: 3 }),
  })
  .map(({ states, rules }): Accreditation => ({
    bodies: { BODY: states.map((mandates, at) => ({ knownFrom: instantOf(3 * at + 1), mandates })) },
    rules: rules.map((rule, at) => said({ ...rule, recordedAt: instantOf(4 * at + 1) })),
  }));

describe('the end of a body’s certificates with its accreditation', () => {
  const rule = { validFrom: '2020-01-01', recordedAt: instantOf(1), whenMandateEnds: { certificates: 'end' as const } };
  const issued = { scheme: 'S', body: 'BODY', issuedOn: '2024-03-31', groups: ['paper'] };
  const ending = (mandates: Mandate[], certificate = issued, rules: Accreditation['rules'] = [rule]) =>
    accreditationEnd(certificate, { bodies: { BODY: [{ knownFrom: instantOf(1), mandates }] }, rules }, instantOf(9));

  it.each<[string, Mandate[], string | undefined]>([
    ['is its last day', [{ scheme: 'S', through: '2024-06-30' }], '2024-06-30'],
    ['is none while it is open', [{ scheme: 'S', from: '2024-01-01' }], undefined],
    [
      'is that of the one that follows without a gap',
      [
        { scheme: 'S', through: '2024-06-30' },
        { scheme: 'S', from: '2024-07-01', through: '2024-12-31' },
      ],
      '2024-12-31',
    ],
    [
      'stays where one is given anew after a gap',
      [
        { scheme: 'S', through: '2024-04-01' },
        { scheme: 'S', from: '2024-07-01' },
      ],
      '2024-04-01',
    ],
    ['is none for what was issued under none that is known', [{ scheme: 'S', through: '2024-01-01' }], undefined],
    ['is none by a suspension', [{ scheme: 'S', suspended: [{ from: '2024-04-01' }] }], undefined],
    [
      'is that of its group',
      [
        { scheme: 'S', groups: ['paper'], through: '2024-06-30' },
        { scheme: 'S', groups: ['ink'] },
      ],
      '2024-06-30',
    ],
  ])('%s', (_what, mandates, end) => {
    expect(ending(mandates)).toBe(end);
  });

  it('follows the rule of the scheme on the last day', () => {
    const through = [{ scheme: 'S', through: '2024-06-30' }];
    const later = { validFrom: '2024-07-01', recordedAt: instantOf(2) };
    expect(ending(through, issued, [rule, later])).toBe('2024-06-30');
    expect(ending(through, issued, [rule, { ...later, validFrom: '2024-06-01' }])).toBeUndefined();
    const after = { ...rule, whenMandateEnds: { certificates: 'end' as const, afterDays: 30 } };
    expect(ending(through, issued, [after])).toBe('2024-07-30');
  });

  it('equals a walk from day to day on 300 histories', () => {
    fc.assert(
      fc.property(anAccreditation, aDay, someGroups, anInstant, (accreditation, issuedOn, groups, knownAt) => {
        const certificate = { ...issued, issuedOn, groups };
        expect(accreditationEnd(certificate, accreditation, knownAt)).toBe(
          naiveAccreditationEnd(certificate, accreditation, knownAt),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('ends the certificate as known from the instant on which the register learned of it', () => {
    const accreditation: Accreditation = {
      bodies: {
        BODY: [
          { knownFrom: instantOf(1), mandates: [{ scheme: 'S' }] },
          { knownFrom: instantOf(5), mandates: [{ scheme: 'S', through: '2024-06-30' }] },
        ],
      },
      rules: [rule],
    };
    const certificate = {
      ...issued,
      accreditation,
      events: [],
      products: [],
      validFrom: '2024-03-31',
      validThrough: null,
    };
    const on = '2024-07-01';
    expect(reasonOn(certificate, { on, knownAt: instantOf(4) })).toBe('VALID');
    expect(reasonOn(certificate, { on, knownAt: instantOf(5) })).toBe('ENDED');
  });

  it('lets nothing be certified while it is suspended', () => {
    const body = { mayCertify: [{ scheme: 'S', suspended: [{ from: '2024-04-01', through: '2024-06-30' }] }] };
    const act = (on: string) => refuseAct(body, { scheme: 'S', groups: [], on });
    expect(['2024-03-31', '2024-04-01', '2024-06-30', '2024-07-01'].map(act)).toEqual([null, 'day', 'day', null]);
  });
});
