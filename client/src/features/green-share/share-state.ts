import type { ShareQuery, Target } from '../../../../schemas/types.d.ts';

/** What the URL asks of the share. */
export interface ShareState {
  from: string;
  to: string;
  agency: string | undefined;
  /** The tiers that the tables below the headline count. */
  tiers: string;
  knownAt: string | undefined;
}

/** The choices of tiers. */
export const tierChoices = ['A', 'A,B', 'A,B,C'] as const;

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
  };
}

/** The call for one part of the page. */
export function toQuery(state: ShareState, part: Pick<ShareQuery, 'groupBy'> & { tiers?: string }): ShareQuery {
  return { ...state, ...part, tiers: part.tiers ?? state.tiers };
}

/** The goal that comes due next after a day. */
export function nextTarget(targets: Target[], day: string): Target | undefined {
  const coming = targets.filter(({ by, validFrom }) => by >= day && validFrom <= day);
  return coming.sort((a, b) => (a.by < b.by ? -1 : 1))[0];
}
