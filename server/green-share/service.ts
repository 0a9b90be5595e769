import type { LocalisedText, Purchase, ShareQuery, ShareReport, Tier } from '../../schemas/types.d.ts';
import { knowledgeInstant, type Clock } from '../core/clock.ts';
import { badQuery } from '../core/problem.ts';
import type { Filter, Records } from '../core/records.ts';
import type { AgencyTree } from '../organisations/tree.rules.ts';
import { periodName } from './period.rules.ts';
import { createShareFold, type ShareFoldResult } from './share.rules.ts';

/** The green share, folded from the lines. */
export interface ShareService {
  /** @throws Problem 400 for days in the wrong order, an unknown agency, or knowledge that is not settled yet */
  report(query: ShareQuery): Promise<ShareReport>;
}

interface ShareParts {
  purchases: Pick<Records<Purchase>, 'stream'>;
  clock: Clock;
  agencies(knownAt: string): Promise<AgencyTree>;
  agencyNames(codes: string[]): Promise<Map<string, LocalisedText>>;
  groupNames(): Promise<Map<string, LocalisedText>>;
  /** Lets background work on late knowledge finish, for at most some milliseconds; since when it still waits. */
  waitForRedecision(ms: number): Promise<string | null>;
  isDemo: boolean;
}

const patienceMs = 2000;

/** The share over the purchases' records. */
export function createShareService(parts: ShareParts): ShareService {
  const { purchases, clock, isDemo } = parts;
  return {
    async report(query) {
      const { from, to, agency, groupBy } = query;
      if (to < from) throw badQuery('to', 'ENDS_BEFORE_BEGIN');
      const asked = knowledgeInstant(clock, query.knownAt);
      const { cutOff, isPending } = await settledUpTo(parts, asked);
      const tree = await parts.agencies(cutOff);
      if (agency !== undefined && !tree.has(agency)) throw badQuery('agency', 'UNKNOWN_CODE', { code: agency });
      const filter: Filter = {
        basisDate: { $gte: from, $lte: to },
        ...(agency && { agency: { $in: tree.subtree(agency) } }),
      };
      const tiers = query.tiers.split(',') as Tier[];
      const fold = createShareFold({ tiers, groupBy, keyOfAgency: tree.branch(agency ?? null), knownAt: cutOff });
      for await (const purchase of purchases.stream(filter)) fold.add(purchase);
      const { agenciesWithLines, groups, ...result } = fold.result();
      return {
        ...result,
        query,
        groups: await nameGroups(parts, groups, query),
        reporting: { expected: agency ? tree.subtree(agency).length : tree.size, withLines: agenciesWithLines.size },
        cutOff,
        ...(isPending && { pending: true as const }),
        ...(isDemo && { demo: true as const }),
      };
    },
  };
}

/** A figure never passes an event whose consequences are not worked in: it waits a little, else it ends before it. */
async function settledUpTo(
  { waitForRedecision }: ShareParts,
  asked: string,
): Promise<{ cutOff: string; isPending: boolean }> {
  const waiting = await waitForRedecision(patienceMs);
  if (waiting === null || waiting > asked) return { cutOff: asked, isPending: false };
  return { cutOff: new Date(Date.parse(waiting) - 1).toISOString(), isPending: true };
}

async function nameGroups(
  parts: ShareParts,
  groups: ShareFoldResult['groups'],
  { groupBy, agency }: ShareQuery,
): Promise<ShareReport['groups']> {
  const keys = groups.map(({ key }) => key);
  const names = await namesOf(parts, groupBy, agency ? [...keys, agency] : keys);
  return groups.map(({ key, measures }) => ({
    key,
    name: names.get(key === 'self' ? (agency ?? key) : key) ?? periodName(key) ?? namesOfNothing[key] ?? { vi: key },
    measures,
  }));
}

async function namesOf(
  parts: ShareParts,
  groupBy: ShareQuery['groupBy'],
  keys: string[],
): Promise<Map<string, LocalisedText>> {
  if (groupBy === 'agency') return parts.agencyNames(keys);
  if (groupBy === 'group') return parts.groupNames();
  return new Map();
}

const namesOfNothing: Record<string, LocalisedText> = {
  none: { vi: 'Không có', en: 'None' },
  unknown: { vi: 'Không rõ', en: 'Unknown' },
  A: { vi: 'Hạng A', en: 'Tier A' },
  B: { vi: 'Hạng B', en: 'Tier B' },
  C: { vi: 'Hạng C', en: 'Tier C' },
};
