import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  accreditationKey,
  endedKeys,
  laboratoryEnded,
  type Laboratory,
} from '../../server/evidence/laboratory.rules.ts';
import { aDay } from './arbitraries.ts';

const number = 'VILAS 001';
const spellings = [number, 'vilas-001', 'Vilas001', ' VILAS  001 '];
const aRun = fc.record({ from: aDay, through: aDay }, { requiredKeys: [] });
const someLaboratories: fc.Arbitrary<Laboratory[]> = fc.array(
  fc.record(
    {
      code: fc.constantFrom('L-1', 'L-2'),
      through: aDay,
      accreditations: fc.array(
        fc.tuple(aRun, fc.constantFrom(...spellings, 'VILAS 0010')).map(([run, named]) => ({ number: named, ...run })),
        { maxLength: 3 },
      ),
    },
    { requiredKeys: ['code'] },
  ),
  { maxLength: 3 },
);

/** The last day on which an accreditation is known to hold, one after the other; null where nobody has it. */
function lastDays(laboratories: Laboratory[]): { from: string; through: string }[] {
  return laboratories.flatMap(({ accreditations = [], through: closed = '9999-12-31' }) =>
    accreditations
      .filter((one) => accreditationKey(one.number) === 'VILAS001')
      .map(({ from = '', through = '9999-12-31' }) => ({ from, through: [through, closed].toSorted()[0]! })),
  );
}

describe('the end of a laboratory’s accreditation', () => {
  it('is that of the last run of the number that the report names, and tells whether one held when it was issued', () => {
    fc.assert(
      fc.property(
        someLaboratories,
        aDay,
        fc.option(aDay, { nil: undefined }),
        fc.constantFrom(...spellings),
        (laboratories, today, issuedOn, named) => {
          const report = {
            ...(issuedOn !== undefined && { issuedOn }),
            laboratory: { name: 'x', accreditation: named },
          };
          const ended = laboratoryEnded(report, laboratories, today);
          const runs = lastDays(laboratories);
          const isEnded = runs.length > 0 && runs.every(({ through }) => through < today);
          expect(ended !== undefined).toBe(isEnded);
          expect(endedKeys(laboratories, today).includes('VILAS001')).toBe(isEnded);
          if (!ended) return;
          expect(ended.through).toBe(
            runs
              .map(({ through }) => through)
              .toSorted()
              .at(-1),
          );
          const held = runs.some(
            ({ from, through }) => issuedOn !== undefined && from <= issuedOn && issuedOn <= through,
          );
          expect(ended.heldWhenIssued).toBe(issuedOn === undefined ? undefined : held);
        },
      ),
    );
  });

  it('is nothing to a report that names no laboratory, or one that the register does not know', () => {
    const ended: Laboratory[] = [{ code: 'L-1', accreditations: [{ number, through: '2026-01-01' }] }];
    expect(laboratoryEnded({}, ended, '2026-06-01')).toBeUndefined();
    const other = { laboratory: { name: 'x', accreditation: 'VILAS 002' } };
    expect(laboratoryEnded(other, ended, '2026-06-01')).toBeUndefined();
  });
});
