import type { Application, ApplicationCloseness } from '../../schemas/types.d.ts';
import type { Relation } from './transition.rules.ts';
import type { Procedure } from './procedure.rules.ts';

/** Why somebody is too close to a dossier to review or decide it. */
export type Closeness = ApplicationCloseness;

/** Who calls, as the rules see it. */
interface Caller {
  id: string;
  role: string;
  org?: string | undefined;
}

/** What of a dossier says who is close to it. */
export type Hands = Pick<Application, 'applicant' | 'preparedBy' | 'conflicts' | 'refusedBy'> &
  Partial<Pick<Application, 'reviewer' | 'attachments'>>;

/** What the register knows around the caller and the dossier. */
export interface Around {
  procedure: Pick<Procedure, 'decidedBy'>;
  /** The caller's body may certify in the dossier's scheme today. */
  certifies: boolean;
  /** Who uploaded the evidence, as its own records say. */
  uploaders: readonly string[];
  /** The applicant, and the organisations above it. */
  lineage: readonly string[];
}

/**
 * Why a caller may not review the dossier, or null. Who prepared it, uploaded its evidence, or belongs to the applicant does
 * not decide it; nor does who declared a conflict of interest, nor, after an appeal, who refused it before
 * (ISO/IEC 17065:2012, 4.2, 7.6.2 and 7.13.5).
 */
export function closenessOf({ id, org }: Caller, hands: Hands, { uploaders, lineage }: Around): Closeness | null {
  if (hands.preparedBy.includes(id)) return 'prepared';
  const attached = (hands.attachments ?? []).map(({ addedBy }) => addedBy);
  if (uploaders.includes(id) || attached.includes(id)) return 'uploaded';
  if (org !== undefined && lineage.includes(org)) return 'belongs';
  if (hands.conflicts.includes(id)) return 'conflict';
  return hands.refusedBy.includes(id) ? 'refused' : null;
}

/** Whether the caller's office is to review such dossiers at all: the scheme's body, or for a listing the operator. */
export function isReviewing({ role }: Caller, { procedure, certifies }: Around): boolean {
  return procedure.decidedBy === 'operator' ? role === 'operator' : role === 'certifier' && certifies;
}

/** How the caller stands to the dossier. */
export function relationsOf(caller: Caller, hands: Hands, around: Around): Set<Relation> {
  const relations = new Set<Relation>();
  const { id, role, org } = caller;
  if (role === 'supplier' && org === hands.applicant) relations.add('applicant');
  if ((role === 'operator' || role === 'certifier') && hands.preparedBy.includes(id)) relations.add('preparer');
  if (role === 'operator') relations.add('supervisor');
  if (isReviewing(caller, around) && closenessOf(caller, hands, around) === null) relations.add('reviewer');
  return relations;
}
