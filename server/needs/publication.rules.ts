import { Temporal } from 'temporal-polyfill';

/** How often an agency looked in vain for something in a month. */
export interface Asked {
  /** `2026-03` */
  month: string;
  agency: string;
  /** Where the agency stood in that month; null where nobody knows. */
  province: string | null;
  /** The attributes asked for, as `wants.rules.ts` writes them; empty where none was. */
  wants: string;
  count: number;
}

/** A sum that may be told to anybody: it holds at least five agencies, and so does what is left without it, or nobody. */
export interface Sum {
  agencies: Set<string>;
  asks: number;
}

/** What of a group's asks may be told to anybody. */
export interface Publication extends Sum {
  /** First and last month in it. */
  from: string;
  through: string;
  byProvince: Map<string, Sum>;
  byWants: Map<string, Sum>;
}

/** No sum over fewer agencies is told, nor can one be had by taking told ones from each other. */
export const fewest = 5;

/** Counts of agencies are told by the last of these that they reach, so that one agency more is not seen. */
const told = [5, 10, 20, 50, 100, 200, 500, 1000];

/**
 * What of one group's asks may be told; null where it is nothing. Months are taken together, from the first on, until
 * five agencies asked in them; only then are they told, all at once and for ever. So what a month adds, or a window of
 * months leaves out, is again a sum over five agencies. Within each such run a part is told only where it, and what is left
 * of the run without all told parts, hold five agencies or none.
 */
export function publishable(asked: Asked[]): Publication | null {
  const runs = runsOf(asked);
  const [first, last] = [runs[0], runs.at(-1)];
  if (!first || !last) return null;
  const whole = sumOf(runs.flat());
  const monthsOf = (run: Asked[]) => run.map(({ month }) => month).toSorted();
  return {
    ...whole,
    from: monthsOf(first)[0]!,
    through: monthsOf(last).at(-1)!,
    byProvince: merged(runs.map((run) => partsOf(run, ({ province }) => province))),
    byWants: merged(runs.map((run) => partsOf(run, ({ wants }) => wants || null))),
  };
}

/** The number that is told for a number of agencies. */
export function toldNumber(agencies: number): number {
  return told.findLast((step) => step <= agencies) ?? 0;
}

/** The last month that is over on the day. */
export function lastWholeMonth(today: string): string {
  return Temporal.PlainYearMonth.from(today.slice(0, 7)).subtract({ months: 1 }).toString();
}

/** The last day of a month. */
export function lastDayOf(month: string): string {
  const { daysInMonth } = Temporal.PlainYearMonth.from(month);
  return `${month}-${daysInMonth}`;
}

function runsOf(asked: Asked[]): Asked[][] {
  const months = grouped(asked, ({ month }) => month);
  const runs: Asked[][] = [];
  let open: Asked[] = [];
  for (const month of [...months.keys()].toSorted()) {
    open.push(...(months.get(month) ?? []));
    if (sumOf(open).agencies.size < fewest) continue;
    runs.push(open);
    open = [];
  }
  return runs;
}

/** The parts of a run that may be told; what has no key, or too few agencies, is left. */
function partsOf(run: Asked[], keyOf: (one: Asked) => string | null): Map<string, Sum> {
  const parts = grouped(run, keyOf);
  const large = [...parts].flatMap(([key, own]) => {
    const sum = sumOf(own);
    return key !== null && sum.agencies.size >= fewest ? [{ key, own, sum }] : [];
  });
  large.sort(
    (a, b) => b.sum.agencies.size - a.sum.agencies.size || b.sum.asks - a.sum.asks || (a.key < b.key ? -1 : 1),
  );
  const isTold = new Set<string | null>(large.map(({ key }) => key));
  const left = () => sumOf([...parts].flatMap(([key, own]) => (isTold.has(key) ? [] : own))).agencies.size;
  while (large.length > 0 && left() > 0 && left() < fewest) isTold.delete(large.pop()!.key);
  return new Map(large.map(({ key, sum }) => [key, sum]));
}

function grouped<K>(asked: Asked[], keyOf: (one: Asked) => K): Map<K, Asked[]> {
  const groups = new Map<K, Asked[]>();
  for (const one of asked) {
    const own = groups.get(keyOf(one)) ?? [];
    own.push(one);
    groups.set(keyOf(one), own);
  }
  return groups;
}

function merged(all: Map<string, Sum>[]): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const [key, { agencies, asks }] of all.flatMap((parts) => [...parts])) {
    const known = sums.get(key);
    sums.set(key, { agencies: new Set([...(known?.agencies ?? []), ...agencies]), asks: (known?.asks ?? 0) + asks });
  }
  return sums;
}

function sumOf(asked: Asked[]): Sum {
  return {
    agencies: new Set(asked.map(({ agency }) => agency)),
    asks: asked.reduce((sum, { count }) => sum + count, 0),
  };
}
