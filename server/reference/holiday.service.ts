import type { HolidayYear, HolidayYearInput } from '../../schemas/types.d.ts';
import type { Author } from '../core/author.rules.ts';
import { broken, Problem, type Fault } from '../core/problem.ts';
import type { Draft, Page, PageQuery, Records } from '../core/records.ts';

/** The days off of each year: the law's, and those that the Government moves, which the operator enters. */
export interface Holidays {
  page(query: PageQuery): Promise<Page<HolidayYear>>;
  get(code: string): Promise<HolidayYear | null>;
  /** All of them; one a year. */
  all(): Promise<HolidayYear[]>;
  /** Enters a year. @throws Problem 409 where it is there */
  add(by: Author, year: Draft<HolidayYear>): Promise<HolidayYear>;
  /** The year as it is to stand; with `revision` 0 it enters it. @throws Problem 412, 404, 422 for a day of another year */
  put(by: Author, code: string, change: { revision: number; input: HolidayYearInput }): Promise<HolidayYear>;
}

interface HolidayParts {
  records: Records<HolidayYear>;
  /** Says that a year changed. */
  changed(): void;
}

/** The days off over their records. */
export function createHolidays({ records, changed }: HolidayParts): Holidays {
  const enter = async (by: Author, year: Draft<HolidayYear>, taken: Problem): Promise<HolidayYear> => {
    const entered = await records.insert(() => year, { by, onDuplicate: () => taken });
    changed();
    return entered;
  };
  return {
    page: (query) => records.page({}, query),
    get: (code) => records.get(code),
    all: () => records.all(),
    add: (by, year) => enter(by, year, new Problem('CODE_TAKEN', { code: year.code })),
    async put(by, code, { revision, input }) {
      if (!/^20[0-9]{2}$/.test(code)) throw new Problem('INVALID_PATH');
      refuseOtherYears(code, input);
      if (revision === 0) return enter(by, { code, ...input }, new Problem('PRECONDITION_FAILED'));
      const year = await records.change(code, (before) => ({ ...before, ...input }), { by, expected: revision });
      changed();
      return year;
    },
  };
}

/** A day given for one of the last of the year may lie in the next. */
function refuseOtherYears(code: string, { holidays, moved, unknown }: HolidayYearInput): void {
  const places: [pointer: string, day: string][] = [
    ...holidays.map(({ on }, at): [string, string] => [`/holidays/${at}/on`, on]),
    ...moved.map(({ off }, at): [string, string] => [`/moved/${at}/off`, off]),
    ...unknown.map(({ from }, at): [string, string] => [`/unknown/${at}/from`, from]),
  ];
  const faults = places.flatMap(([pointer, day]): Fault[] =>
    day.startsWith(`${code}-`) ? [] : [{ pointer, code: 'OUTSIDE_YEAR', params: { code } }],
  );
  if (faults.length > 0) throw broken(...faults);
}
