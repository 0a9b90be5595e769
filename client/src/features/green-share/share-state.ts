import type { ShareQuery, Target } from '../../../../schemas/types.d.ts';

/** What a share can be told apart by. */
export type GroupBy = NonNullable<ShareQuery['groupBy']>;

/** The map by which provinces are told apart. */
export type ProvinceMap = NonNullable<ShareQuery['provinces']>;

/** What the URL asks of the share. */
export interface ShareState {
  from: string;
  to: string;
  agency: string | undefined;
  /** The tiers that the tables below the headline count. */
  tiers: string;
  knownAt: string | undefined;
  /** What the second table tells apart. */
  groupBy: GroupBy;
  provinces: ProvinceMap;
  /** Another edition under which the period is decided again. */
  edition: string | undefined;
}

/** The choices of tiers. */
export const tierChoices = ['A', 'A,B', 'A,B,C'] as const;

/** The choices of what to tell apart, beside the agencies; suppliers only for some. */
export const groupings = [
  'group',
  'scheme',
  'tier',
  'level',
  'province',
  'method',
  'nature',
  'funding',
  'month',
  'quarter',
  'year',
  'supplier',
] as const;

/** The choices of the map of provinces. */
export const provinceMaps = ['asDated', '34', '63'] as const;

/** Periods that are asked for often, up to today. */
export function periods(today: string): Record<'twoYears' | 'thisYear' | 'lastYear', { from: string; to: string }> {
  const year = Number(today.slice(0, 4));
  return {
    twoYears: { from: `${year - 1}-01-01`, to: today },
    thisYear: { from: `${year}-01-01`, to: today },
    lastYear: { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` },
  };
}

/** Reads the URL; last year and this one where it does not say. */
export function readShare(params: URLSearchParams, today: string): ShareState {
  const { from, to } = periods(today).twoYears;
  return {
    from: params.get('from') ?? from,
    to: params.get('to') ?? to,
    agency: params.get('agency') ?? undefined,
    tiers: params.get('tiers') ?? 'A',
    knownAt: params.get('knownAt') ?? undefined,
    groupBy: groupings.find((one) => one === params.get('groupBy')) ?? 'group',
    provinces: provinceMaps.find((map) => map === params.get('provinces')) ?? 'asDated',
    edition: params.get('edition') ?? undefined,
  };
}

/** The grouping that a word of the URL names. */
export function groupingOf(word: string | null): GroupBy | undefined {
  return [...groupings, 'agency' as const].find((one) => one === word);
}

/** The call for one part of the page; the map of provinces only where provinces are told apart. */
export function toQuery(
  state: ShareState,
  { groupBy, tiers = state.tiers }: { groupBy?: GroupBy | undefined; tiers?: string },
): ShareQuery {
  const { from, to, agency, knownAt, edition, provinces } = state;
  return {
    from,
    to,
    agency,
    tiers,
    groupBy,
    knownAt,
    edition,
    provinces: groupBy === 'province' ? provinces : undefined,
  };
}

/** The goal to draw: a national one, on the national figure only, and of those the one that comes due next. */
export function targetOf({ agency, to }: Pick<ShareState, 'agency' | 'to'>, targets: Target[]): Target | undefined {
  if (agency !== undefined) return undefined;
  const coming = targets.filter(({ by, validFrom }) => by >= to && validFrom <= to);
  return coming.sort((a, b) => (a.by < b.by ? -1 : 1))[0];
}
