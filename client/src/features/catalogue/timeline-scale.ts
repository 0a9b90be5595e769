import type { Validity } from '../../../../schemas/types.d.ts';

/** Days with one answer; `through: null` has no end. */
export interface Run {
  from: string;
  through: string | null;
  reason: Validity['reason'];
}

/** A span of days drawn from left (0) to right (100). */
export interface Scale {
  /** Where a day stands, in percent. */
  at: (day: string) => number;
  /** The first days of the years that get a mark. */
  years: string[];
}

const dayMs = 86_400_000;
const mostYears = 6;

/** The next day: a run is drawn to the end of its last day. */
export function dayAfter(day: string): string {
  return new Date(Date.parse(day) + dayMs).toISOString().slice(0, 10);
}

/** A scale that holds every run and every marked day, with a margin at both ends. */
export function timelineScale(runs: Run[], days: string[]): Scale {
  const ends = runs.flatMap(({ from, through }) => (through === null ? [from] : [from, through]));
  const times = [...ends, ...days].map((day) => Date.parse(day));
  const margin = Math.max((Math.max(...times) - Math.min(...times)) * 0.06, 30 * dayMs);
  const start = Math.min(...times) - margin;
  const span = Math.max(...times) + margin - start;
  return {
    at: (day) => Math.min(100, Math.max(0, ((Date.parse(day) - start) / span) * 100)),
    years: yearsBetween(start, start + span),
  };
}

function yearsBetween(start: number, end: number): string[] {
  const first = new Date(start).getUTCFullYear() + 1;
  const last = new Date(end).getUTCFullYear();
  const step = Math.max(1, Math.ceil((last - first + 1) / mostYears));
  const years: string[] = [];
  for (let year = first; year <= last; year += step) years.push(`${year}-01-01`);
  return years;
}
