import type { Me, Organisation } from '../../../../../schemas/types.d.ts';

type Role = Me['demoRoles'][number];

/** For whom the caller gives and takes roles: the operator for everybody, an administrator for its organisation. */
export interface Managed {
  isOperator: boolean;
  /** The only organisation; empty for the operator, who chooses one or none. */
  org: string;
}

/** What the caller manages; null for who manages nothing. */
export function managedBy({ actor, memberships }: Pick<Me, 'actor' | 'memberships'>): Managed | null {
  if (actor?.role === 'operator') return { isOperator: true, org: '' };
  const chosen = memberships?.find(({ isChosen }) => isChosen);
  return chosen?.admin && chosen.org !== undefined ? { isOperator: false, org: chosen.org } : null;
}

/** The roles that somebody can have in the organisation, or in none; the server has the last word. */
export function rolesIn(organisation: Pick<Organisation, 'kind' | 'mayCertify'> | undefined): Role[] {
  if (organisation === undefined) return ['operator', 'auditor'];
  const { kind, mayCertify } = organisation;
  return [
    ...(kind === 'agency' ? (['officer'] as const) : []),
    ...(kind === 'supplier' ? (['supplier'] as const) : []),
    ...(kind === 'certifier' || mayCertify !== undefined ? (['certifier'] as const) : []),
  ];
}
