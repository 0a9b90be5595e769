import type { LineDecision, Purchase, PurchaseLine } from '../../../../schemas/types.d.ts';

type Status = LineDecision['status'];

/** What a purchase comes to, by the decision on its lines; digits in whole đồng. */
export interface Totals {
  total: string;
  byStatus: Record<Status, { amount: string; lines: number }>;
}

/** The lines that stand: neither taken back nor themselves a reversal. */
export function standingLines({ lines }: Pick<Purchase, 'lines'>): PurchaseLine[] {
  const takenBack = new Set(lines.map(({ reverses }) => reverses));
  return lines.filter(({ lineNo, reverses }) => reverses === undefined && !takenBack.has(lineNo));
}

/** Exact sums over the lines that stand. */
export function totalsOf(purchase: Pick<Purchase, 'lines'>): Totals {
  const standing = standingLines(purchase);
  const of = (status: Status) => {
    const lines = standing.filter(({ green }) => green.status === status);
    return { amount: sum(lines), lines: lines.length };
  };
  return {
    total: sum(standing),
    byStatus: { green: of('green'), notGreen: of('notGreen'), unknown: of('unknown') },
  };
}

function sum(lines: PurchaseLine[]): string {
  return String(lines.reduce((total, { amountNet }) => total + BigInt(amountNet), 0n));
}
