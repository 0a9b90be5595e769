import type { Measures, Share, Tier } from '../../schemas/types.d.ts';
import { plus, type Exact } from './exact.rules.ts';

/** What a line is to the share: green of a tier, unknown, or not green. */
export type Standing = Tier | 'unknown' | 'notGreen';

/**
 * Exact sums over lines, apart for everything that a measure or a choice of tiers may ask for, at the places below. So one
 * tally answers for any tiers, and two are added place by place.
 */
export type Tally = Exact[];

const STANDINGS: readonly Standing[] = ['A', 'B', 'C', 'unknown', 'notGreen'];
const TIERS: readonly Tier[] = ['A', 'B', 'C'];
/** Amounts out of scope by standing, amounts in scope, numbers of lines, contracts by the set of tiers among their green lines. */
const AMOUNTS = 0;
const IN_SCOPE = AMOUNTS + STANDINGS.length;
const LINES = IN_SCOPE + STANDINGS.length;
const CONTRACTS = LINES + STANDINGS.length;
const TIER_SETS = 2 ** TIERS.length;
const EXEMPT = CONTRACTS + TIER_SETS;
const EXEMPT_LINES = EXEMPT + 1;
const NOTHING: readonly Exact[] = Array.from({ length: EXEMPT_LINES + 1 }, () => 0);

/** Places of a tally. */
export const SIZE = NOTHING.length;

/** One line as a tally takes it; the amount is in minor units before VAT. */
export interface CountedAmount {
  amount: Exact;
  standing: Standing;
  inScope: boolean;
  isExempt: boolean;
}

/** A tally of nothing. */
export function emptyTally(): Tally {
  return [...NOTHING];
}

/** Adds one tally into another. */
export function addTally(into: Tally, tally: Tally): void {
  for (let place = 0; place < SIZE; place++) {
    const amount = tally[place]!;
    if (amount !== 0) into[place] = plus(into[place]!, amount);
  }
}

/** Takes one tally out of another. */
export function takeTally(from: Tally, tally: Tally): void {
  for (let place = 0; place < SIZE; place++) from[place] = plus(from[place]!, -tally[place]!);
}

/** Adds a line's amount; its contract is added apart. */
export function addLine(into: Tally, { amount, standing, inScope, isExempt }: CountedAmount): void {
  const at = STANDINGS.indexOf(standing);
  add(into, (inScope ? IN_SCOPE : AMOUNTS) + at, amount);
  add(into, LINES + at, 1);
  if (!isExempt) return;
  add(into, EXEMPT, amount);
  add(into, EXEMPT_LINES, 1);
}

function add(into: Tally, place: number, amount: Exact): void {
  into[place] = plus(into[place]!, amount);
}

/** Adds a contract with the standings of its lines. */
export function addContract(into: Tally, standings: Iterable<Standing>): void {
  add(into, CONTRACTS + tierSet(standings), 1);
}

/** The number of lines in the tally. */
export function linesOf(tally: Tally): bigint {
  return sum(tally, LINES, () => true);
}

/** All amounts of the tally: the denominator of M1. */
export function totalOf(tally: Tally): bigint {
  return sum(tally, AMOUNTS, () => true) + sum(tally, IN_SCOPE, () => true);
}

/** Amount and number of the exempt lines; they stay in every denominator. */
export function exemptOf(tally: Tally): { amount: string; lines: number } {
  return { amount: String(tally[EXEMPT]), lines: Number(tally[EXEMPT_LINES]) };
}

/** The part of a tally that is green of one tier, or of none; null where it has no line. */
export function tierPart(tally: Tally, key: Tier | 'none'): Tally | null {
  const part = emptyTally();
  const belongs = (standing: Standing) => (key === 'none' ? !isTier(standing) : standing === key);
  for (const [at, standing] of STANDINGS.entries()) {
    if (!belongs(standing)) continue;
    for (const place of [AMOUNTS, IN_SCOPE, LINES]) part[place + at] = tally[place + at]!;
  }
  const bit = key === 'none' ? 0 : tierSet([key]);
  for (let set = 0; set < TIER_SETS; set++) {
    if (bit === 0 || (set & bit) > 0) add(part, CONTRACTS + bit, tally[CONTRACTS + set]!);
  }
  return linesOf(part) === 0n ? null : part;
}

/**
 * M1 green share of the total, M2 green share in scope, M3 coverage, M4 green share by contracts, and the bounds that
 * count unknown lines as not green and as green. The denominators are those of `base`: its own, or those of the whole
 * where the tally is a part of the numerators only. The target counts by value (Decision 1658/2021).
 */
export function measuresOf(tally: Tally, tiers: readonly Tier[], base: Tally = tally): Measures {
  const isGreen = (standing: Standing) => isTier(standing) && tiers.includes(standing);
  const isPossible = (standing: Standing) => isGreen(standing) || standing === 'unknown';
  const [total, scope] = [totalOf(base), sum(base, IN_SCOPE, () => true)];
  const inScope = (which: (standing: Standing) => boolean) => sum(tally, IN_SCOPE, which);
  const all = (which: (standing: Standing) => boolean) => sum(tally, AMOUNTS, which) + inScope(which);
  const M1 = shareOf(all(isGreen), total);
  const M2 = shareOf(inScope(isGreen), scope);
  return {
    M1,
    M2,
    M3: shareOf(
      inScope(() => true),
      total,
    ),
    M4: shareOf(contractsOf(tally, tierSet(tiers)), contractsOf(base)),
    bounds: {
      M1: { low: M1, high: shareOf(all(isPossible), total) },
      M2: { low: M2, high: shareOf(inScope(isPossible), scope) },
    },
  };
}

/** Contracts with a green line of one of the tiers; all of them where no tiers are named. */
function contractsOf(tally: Tally, tiers?: number): bigint {
  let count = 0n;
  for (let set = 0; set < TIER_SETS; set++) {
    if (tiers === undefined || (set & tiers) > 0) count += BigInt(tally[CONTRACTS + set]!);
  }
  return count;
}

/** The tiers among the standings as a set of bits. */
function tierSet(standings: Iterable<Standing>): number {
  let set = 0;
  for (const standing of standings) if (isTier(standing)) set |= 1 << TIERS.indexOf(standing);
  return set;
}

function isTier(standing: Standing): standing is Tier {
  return standing !== 'unknown' && standing !== 'notGreen';
}

function sum(tally: Tally, place: number, which: (standing: Standing) => boolean): bigint {
  return STANDINGS.reduce((total, standing, at) => (which(standing) ? total + BigInt(tally[place + at]!) : total), 0n);
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
