import type { ShareReport } from '../../../../schemas/types.d.ts';

/** One quarter: the share by law and what the priority list adds to it. */
export interface TrendPoint {
  quarter: string;
  A: number;
  B: number;
  numeratorA: string;
  numeratorAB: string;
  denominator: string;
}

/** What agencies that do not publish bought is of no quarter. */
const withheld = 'withheld';

/** Joins the two reports of a period by quarter, oldest first; a quarter without purchases has no share and no bar. */
export function trendOf(tierA: ShareReport, tierAB: ShareReport): TrendPoint[] {
  const both = new Map(tierAB.groups.map(({ key, measures }) => [key, measures.M1]));
  return tierA.groups
    .filter(({ key }) => key !== withheld)
    .map(({ key, measures: { M1 } }) => {
      const together = both.get(key) ?? M1;
      const share = Number(M1.value ?? 0);
      return {
        quarter: key,
        A: share,
        B: Math.max(0, Number(together.value ?? 0) - share),
        numeratorA: M1.numerator,
        numeratorAB: together.numerator,
        denominator: M1.denominator,
      };
    })
    .sort((a, b) => (a.quarter < b.quarter ? -1 : 1));
}
