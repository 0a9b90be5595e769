import type { Measures, Share } from '../../schemas/types.d.ts';

const PARTS = [
  'total',
  'green',
  'unknown',
  'inScope',
  'greenInScope',
  'unknownInScope',
  'contracts',
  'greenContracts',
] as const;

/** What the measures are made of: sums of minor units before VAT, and counts of purchases. */
export type Tally = Record<(typeof PARTS)[number], bigint>;

/** A tally of nothing. */
export function emptyTally(): Tally {
  return {
    total: 0n,
    green: 0n,
    unknown: 0n,
    inScope: 0n,
    greenInScope: 0n,
    unknownInScope: 0n,
    contracts: 0n,
    greenContracts: 0n,
  };
}

/** Adds one tally into another. */
export function addTally(into: Tally, tally: Tally): void {
  for (const part of PARTS) into[part] += tally[part];
}

/**
 * M1 green share of the total, M2 green share in scope, M3 coverage, M4 green share by contracts, and the bounds that
 * count unknown lines as not green and as green. The denominators are those of `base`: its own, or those of the whole
 * where the tally is a part of the numerators only. The target counts by value (Decision 1658/2021).
 */
export function measuresOf(tally: Tally, base: Tally = tally): Measures {
  const M1 = shareOf(tally.green, base.total);
  const M2 = shareOf(tally.greenInScope, base.inScope);
  return {
    M1,
    M2,
    M3: shareOf(tally.inScope, base.total),
    M4: shareOf(tally.greenContracts, base.contracts),
    bounds: {
      M1: { low: M1, high: shareOf(tally.green + tally.unknown, base.total) },
      M2: { low: M2, high: shareOf(tally.greenInScope + tally.unknownInScope, base.inScope) },
    },
  };
}

/** Neither part is negative; the value is rounded half-up to 4 decimals, and null ("no data") over zero. */
function shareOf(numerator: bigint, denominator: bigint): Share {
  return {
    numerator: numerator.toString(),
    denominator: denominator.toString(),
    value: denominator === 0n ? null : roundedRatio(numerator, denominator),
  };
}

function roundedRatio(numerator: bigint, denominator: bigint): string {
  const tenThousandths = (numerator * 20_000n + denominator) / (denominator * 2n);
  return `${tenThousandths / 10_000n}.${(tenThousandths % 10_000n).toString().padStart(4, '0')}`;
}
