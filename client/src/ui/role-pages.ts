import type { MeActor } from '../../../schemas/types.d.ts';

/** Pages that only some roles have a use for. */
const rolePages = [
  { to: '/applications', name: 'nav.applications', roles: ['supplier', 'certifier', 'operator', 'auditor'] },
  { to: '/applications/new', name: 'nav.newApplication', roles: ['supplier'] },
  { to: '/products/new', name: 'nav.newProduct', roles: ['supplier', 'certifier', 'operator'] },
  { to: '/products/unreviewed', name: 'nav.unreviewed', roles: ['supplier', 'operator', 'auditor'] },
  { to: '/certificates/new', name: 'nav.newCertificate', roles: ['certifier', 'operator'] },
  { to: '/organisations/new', name: 'nav.newOrganisation', roles: ['operator'] },
  { to: '/claims', name: 'nav.claims', roles: ['certifier', 'operator', 'auditor'] },
  { to: '/sign-ups', name: 'nav.signUps', roles: ['operator'] },
  { to: '/people', name: 'nav.people', roles: ['operator'] },
  { to: '/outbox', name: 'nav.outbox', roles: ['operator'] },
  { to: '/audit', name: 'nav.audit', roles: ['operator', 'auditor'] },
  { to: '/complaints', name: 'nav.complaints', roles: ['officer', 'supplier', 'certifier', 'operator', 'auditor'] },
] as const satisfies { to: string; name: string; roles: readonly MeActor['role'][] }[];

/** The pages of the caller's role; none for a reader without one. */
export function pagesOf(actor: MeActor | null | undefined) {
  return rolePages.filter(({ roles }) => roles.some((role) => role === actor?.role));
}
