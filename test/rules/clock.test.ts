import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { dayOf } from '../../server/core/clock.ts';

/** Since 1976 the clock of Vietnam is seven hours ahead of UTC all year. */
const sevenHours = 7 * 3_600_000;
const instants = fc.integer({ min: Date.UTC(1976, 0, 1), max: Date.UTC(2100, 0, 1) });

describe('the calendar day of an instant', () => {
  it('is that of a clock seven hours ahead, whatever was asked before', () => {
    const aboutMidnight = fc
      .tuple(fc.integer({ min: 3000, max: 40_000 }), fc.integer({ min: -2, max: 2 }))
      .map(([day, ms]) => day * 86_400_000 - sevenHours + ms);
    fc.assert(
      fc.property(fc.array(fc.oneof(instants, aboutMidnight), { minLength: 1, maxLength: 20 }), (asked) => {
        for (const ms of asked)
          expect(dayOf(new Date(ms).toISOString())).toBe(new Date(ms + sevenHours).toISOString().slice(0, 10));
      }),
    );
  });

  it('is the same for an instant written in another way', () => {
    expect(dayOf('2026-03-14T16:59:59.999Z')).toBe('2026-03-14');
    expect(dayOf('2026-03-14T16:59:59.999999Z')).toBe('2026-03-14');
    expect(dayOf('2026-03-14T17:00:00Z')).toBe('2026-03-15');
    expect(dayOf('2026-03-15T00:00:00+07:00')).toBe('2026-03-15');
    expect(dayOf('2026-03-14T23:59:59+07:00')).toBe('2026-03-14');
  });
});
