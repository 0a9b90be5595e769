import type { Measures, ShareQuery, Tier } from '../../schemas/types.d.ts';
import type { ScannedCell } from './cell-columns.rules.ts';
import { addPurchase, DIMENSIONS, type Cell, type CountedPurchase, type Dimension } from './cell.rules.ts';
import { addInto, measureGroups, withoutSingleAgency } from './groups.rules.ts';
import { periodKey } from './period.rules.ts';
import { WITHHELD } from './place.rules.ts';
import { addTally, emptyTally, exemptOf, linesOf, measuresOf, tierPart, totalOf, type Tally } from './tally.rules.ts';

type GroupBy = NonNullable<ShareQuery['groupBy']>;

/** What is asked: the tiers that count as green and what to group by. */
export interface ShareQuestion {
  tiers: readonly Tier[];
  groupBy?: GroupBy | undefined;
  /** The group of an agency on a day: for `agency`, `level` and `province`. */
  keyOfAgency?: (agency: string, day: string) => string;
  /** Agencies whose own figures are kept from the reader; their group is `withheld`. */
  isHidden?: (agency: string) => boolean;
}

/** Purchases and cells go in one after the other; what is kept grows with the groups, not with the purchases. */
export interface ShareFold {
  /** Adds a purchase as it was known at an instant. */
  add(purchase: CountedPurchase, knownAt: string): void;
  /**
   * Adds a cell whose purchases all have basis dates that group as `day` does, and are of hidden agencies or of shown ones,
   * not of both.
   */
  addCell(cell: ScannedCell, day: string): void;
  /** Lines in the denominator of a group; of the whole without a key. */
  linesIn(key?: string): number;
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
  exempt: { amount: string; lines: number };
  /** What is in another currency than đồng, and not counted. */
  foreign: { currency: string; amount: string; lines: number }[];
  agenciesWithLines: Set<string>;
  editions: string[];
  ruleVersions: string[];
}

const TIER_KEYS = ['A', 'B', 'C', 'none'] as const;

/** The dimension of a grouping; none where the day, the agency or the tier decides. */
export function dimensionOf(groupBy: GroupBy | undefined): Dimension | undefined {
  return DIMENSIONS.find((dimension) => dimension === groupBy);
}

/** Whether the groups are parts of the numerators only, over the denominators of the whole. */
export function isOverTheWhole(groupBy: GroupBy | undefined): boolean {
  return groupBy === 'tier' || groupBy === 'scheme';
}

/**
 * Folds purchases, or cells over purchases, into the green share: M1 to M4 with bounds, by value before VAT, of the whole
 * and of each group. It is the same figure however the purchases are cut into cells.
 */
export function createShareFold(question: ShareQuestion): ShareFold {
  const { groupBy } = question;
  const dimension = dimensionOf(groupBy);
  const keyOf = agencyGroup(question);
  const sums: Sums = {
    whole: emptyTally(),
    groups: new Map(),
    currencies: new Map(),
    agencies: new Set(),
    edition: new Set(),
    ruleVersion: new Set(),
  };
  const addCell = (cell: ScannedCell, day: string) => {
    let isWithheld = false;
    for (const [agency, tally] of cell.agency ?? []) {
      addTally(sums.whole, tally);
      sums.agencies.add(agency);
      const key = keyOf(agency, day);
      isWithheld = key === WITHHELD;
      if (key !== null) addInto(sums.groups, key, tally);
    }
    if (dimension && !isWithheld) for (const [key, tally] of cell[dimension] ?? []) addInto(sums.groups, key, tally);
    for (const [key, tally] of cell.currency ?? []) addInto(sums.currencies, key, tally);
    for (const part of ['edition', 'ruleVersion'] as const)
      for (const [key] of cell[part] ?? []) if (key !== 'none') sums[part].add(key);
  };
  return {
    add(purchase, knownAt) {
      const cell: Cell = {};
      addPurchase(cell, purchase, { knownAt, dimensions: dimension ? [dimension] : [] });
      addCell(cell, purchase.basisDate);
    },
    addCell,
    linesIn: (key) =>
      Number(
        linesOf(key === undefined || isOverTheWhole(groupBy) ? sums.whole : (sums.groups.get(key) ?? emptyTally())),
      ),
    result: () => ({ ...resultOf(sums, question), agenciesWithLines: sums.agencies }),
  };
}

/** What a fold keeps. */
interface Sums {
  whole: Tally;
  groups: Map<string, Tally>;
  currencies: Map<string, Tally>;
  agencies: Set<string>;
  edition: Set<string>;
  ruleVersion: Set<string>;
}

function resultOf(
  { whole, groups, currencies, agencies, edition, ruleVersion }: Sums,
  question: ShareQuestion,
): Omit<ShareFoldResult, 'agenciesWithLines'> {
  const { tiers, groupBy, isHidden = () => false } = question;
  const shown = withoutSingleAgency(groups, [...agencies].filter(isHidden).length);
  return {
    measures: measuresOf(whole, tiers),
    ...measureGroups(
      groupBy === 'tier' ? tierGroups(whole) : shown,
      tiers,
      isOverTheWhole(groupBy) ? whole : undefined,
    ),
    lines: Number(linesOf(whole)),
    exempt: exemptOf(whole),
    foreign: foreignOf(currencies),
    editions: [...edition].sort(),
    ruleVersions: [...ruleVersion].sort(),
  };
}

/**
 * The group that all lines of an agency on a day fall into; null where each line has its own, or none. Lines of a hidden
 * agency are in no group but `withheld`, whatever is grouped by: else a month, a group or a supplier in which it bought
 * alone would show its figure, and so would a group less those of the agencies that may be asked for one by one. By tier
 * they stay, because the national sum under other tiers says the same.
 */
function agencyGroup({
  groupBy,
  keyOfAgency = (agency) => agency,
  isHidden = () => false,
}: ShareQuestion): (agency: string, day: string) => string | null {
  if (groupBy === undefined || groupBy === 'tier') return () => null;
  const keyOf = keyOfPlace(groupBy, keyOfAgency);
  return (agency, day) => (isHidden(agency) ? WITHHELD : keyOf(agency, day));
}

function keyOfPlace(
  groupBy: GroupBy,
  keyOfAgency: (agency: string, day: string) => string,
): (agency: string, day: string) => string | null {
  switch (groupBy) {
    case 'month':
    case 'quarter':
    case 'year':
      return (_, day) => periodKey(day, groupBy);
    case 'agency':
    case 'level':
    case 'province':
      return keyOfAgency;
    default:
      return () => null;
  }
}

function tierGroups(whole: Tally): Map<string, Tally> {
  return new Map(
    TIER_KEYS.flatMap((key) => {
      const part = tierPart(whole, key);
      return part === null ? [] : [[key, part] as const];
    }),
  );
}

function foreignOf(cells: Map<string, Tally>): ShareFoldResult['foreign'] {
  return [...cells]
    .sort(byKey)
    .map(([currency, tally]) => ({ currency, amount: String(totalOf(tally)), lines: Number(linesOf(tally)) }));
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : Number(a > b);
}
