import { Temporal } from 'temporal-polyfill';
import type { HolidayYear } from '../../schemas/types.d.ts';

/** What the register knows of a year's days off; `unknown` are those of which nobody said it yet. */
export type DaysOff = Pick<HolidayYear, 'code' | 'moved' | 'unknown'> & { holidays: { on: string }[] };

/** Which days are worked. */
export interface WorkCalendar {
  isWorkingDay(day: string): boolean;
  /** Whether the register knows for sure. */
  isKnown(day: string): boolean;
}

/**
 * The calendar of authorities: Saturday and Sunday are the weekly rest, holidays are those of the Labour Code 2019 art. 112
 * with the days given in place of those that fall on a rest day (art. 111(3)); a moved day is the Government's.
 */
export function calendarOf(years: readonly DaysOff[]): WorkCalendar {
  const off = new Set(
    years.flatMap(({ holidays, moved }) => [...holidays.map(({ on }) => on), ...moved.map((m) => m.off)]),
  );
  const worked = new Set(years.flatMap(({ moved }) => moved.map((day) => day.worked)));
  const known = new Set(years.map(({ code }) => code));
  const unknown = years.flatMap((year) => year.unknown);
  return {
    isWorkingDay: (day) => !off.has(day) && (worked.has(day) || Temporal.PlainDate.from(day).dayOfWeek <= 5),
    isKnown: (day) => known.has(day.slice(0, 4)) && !unknown.some(({ from, through }) => from <= day && day <= through),
  };
}

/** The last day of a term of working days: the first day is not counted (Civil Code 2015 art. 147(2)). */
export function lastWorkingDay(from: string, days: number, { isWorkingDay }: WorkCalendar): string {
  let day = Temporal.PlainDate.from(from);
  for (let left = days; left > 0;) {
    day = day.add({ days: 1 });
    if (isWorkingDay(day.toString())) left -= 1;
  }
  return day.toString();
}
