import type { Complaint } from '../../schemas/types.d.ts';
import type { Relation } from './lifecycle.rules.ts';

/** Who calls, as the rules see it. */
interface Caller {
  id: string;
  role: string;
  org?: string | undefined;
}

/** What of a report says who is close to it. */
export type Hands = Pick<Complaint, 'subject'> &
  Partial<Pick<Complaint, 'party' | 'reportedBy' | 'reporterOrg' | 'events'>>;

/** What the register knows around the caller and the report. */
export interface Around {
  /** The party, and where it is an agency those above it. */
  lineage: readonly string[];
  /** The caller's body may certify under the label of the certificate. */
  certifies: boolean;
  /** Every organisation that the person acts for, in whatever role it calls now. */
  organisations: readonly string[];
}

/** Why somebody is too close to a report to handle it. */
export type Closeness = 'reported' | 'replied' | 'ofParty' | 'ofReporter';

/**
 * Why a caller may not handle the report, or null: whoever reported it, replied to it, or belongs to the party or to the
 * reporter's organisation does not decide it.
 */
export function closenessOf({ id, org }: Caller, hands: Hands, { lineage, organisations }: Around): Closeness | null {
  const own = org === undefined ? organisations : [...organisations, org];
  const replies = (hands.events ?? []).filter(({ type }) => type === 'replied');
  if (hands.reportedBy === id) return 'reported';
  if (replies.some(({ by }) => by === id)) return 'replied';
  const parties = new Set([...lineage, ...replies.flatMap((reply) => reply.org ?? [])]);
  if (own.some((code) => parties.has(code))) return 'ofParty';
  return hands.reporterOrg !== undefined && own.includes(hands.reporterOrg) ? 'ofReporter' : null;
}

const roleOfParty = { certificate: 'supplier', product: 'supplier', purchase: 'officer' } as const;

/** Whether the caller acts for the party: the holder, the supplier or the agency; or for a body of the certificate's label. */
export function isParty(
  { role, org }: Caller,
  { subject }: Hands,
  { lineage, certifies }: Pick<Around, 'lineage' | 'certifies'>,
): boolean {
  if (subject.kind === 'certificate' && role === 'certifier') return certifies;
  return role === roleOfParty[subject.kind] && org !== undefined && lineage.includes(org);
}

/** How the caller stands to the report. */
export function relationsOf(caller: Caller, hands: Hands, around: Around): Set<Relation> {
  const relations = new Set<Relation>();
  if (hands.reportedBy === caller.id) relations.add('reporter');
  else if (isParty(caller, hands, around)) relations.add('party');
  if (caller.role === 'operator' && closenessOf(caller, hands, around) === null) relations.add('handler');
  return relations;
}
