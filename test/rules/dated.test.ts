import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { recordOn, recordsOn, versionOn } from '../../server/reference/dated.rules.ts';
import { aDay, anInstant, instantOf } from './arbitraries.ts';
import { naiveVersion } from './naive/decision.ts';

const someVersions = fc
  .array(
    fc.record({
      validFrom: fc.constantFrom('2024-01-31', '2025-01-01', '2025-03-31', '2026-06-01'),
      recordedAt: fc.nat(60).map(instantOf),
      said: fc.nat(),
      sometimes: fc.option(fc.nat(), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((versions) => versions.toSorted((a, b) => (a.recordedAt < b.recordedAt ? -1 : 1)));

const version = (validFrom: string, step: number, said: string) => ({ validFrom, recordedAt: instantOf(step), said });

describe('the version of a record that holds on a day', () => {
  it('is the one with the latest validFrom on or before the day among those recorded by then', () => {
    const versions = [version('2024-01-01', 1, 'a'), version('2025-01-01', 5, 'b'), version('2024-06-01', 9, 'c')];
    const said = (on: string, step: number) => versionOn(versions, on, instantOf(step)).said;
    expect([said('2025-02-01', 4), said('2025-02-01', 5), said('2025-02-01', 9)]).toEqual(['a', 'b', 'b']);
    expect([said('2024-07-01', 8), said('2024-07-01', 9), said('2024-05-31', 9)]).toEqual(['a', 'c', 'a']);
  });

  it('is of two from one day the one recorded last, and before every version the earliest', () => {
    const versions = [version('2025-01-01', 1, 'a'), version('2025-01-01', 5, 'b'), version('2024-01-01', 7, 'c')];
    const said = (on: string, step: number) => versionOn(versions, on, instantOf(step)).said;
    expect([said('2025-01-01', 4), said('2025-01-01', 5)]).toEqual(['a', 'b']);
    expect([said('2020-01-01', 6), said('2020-01-01', 7)]).toEqual(['b', 'c']);
  });

  it('is known always where the record was entered with it', () => {
    const versions = [version('2024-01-01', 20, 'a'), version('2025-01-01', 20, 'b'), version('2026-01-01', 30, 'c')];
    expect(versionOn(versions, '2026-01-01', instantOf(1)).said).toBe('b');
  });

  it('equals a second implementation on 3,000 histories', () => {
    fc.assert(
      fc.property(someVersions, aDay, anInstant, (versions, on, knownAt) => {
        const [first] = versions;
        const others = versions.filter((other, at) => at === 0 || other.recordedAt !== first!.recordedAt);
        expect(versionOn(others, on, knownAt)).toBe(naiveVersion(others, on, knownAt));
      }),
      { numRuns: 3000 },
    );
  });

  it('never changes for what was known at an instant, whatever is recorded later', () => {
    fc.assert(
      fc.property(someVersions, aDay, anInstant, (versions, on, knownAt) => {
        const first = versions[0]!.recordedAt;
        const then = versions.filter(({ recordedAt }) => recordedAt <= knownAt || recordedAt === first);
        expect(versionOn(versions, on, knownAt)).toBe(versionOn(then, on, knownAt));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a record on a day', () => {
  it('says what the version says and keeps nothing that only another one says', () => {
    fc.assert(
      fc.property(someVersions, aDay, anInstant, (versions, on, knownAt) => {
        const today = { code: 'X', recordedAt: instantOf(0), revision: 3, ...undated(versions.at(-1)!), versions };
        const { said, sometimes } = versionOn(versions, on, knownAt);
        expect(recordOn(today, on, knownAt)).toEqual({
          code: 'X',
          recordedAt: instantOf(0),
          revision: 3,
          versions,
          said,
          sometimes,
        });
      }),
      { numRuns: 500 },
    );
  });

  it('is not there before it was recorded, where it must be known to count', () => {
    const record = { recordedAt: instantOf(5), said: 'a', versions: [version('2024-01-01', 5, 'a')] };
    expect(recordsOn([record], '2026-01-01', instantOf(4))).toEqual([]);
    expect(recordsOn([record], '2026-01-01', instantOf(5))).toEqual([record]);
  });
});

function undated<V extends { validFrom: string; recordedAt: string }>({
  validFrom: _validFrom,
  recordedAt: _recordedAt,
  ...said
}: V): Omit<V, 'validFrom' | 'recordedAt'> {
  return said;
}
