import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { derivedBody } from '../../server/scorecards/body.rules.ts';
import { medianOf, stepDays, timedSteps, type Histogram } from '../../server/scorecards/step.rules.ts';
import { aDay } from './arbitraries.ts';

const on = (day: number) => `2026-11-${String(day).padStart(2, '0')}`;

describe('the times of a scorecard', () => {
  it('run from submission to check, from check to decision, and over all of it', () => {
    const events = [
      { type: 'submitted' as const, on: on(2) },
      { type: 'foundIncomplete' as const, on: on(5) },
      { type: 'submitted' as const, on: on(10) },
      { type: 'foundComplete' as const, on: on(12) },
      { type: 'asked' as const, on: on(13) },
      { type: 'answered' as const, on: on(15) },
      { type: 'approved' as const, on: on(20) },
    ];
    expect(stepDays(events)).toEqual([
      { step: 'check', days: 3 },
      { step: 'check', days: 2 },
      { step: 'evaluation', days: 8 },
      { step: 'whole', days: 18 },
    ]);
    expect(stepDays(events.slice(0, 1))).toEqual([]);
  });

  it('have the lower of the middle days of a sorted list as their median', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 60 }), (days) => {
        const histogram: Histogram = new Map();
        for (const day of days) histogram.set(day, (histogram.get(day) ?? 0) + 1);
        const sorted = days.toSorted((a, b) => a - b);
        expect(medianOf(histogram)).toBe(sorted[Math.ceil(days.length / 2) - 1] ?? null);
      }),
    );
    expect(timedSteps(new Map())[0]).toEqual({ step: 'check', medianDays: null, times: 0 });
  });
});

describe('the body of a certificate that names none', () => {
  const aMandate = fc.record(
    { scheme: fc.constantFrom('A', 'B'), groups: fc.constant<string[]>(['paper']), from: aDay, through: aDay },
    { requiredKeys: ['scheme'] },
  );
  const someBodies = fc
    .array(fc.array(aMandate, { maxLength: 2 }), { maxLength: 4 })
    .map((lists) => lists.map((mayCertify, at) => ({ code: `BODY-${at}`, mayCertify })));
  const aCertificate = fc.record(
    {
      scheme: fc.constantFrom('A', 'B'),
      groups: fc.subarray<string>(['paper', 'ink']),
      on: aDay,
      recordedBy: fc.constantFrom('BODY-0', 'BODY-1', 'OTHER'),
    },
    { requiredKeys: ['scheme', 'groups', 'on'] },
  );

  it('is who entered it or the only one that could have given it on its day, in whatever order they stand; else nobody', () => {
    fc.assert(
      fc.property(someBodies, aCertificate, (bodies, certificate) => {
        const { scheme, groups, on: day, recordedBy = '' } = certificate;
        const able = bodies
          .filter(({ mayCertify }) => {
            const open = mayCertify.filter(
              (one) => one.scheme === scheme && (one.from ?? day) <= day && day <= (one.through ?? day),
            );
            return open.length > 0 && groups.every((group) => open.some((one) => one.groups?.includes(group) ?? true));
          })
          .map(({ code }) => code);
        const expected = able.includes(recordedBy) ? recordedBy : able.length === 1 ? able[0] : null;
        expect(derivedBody(certificate, bodies)).toBe(expected);
        expect(derivedBody(certificate, bodies.toReversed())).toBe(expected);
      }),
    );
  });
});
