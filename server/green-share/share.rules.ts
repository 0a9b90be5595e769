import type { LineDecision, Measures, Purchase, PurchaseLine, ShareQuery, Tier } from '../../schemas/types.d.ts';
import { liveLines } from '../purchases/correction.rules.ts';
import { decisionKnownAt } from '../purchases/history.rules.ts';
import { addTally, emptyTally, measuresOf, type Tally } from './measures.rules.ts';

type GroupBy = NonNullable<ShareQuery['groupBy']>;
type CountedPurchase = Pick<Purchase, 'agency' | 'basisDate' | 'lines'>;

/** What is asked: the tiers that count as green, what to group by, and the state of knowledge. */
export interface ShareFoldOptions {
  tiers: readonly Tier[];
  groupBy?: GroupBy;
  /** The group that an agency's purchases belong to; without it each agency is its own. */
  keyOfAgency?: (agency: string) => string;
  knownAt: string;
}

/** Purchases go in one after the other; what is kept grows with the groups, not with the purchases. */
export interface ShareFold {
  add(purchase: CountedPurchase): void;
  result(): ShareFoldResult;
}

/** The measures of everything added and of each group; groups, editions and versions are sorted. */
export interface ShareFoldResult {
  measures: Measures;
  groups: { key: string; measures: Measures }[];
  /** The groups beyond the 200 with the largest denominators, as one. */
  others?: { measures: Measures };
  /** Lines counted. */
  lines: number;
  agenciesWithLines: Set<string>;
  editions: string[];
  ruleVersions: string[];
}

/** A line that counts, and the decision on it. */
interface Counted {
  line: PurchaseLine;
  decision: LineDecision;
  amount: bigint;
  isGreen: boolean;
}

const MOST_GROUPS = 200;

type KeyOf = (counted: Counted, purchase: CountedPurchase) => string;

const KEYS: Record<Exclude<GroupBy, 'agency'>, KeyOf> = {
  month: (_, { basisDate }) => basisDate.slice(0, 7),
  quarter: (_, { basisDate }) => `${basisDate.slice(0, 4)}-Q${Math.ceil(Number(basisDate.slice(5, 7)) / 3)}`,
  year: (_, { basisDate }) => basisDate.slice(0, 4),
  group: ({ line }) => line.group ?? 'none',
  tier: ({ decision }) => decision.tier ?? 'none',
};

/**
 * Folds purchases into the green share (measures M1 to M4 with bounds, by value before VAT), as known at an instant: the
 * lines that stood then, each under the decision known then. A line that was taken back and its reversal are both left
 * out, which is what adding the two would give.
 */
export function createShareFold(options: ShareFoldOptions): ShareFold {
  const keyOf = keyFor(options);
  const whole = emptyTally();
  const groups = new Map<string, Tally>();
  const agenciesWithLines = new Set<string>();
  const editions = new Set<string>();
  const ruleVersions = new Set<string>();
  let lines = 0;

  return {
    add(purchase) {
      const counted = countedLines(purchase, options);
      if (counted.length === 0) return;
      agenciesWithLines.add(purchase.agency);
      for (const { decision } of counted) {
        lines += 1;
        ruleVersions.add(decision.ruleVersion);
        if (decision.edition !== undefined) editions.add(decision.edition);
      }
      addTally(whole, tallyOf(counted, isContract(counted)));
      if (keyOf === null) return;
      for (const [key, part] of partsOf(counted, (line) => keyOf(line, purchase))) {
        if (!groups.has(key)) groups.set(key, emptyTally());
        // Tiers share the denominators of the whole, its contracts too.
        addTally(groups.get(key)!, tallyOf(part, isContract(options.groupBy === 'tier' ? counted : part)));
      }
    },
    result() {
      const grouped = measureGroups(groups, options.groupBy === 'tier' ? whole : undefined);
      const named = { agenciesWithLines, editions: [...editions].sort(), ruleVersions: [...ruleVersions].sort() };
      return { measures: measuresOf(whole), ...grouped, lines, ...named };
    },
  };
}

function keyFor({ groupBy, keyOfAgency = (agency) => agency }: ShareFoldOptions): KeyOf | null {
  if (groupBy === undefined) return null;
  return groupBy === 'agency' ? (_, { agency }) => keyOfAgency(agency) : KEYS[groupBy];
}

function countedLines(purchase: CountedPurchase, { tiers, knownAt }: ShareFoldOptions): Counted[] {
  return liveLines(purchase.lines, knownAt).map((line) => {
    const decision = decisionKnownAt(line, knownAt);
    const isGreen = decision.status === 'green' && decision.tier !== null && tiers.includes(decision.tier);
    return { line, decision, amount: BigInt(line.amountNet), isGreen };
  });
}

function partsOf(counted: Counted[], keyOf: (line: Counted) => string): Map<string, Counted[]> {
  const parts = new Map<string, Counted[]>();
  for (const line of counted) {
    const key = keyOf(line);
    const part = parts.get(key);
    if (part === undefined) parts.set(key, [line]);
    else part.push(line);
  }
  return parts;
}

/** A purchase with no line left above zero does not count as a contract. */
function isContract(counted: Counted[]): boolean {
  return counted.some(({ amount }) => amount > 0n);
}

/** The sums over lines of one purchase, and whether it counts as a contract and as a green one. */
function tallyOf(counted: Counted[], countsAsContract: boolean): Tally {
  const tally = emptyTally();
  for (const { amount, isGreen, decision } of counted) {
    const isUnknown = decision.status === 'unknown';
    tally.total += amount;
    if (isGreen) tally.green += amount;
    if (isUnknown) tally.unknown += amount;
    if (!decision.inScope) continue;
    tally.inScope += amount;
    if (isGreen) tally.greenInScope += amount;
    if (isUnknown) tally.unknownInScope += amount;
  }
  if (countsAsContract) {
    tally.contracts = 1n;
    tally.greenContracts = counted.some(({ isGreen }) => isGreen) ? 1n : 0n;
  }
  return tally;
}

/** The groups with the largest denominators by key, and the rest as one. */
function measureGroups(groups: Map<string, Tally>, base?: Tally): Pick<ShareFoldResult, 'groups' | 'others'> {
  const byTotal = [...groups].sort(([, a], [, b]) => Number(b.total > a.total) - Number(b.total < a.total));
  const rest = emptyTally();
  for (const [, tally] of byTotal.slice(MOST_GROUPS)) addTally(rest, tally);
  const kept = byTotal.slice(0, MOST_GROUPS).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    groups: kept.map(([key, tally]) => ({ key, measures: measuresOf(tally, base) })),
    ...(byTotal.length > MOST_GROUPS && { others: { measures: measuresOf(rest) } }),
  };
}
