import { mayHappenBy, seesDossier } from '../accounts/verification.rules.ts';
import { refuseAct } from '../organisations/mandate.rules.ts';
import type { Clock } from '../core/clock.ts';
import { Problem, type RuleCode } from '../core/problem.ts';
import type { Filter } from '../core/records.ts';
import type { Actor } from '../core/route.ts';
import type { StoredApplication } from './dossier.rules.ts';
import type { Transition } from './transition.rules.ts';
import { procedureOf } from './procedure.rules.ts';
import { closenessOf, isReviewing, relationsOf, type Around, type Closeness } from './relation.rules.ts';
import type { SubmissionParts } from './submission.service.ts';

interface StandingParts extends Pick<SubmissionParts, 'organisations' | 'products' | 'evidence'> {
  clock: Clock;
}

/** What the register knows around a caller and a dossier. */
export async function aroundOf(
  parts: StandingParts,
  { role, org }: Actor,
  dossier: StoredApplication,
): Promise<Around> {
  const on = parts.clock.today();
  const { applicant, scheme, products = [], attachments = [] } = dossier;
  const [organisations, covered, facts] = await Promise.all([
    parts.organisations([applicant, ...(org === undefined ? [] : [org])]),
    role === 'certifier' ? parts.products(products) : undefined,
    parts.evidence(attachments.map(({ evidence }) => evidence)),
  ]);
  const body = org === undefined ? undefined : organisations.get(org);
  const groups = [...(covered?.values() ?? [])].map(({ group }) => group);
  const isSame = sameEnterprise(body?.taxCode, organisations.get(applicant)?.taxCode);
  return {
    procedure: procedureOf(dossier),
    certifies: scheme !== undefined && body !== undefined && refuseAct(body, { scheme, groups, on }) === null,
    uploaders: [...facts.values()].map(({ uploadedBy }) => uploadedBy),
    lineage: [applicant, ...(isSame && org !== undefined ? [org] : [])],
  };
}

/** A branch has the tax code of its enterprise with three digits more. */
function sameEnterprise(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one.slice(0, 10) === other.slice(0, 10);
}

/** Whether the caller may see the dossier: the applicant and who prepared it always, who reviews and watches once it is received. */
export async function isSeen(parts: StandingParts, actor: Actor, dossier: StoredApplication): Promise<boolean> {
  const { id, role, org } = actor;
  if (role === 'supplier') return org === dossier.applicant && seesDossier(actor, dossier);
  if (role === 'officer') return false;
  if (dossier.preparedBy.includes(id)) return true;
  if (dossier.receivedOn === undefined) return false;
  return role !== 'certifier' || (await schemesOf(parts, org)).includes(dossier.scheme ?? '');
}

/** The filter of the dossiers that the caller may see. */
export async function seenBy(parts: StandingParts, { id, role, org, unverified }: Actor): Promise<Filter> {
  if (role === 'supplier') return { applicant: org, ...(unverified && { preparedBy: id }) };
  const received = { receivedOn: { $exists: true } };
  const theirs = role === 'certifier' ? { ...received, scheme: { $in: await schemesOf(parts, org) } } : received;
  return { $or: [theirs, { preparedBy: id }] };
}

async function schemesOf({ organisations }: Pick<StandingParts, 'organisations'>, org = ''): Promise<string[]> {
  const body = (await organisations([org])).get(org);
  return (body?.mayCertify ?? []).map(({ scheme }) => scheme);
}

const closenessCodes: Record<Closeness, RuleCode> = {
  prepared: 'PREPARED_IT',
  uploaded: 'UPLOADED_IT',
  belongs: 'BELONGS_TO_APPLICANT',
  conflict: 'DECLARED_CONFLICT',
  refused: 'REFUSED_IT',
};

/** Why the caller may not do what the row says, or null; the answer is a 403, or a 409 where another has the dossier in hand. */
export function refusalOf(
  row: Transition,
  actor: Actor,
  { dossier, around }: { dossier: StoredApplication; around: Around },
): Problem | null {
  if (!mayHappenBy(actor, row)) return new Problem('NOT_VERIFIED');
  const { event, by } = row;
  const relations = relationsOf(actor, dossier, around);
  const held = by.filter((relation) => relations.has(relation));
  if (held.length === 0) {
    const closeness =
      by.includes('reviewer') && isReviewing(actor, around) ? closenessOf(actor, dossier, around) : null;
    return closeness === null
      ? new Problem('FORBIDDEN')
      : new Problem('FOUR_EYES', {}, [{ pointer: '/type', code: closenessCodes[closeness] }]);
  }
  const isOnlyReviewer = held.every((relation) => relation === 'reviewer');
  const { reviewer = actor.id } = dossier;
  // Anybody may say of himself that he has a conflict.
  return isOnlyReviewer && reviewer !== actor.id && event !== 'conflictDeclared'
    ? new Problem('REVIEWED_BY_ANOTHER')
    : null;
}
