import type { Evidence, LaboratoryAccreditation, Organisation } from '../../schemas/types.d.ts';
import { holdsOn, LAST_DAY } from '../organisations/span.rules.ts';

/** A testing laboratory, by what bears on its reports. */
export type Laboratory = Pick<Organisation, 'code' | 'accreditations' | 'through'>;

/** A number of an accreditation without its spaces and dashes: `VILAS 001` and `vilas-001` are one. */
export function accreditationKey(number: string): string {
  return number
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

type Reported = Pick<Evidence, 'issuedOn' | 'laboratory'>;
type Ended = NonNullable<Evidence['laboratoryEnded']>;

/**
 * That the accreditation which a report names has ended before a day; undefined while it holds, has not begun, or the register
 * knows of no laboratory with it. Decree 08/2022 art. 149 asks for a laboratory that is accredited when it tests: a report
 * issued before the end stays a report, so it is told apart from one that was issued after it.
 */
export function laboratoryEnded(
  { issuedOn, laboratory }: Reported,
  laboratories: readonly Laboratory[],
  today: string,
): Ended | undefined {
  if (laboratory === undefined) return undefined;
  const runs = runsOf(accreditationKey(laboratory.accreditation), laboratories);
  if (runs.length === 0 || runs.some(({ through }) => through >= today)) return undefined;
  const { code, through } = runs.reduce((one, other) => (other.through > one.through ? other : one));
  return {
    organisation: code,
    through,
    ...(issuedOn !== undefined && { heldWhenIssued: runs.some((run) => holdsOn(run, issuedOn)) }),
  };
}

/** The accreditations that have ended before a day, as reports may name them. */
export function endedKeys(laboratories: readonly Laboratory[], today: string): string[] {
  const keys = new Set(laboratories.flatMap(({ accreditations = [] }) => accreditations.map(keyOf)));
  return [...keys].filter((key) => runsOf(key, laboratories).every(({ through }) => through < today));
}

function keyOf({ number }: LaboratoryAccreditation): string {
  return accreditationKey(number);
}

/** Every run of days of an accreditation; one of a laboratory that closed ends with it. */
function runsOf(key: string, laboratories: readonly Laboratory[]): { code: string; from?: string; through: string }[] {
  return laboratories.flatMap(({ code, accreditations = [], through: closed = LAST_DAY }) =>
    accreditations
      .filter((accreditation) => keyOf(accreditation) === key)
      .map(({ from, through = LAST_DAY }) => ({
        code,
        ...(from !== undefined && { from }),
        through: through < closed ? through : closed,
      })),
  );
}
