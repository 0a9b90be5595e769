import type { LocalisedText, PriorityList, Purchase, ShareQuery, Tier } from '../../schemas/types.d.ts';
import { knowledgeInstant, type Clock } from '../core/clock.ts';
import { badQuery, Problem } from '../core/problem.ts';
import type { Records } from '../core/records.ts';
import type { Actor } from '../core/route.ts';
import type { Evidence } from '../purchases/claim.rules.ts';
import type { Facts } from '../purchases/decision.rules.ts';
import type { ShareCells } from './cells.service.ts';
import type { Days } from './period.rules.ts';
import { agencyKey, type Places } from './place.rules.ts';
import type { ShareQuestion } from './share.rules.ts';

/** What the share is made from. */
export interface ShareParts {
  purchases: Pick<Records<Purchase>, 'stream' | 'find'>;
  cells: ShareCells;
  clock: Clock;
  /** Where agencies stood as it was known, as far as the caller may see it. */
  places(actor: Actor | null, knownAt: string): Promise<Places>;
  /** An edition, a draft too; null where there is none of that code. */
  edition(code: string): Promise<PriorityList | null>;
  /** Everything that decides lines of such evidence. */
  facts(evidence: Evidence): Promise<Facts>;
  /**
   * Names of the codes of a grouping's records on the last day of the period, as known at an instant; of periods and of the
   * words that a grouping has of its own none.
   */
  names(
    query: Pick<ShareQuery, 'groupBy' | 'provinces' | 'to'>,
    keys: string[],
    knownAt: string,
  ): Promise<Map<string, LocalisedText>>;
  /** Lets background work on late knowledge finish, for at most some milliseconds; since when it still waits. */
  waitForRedecision(ms: number): Promise<string | null>;
  isDemo: boolean;
}

/** A question that may be answered, with the state of knowledge that the answer rests on. */
export interface Asked {
  query: ShareQuery;
  days: Days;
  question: ShareQuestion;
  places: Places;
  /** The days of the period on which some agency stands elsewhere than the day before. */
  changes: string[];
  cutOff: string;
  isPending: boolean;
  /** The edition under which the lines are decided again; null where their own decisions stand. */
  edition: PriorityList | null;
}

const patienceMs = 2000;

/**
 * Settles what is asked for. Grouping by supplier and drafts are for operator and auditor only.
 * @throws Problem 400 for what cannot be asked, 401 and 403 for what the caller may not ask
 */
export async function settleQuestion(parts: ShareParts, actor: Actor | null, query: ShareQuery): Promise<Asked> {
  const { from, to, agency, groupBy } = query;
  if (to < from) throw badQuery('to', 'ENDS_BEFORE_BEGIN');
  if (groupBy === 'supplier') refuseOthers(actor);
  const edition = await readEdition(parts, actor, query);
  const { cutOff, isPending } = await settledUpTo(parts, knowledgeInstant(parts.clock, query.knownAt));
  const places = await parts.places(actor, cutOff);
  if (agency !== undefined && (!places.tree.has(agency) || places.isHidden(agency)))
    throw badQuery('agency', 'UNKNOWN_CODE', { code: agency });
  const tiers = query.tiers.split(',') as Tier[];
  const question = { tiers, groupBy, keyOfAgency: agencyKey(places, query), isHidden: places.isHidden };
  const changes = places.changesWithin(from, to);
  return { query, days: { from, to }, question, places, changes, cutOff, isPending, edition };
}

function refuseOthers(actor: Actor | null): void {
  if (actor === null) throw new Problem('UNAUTHENTICATED');
  if (actor.role !== 'operator' && actor.role !== 'auditor') throw new Problem('FORBIDDEN');
}

async function readEdition(
  parts: ShareParts,
  actor: Actor | null,
  { edition: code, knownAt }: ShareQuery,
): Promise<PriorityList | null> {
  if (code === undefined) return null;
  const edition = await parts.edition(code);
  const isKnown =
    edition !== null && (knownAt === undefined || edition.recordedAt <= knowledgeInstant(parts.clock, knownAt));
  if (!isKnown) throw badQuery('edition', 'UNKNOWN_CODE', { code });
  if (edition.status === 'draft') refuseOthers(actor);
  return edition;
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
