import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { medianOf, stepDays, timedSteps, type Histogram } from '../../server/scorecards/step.rules.ts';

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
