import type { Me } from '../../../../schemas/types.d.ts';

type Role = Me['demoRoles'][number];

/** Someone as whom the demonstration is continued. */
export interface DemoPerson {
  role: Role;
  person: 1 | 2;
}

/** Roles of which two are needed: who drafts an edition does not publish it, who refused an application does not decide on the appeal. */
const rolesOfTwo = new Set<Role>(['operator', 'certifier']);

/** Everyone as whom the demonstration can be continued, without the only person of the present role. */
export function demoPeople(roles: readonly Role[], current?: Role): DemoPerson[] {
  return roles.flatMap((role): DemoPerson[] => {
    if (rolesOfTwo.has(role))
      return [
        { role, person: 1 },
        { role, person: 2 },
      ];
    return role === current ? [] : [{ role, person: 1 }];
  });
}
