import { Temporal } from 'temporal-polyfill';

/** A run of days, both ends included; open at an end that is missing. */
export interface Span {
  from?: string;
  through?: string;
}

/** Before and after every day, as text. */
export const FIRST_DAY = '0001-01-01';
export const LAST_DAY = '9999-12-31';

/** Whether the day lies in the run. */
export function holdsOn({ from = FIRST_DAY, through = LAST_DAY }: Span, day: string): boolean {
  return from <= day && day <= through;
}

/** Whether the two runs share a day. */
export function overlap(one: Span, other: Span): boolean {
  return common(one, other) !== null;
}

/** The days that both runs hold; null for none. */
export function common(one: Span, other: Span): Required<Span> | null {
  const from = later(one.from, other.from);
  const through = earlier(one.through, other.through);
  return from <= through ? { from, through } : null;
}

/** The day after or, with a negative number, before. */
export function daysFrom(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** The first day on which the run no longer holds; null where it is open. */
export function dayAfter({ through = LAST_DAY }: Span): string | null {
  return through === LAST_DAY ? null : daysFrom(through, 1);
}

/** The run that holds on the day, of runs that do not overlap. */
export function atDay<T extends Span>(runs: T[], day: string): T | undefined {
  return runs.find((run) => holdsOn(run, day));
}

function later(one = FIRST_DAY, other = FIRST_DAY): string {
  return one > other ? one : other;
}

function earlier(one = LAST_DAY, other = LAST_DAY): string {
  return one < other ? one : other;
}
