import { Problem, type RuleCode } from '../core/problem.ts';
import type { Clock } from '../core/clock.ts';
import type { Filter, Records } from '../core/records.ts';
import type { Actor } from '../core/route.ts';
import type { StoredComplaint, View } from './case.rules.ts';
import type { Transition } from './lifecycle.rules.ts';
import { closenessOf, isParty, relationsOf, type Around, type Closeness } from './relation.rules.ts';

/** What the register knows around reports. */
export interface StandingParts {
  records: Records<StoredComplaint>;
  clock: Clock;
  /** The organisation, and where it is an agency those above it today. */
  lineage(code: string): Promise<string[]>;
  /** Agencies at and below it today. */
  subtree(agency: string): Promise<string[]>;
  /** Schemes that the body may certify for. */
  schemesOf(org: string): Promise<string[]>;
  /** Every organisation that the person acts for. */
  organisationsOf(person: string): Promise<string[]>;
}

/** What the register knows around a caller and a report. */
export async function aroundOf(parts: StandingParts, actor: Actor, complaint: StoredComplaint): Promise<Around> {
  const { party, scheme } = complaint;
  const none: string[] = [];
  const [lineage, schemes, organisations] = await Promise.all([
    party === undefined ? none : parts.lineage(party),
    actor.role === 'certifier' && actor.org !== undefined ? parts.schemesOf(actor.org) : none,
    parts.organisationsOf(actor.id),
  ]);
  return { lineage, certifies: scheme !== undefined && schemes.includes(scheme), organisations };
}

/** How much the caller sees of it. The party sees nothing before the operator forwards it: what is rubbish never reaches it. */
export async function viewOf(parts: StandingParts, actor: Actor | null, complaint: StoredComplaint): Promise<View> {
  if (actor === null) return 'public';
  if (actor.role === 'operator' || actor.role === 'auditor') return 'all';
  if (complaint.reportedBy === actor.id) return 'reporter';
  const isForwarded = complaint.events.some(({ type }) => type === 'forwarded');
  return isForwarded && isParty(actor, complaint, await aroundOf(parts, actor, complaint)) ? 'party' : 'public';
}

/** The filter of the reports that a caller finds in its list. */
export async function listedFor(parts: StandingParts, { id, role, org = '' }: Actor): Promise<Filter> {
  if (role === 'operator' || role === 'auditor') return {};
  const parties = role === 'officer' ? await parts.subtree(org) : [org];
  const kinds = role === 'officer' ? ['purchase'] : ['certificate', 'product'];
  const concerned =
    role === 'certifier'
      ? { 'subject.kind': 'certificate', scheme: { $in: await parts.schemesOf(org) } }
      : { 'subject.kind': { $in: kinds }, party: { $in: parties } };
  return { $or: [{ ...concerned, 'events.type': 'forwarded' }, { reportedBy: id }] };
}

const closenessCodes: Record<Closeness, RuleCode> = {
  reported: 'REPORTED_IT',
  replied: 'REPLIED_TO_IT',
  ofParty: 'BELONGS_TO_PARTY',
  ofReporter: 'BELONGS_TO_REPORTER',
};

/** Why the caller may not do what the row says, or null. */
export function refusalOf(
  { by }: Transition,
  actor: Actor,
  { complaint, around }: { complaint: StoredComplaint; around: Around },
): Problem | null {
  if (relationsOf(actor, complaint, around).has(by)) return null;
  const closeness = by === 'handler' && actor.role === 'operator' ? closenessOf(actor, complaint, around) : null;
  return closeness === null
    ? new Problem('FORBIDDEN')
    : new Problem('FOUR_EYES', {}, [{ pointer: '/type', code: closenessCodes[closeness] }]);
}
