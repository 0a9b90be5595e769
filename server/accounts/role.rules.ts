import type { Membership, Organisation } from '../../schemas/types.d.ts';

type Role = Membership['role'];

const rolesWithoutOrganisation: ReadonlySet<Role> = new Set<Role>(['operator', 'auditor']);

/** Whether somebody can act in the role for the organisation, or for none. */
export function canAct(role: Role, organisation: Pick<Organisation, 'kind' | 'mayCertify'> | undefined): boolean {
  if (organisation === undefined) return rolesWithoutOrganisation.has(role);
  const { kind, mayCertify } = organisation;
  if (role === 'officer') return kind === 'agency';
  if (role === 'supplier') return kind === 'supplier';
  if (role === 'certifier') return kind === 'certifier' || mayCertify !== undefined;
  return true;
}

/** Whether an organisation's own people may give the role: those that look over all organisations are the operator's to give. */
export function isOfOrganisation(role: Role): boolean {
  return !rolesWithoutOrganisation.has(role);
}

/** Whether the membership counts at the instant. */
export function isActive({ person, through }: Pick<Membership, 'person' | 'through'>): boolean {
  return person !== undefined && through === undefined;
}

/** For which of the own memberships a person acts: the chosen one while it lasts, the only one where none was chosen. */
export function membershipOf<M extends { id: string }>(own: readonly M[], chosen: string | undefined): M | undefined {
  if (chosen === undefined) return own.length === 1 ? own[0] : undefined;
  return own.find(({ id }) => id === chosen);
}
