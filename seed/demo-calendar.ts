import { Temporal } from 'temporal-polyfill';

/** The days of the demonstration register, all counted back from the day on which it is loaded. */
export interface DemoCalendar {
  /** The day on which the register is loaded. */
  today: string;
  /** The working day on which the fictional register opened; what is older was entered on it. */
  opening: string;
  /** The last working day before `today`: nothing is recorded later. */
  latest: string;
  /** The working day that lies so many days before `today`. */
  ago(days: number): string;
  /** The working day on which something of the day was recorded, so many days later where the register was open. */
  recorded(day: string, later: number): string;
  /** The Friday on which officers enter what they bought in the week of the day, or so many weeks later. */
  entryDay(day: string, weeksLater: number): string;
}

const openedAgo = 1200;
const friday = 5;

/** The calendar of the register that is loaded on the day. */
export function demoCalendar(today: string): DemoCalendar {
  const known = new Map<number, string>();
  const ago = (days: number): string => {
    const day = known.get(days) ?? workingDay(addDays(today, -days));
    known.set(days, day);
    return day;
  };
  const [opening, latest] = [ago(openedAgo), ago(1)];
  const recorded = (day: string, later: number): string => {
    const planned = workingDay(addDays(day, later));
    if (planned < opening) return opening;
    return planned > latest ? latest : planned;
  };
  return {
    today,
    opening,
    latest,
    ago,
    recorded,
    entryDay: (day, weeksLater) => recorded(day, 7 * weeksLater + friday - Temporal.PlainDate.from(day).dayOfWeek),
  };
}

/** The day that lies so many days later, or earlier where the number is negative. */
export function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** The corresponding day so many months later, or the month's last where there is none. */
export function addMonths(day: string, months: number): string {
  return Temporal.PlainDate.from(day).add({ months }).toString();
}

/** The first day of the day's month. */
export function firstOfMonth(day: string): string {
  return Temporal.PlainDate.from(day).with({ day: 1 }).toString();
}

/** The day itself, or the Friday before where it falls on a weekend. */
export function workingDay(day: string): string {
  const { dayOfWeek } = Temporal.PlainDate.from(day);
  return addDays(day, -Math.max(0, dayOfWeek - friday));
}

/** The instant of a time of day (`08:30`) in Asia/Ho_Chi_Minh. */
export function instantAt(day: string, time: string): string {
  return new Date(`${day}T${time}:00+07:00`).toISOString();
}
