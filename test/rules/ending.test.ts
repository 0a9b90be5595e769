import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { criterionEnd, type EndingVersion } from '../../server/certificates/ending.rules.ts';
import { anInstant, instantOf } from './arbitraries.ts';
import { daysAfter } from './naive/days.ts';

const days = ['2024-06-30', '2024-12-31', '2025-06-30', '2025-12-31'];
const someVersions = fc
  .array(
    fc.record({
      validFrom: fc.constantFrom('2024-01-01', '2024-09-01', '2025-03-01', '2025-09-01'),
      wait: fc.integer({ min: 1, max: 12 }),
      certificatesEndOn: fc.constantFrom(undefined, ...days),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((said) => {
    let step = 0;
    return said.map(({ wait, ...version }): EndingVersion => ({ ...version, recordedAt: instantOf((step += wait)) }));
  });

/** Lives through the days one by one: each morning the version of the day says when certificates end, unless they have. */
function naiveEnd(versions: EndingVersion[], knownAt: string): string | undefined {
  const known = versions.filter(({ recordedAt }, at) => at === 0 || recordedAt <= knownAt);
  const saidFrom = new Map(known.map((version) => [version.validFrom, version.certificatesEndOn]));
  const starts = [...saidFrom.keys()].sort();
  let said = saidFrom.get(starts[0]!);
  for (let day = starts[0]!; day <= '2026-12-31'; day = daysAfter(day, 1)) {
    if (said !== undefined && day > said) return said;
    if (saidFrom.has(day)) said = saidFrom.get(day);
  }
  return said;
}

describe('the end of certificates under a criteria document', () => {
  const version = (validFrom: string, step: number, certificatesEndOn?: string) => ({
    validFrom,
    recordedAt: instantOf(step),
    ...(certificatesEndOn !== undefined && { certificatesEndOn }),
  });

  it('is known from the recording of the version that names it, also a day that is past already', () => {
    const versions = [version('2024-01-01', 1), version('2025-06-01', 30, '2024-12-31')];
    expect(criterionEnd(versions, instantOf(29))).toBeUndefined();
    expect(criterionEnd(versions, instantOf(30))).toBe('2024-12-31');
  });

  it('is postponed before it has come, and by a version from the same day', () => {
    const versions = [version('2024-01-01', 1, '2024-12-31'), version('2025-01-01', 2, '2025-12-31')];
    expect(criterionEnd(versions, instantOf(9))).toBe('2024-12-31');
    expect(criterionEnd([...versions, version('2024-12-31', 3, '2025-12-31')], instantOf(9))).toBe('2025-12-31');
    expect(criterionEnd([...versions, version('2024-01-01', 3)], instantOf(9))).toBe('2025-12-31');
  });

  it('equals a walk from day to day on 300 histories', () => {
    fc.assert(
      fc.property(someVersions, anInstant, (versions, knownAt) => {
        expect(criterionEnd(versions, knownAt)).toBe(naiveEnd(versions, knownAt));
      }),
      { numRuns: 300 },
    );
  });
});
