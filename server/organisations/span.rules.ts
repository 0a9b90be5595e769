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

/** Days that none of the runs holds, in order; the runs do not overlap. */
export function gaps(runs: Span[]): Required<Span>[] {
  const found: Required<Span>[] = [];
  let next: string | null = FIRST_DAY;
  for (const run of inOrder(runs)) {
    const { from = FIRST_DAY } = run;
    if (next !== null && next < from) found.push({ from: next, through: daysFrom(from, -1) });
    next = dayAfter(run);
  }
  if (next !== null) found.push({ from: next, through: LAST_DAY });
  return found;
}

/** The runs, the earliest first. */
export function inOrder<T extends Span>(runs: T[]): T[] {
  return runs.toSorted((a, b) => ((a.from ?? FIRST_DAY) < (b.from ?? FIRST_DAY) ? -1 : 1));
}

/** The run without the ends that stand for "open". */
export function openEnded({ from, through }: Required<Span>): Span {
  return { ...(from !== FIRST_DAY && { from }), ...(through !== LAST_DAY && { through }) };
}

/** The first run that ends before it begins, or begins before another one ends; null where all is well. */
export function faultyRun(runs: Span[]): { index: number; code: 'ENDS_BEFORE_START' | 'DAYS_OVERLAP' } | null {
  for (const [index, run] of runs.entries()) {
    if (common(run, run) === null) return { index, code: 'ENDS_BEFORE_START' };
    if (runs.slice(0, index).some((other) => overlap(run, other))) return { index, code: 'DAYS_OVERLAP' };
  }
  return null;
}
