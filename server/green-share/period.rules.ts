import { Temporal } from 'temporal-polyfill';
import type { LocalisedText } from '../../schemas/types.d.ts';

/** The name of a period by its key, `2026-03`, `2026-Q1` or `2026`; null for what is no period. */
export function periodName(key: string): LocalisedText | null {
  const [, year = '', kind, part = ''] = /^(\d{4})(?:-(Q?)(\d{1,2}))?$/.exec(key) ?? [];
  if (year === '') return null;
  if (part === '') return { vi: `Năm ${year}`, en: year };
  if (kind === 'Q') return { vi: `Quý ${part}/${year}`, en: `Q${part} ${year}` };
  return { vi: `Tháng ${Number(part)}/${year}`, en: `${part}/${year}` };
}

/** The period of a day: `2026-03`, `2026-Q1` or `2026`. */
export function periodKey(day: string, kind: 'month' | 'quarter' | 'year'): string {
  const year = day.slice(0, 4);
  if (kind === 'year') return year;
  if (kind === 'month') return day.slice(0, 7);
  return `${year}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}

/** Days from one to another, both included. */
export interface Days {
  from: string;
  to: string;
}

/** The days of a period by its key; null for what is no period. */
export function periodDays(key: string): Days | null {
  const [, year = '', kind, part = '1'] = /^(\d{4})(?:-(Q?)(\d{1,2}))?$/.exec(key) ?? [];
  if (year === '') return null;
  const months = kind === undefined ? 12 : kind === 'Q' ? 3 : 1;
  const first = Temporal.PlainDate.from({
    year: Number(year),
    month: (Number(part) - 1) * (kind === 'Q' ? 3 : 1) + 1,
    day: 1,
  });
  return { from: first.toString(), to: first.add({ months }).subtract({ days: 1 }).toString() };
}

/** The months that lie in the period as a whole, and the days before and after them. */
export function wholeMonths({ from, to }: Days): { months: string[]; broken: Days[] } {
  const months: string[] = [];
  let first = Temporal.PlainDate.from(from);
  if (first.day !== 1) first = first.with({ day: 1 }).add({ months: 1 });
  const start = first.toString();
  for (
    let next = first.add({ months: 1 });
    next.subtract({ days: 1 }).toString() <= to;
    next = next.add({ months: 1 })
  ) {
    months.push(first.toString().slice(0, 7));
    first = next;
  }
  if (months.length === 0) return { months, broken: [{ from, to }] };
  const before = { from, to: Temporal.PlainDate.from(start).subtract({ days: 1 }).toString() };
  const after = { from: first.toString(), to };
  return { months, broken: [before, after].filter((days) => days.from <= days.to) };
}
