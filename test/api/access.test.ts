import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '../../server/core/route.ts';
import { apiOf } from '../../server/routes.ts';
import { startTestApp, type Caller, type TestApp } from '../support/app.ts';
import { aWorld } from '../support/builders.ts';

const roles: Role[] = ['officer', 'certifier', 'supplier', 'operator', 'auditor'];
const everybody = ['anyone', ...roles];
const writers = ['officer', 'supplier', 'certifier', 'operator'];
const readers = ['officer', 'operator', 'auditor'];

/** Who may call what: one row a route. What an organisation may do inside it has tests of its own. */
const table: Record<string, readonly string[]> = {
  'get /api/health': everybody,
  'get /api/find': everybody,
  'get /api/suggest': everybody,
  'get /api/me': everybody,
  'post /api/session': everybody,
  'delete /api/session': everybody,
  'post /api/session/membership': everybody,
  'post /api/auth/sign-in': everybody,
  'post /api/auth/second-factor': everybody,
  'post /api/auth/forgotten-password': everybody,
  'post /api/auth/password-reset': everybody,
  'post /api/auth/password': everybody,
  // Who is signed in as a person; everybody else gets a 401.
  'post /api/auth/sign-out-elsewhere': roles,
  'get /api/auth/sessions': roles,
  'delete /api/auth/sessions/:id': roles,
  'post /api/auth/two-factor': everybody,
  'post /api/auth/two-factor/confirmation': everybody,
  'post /api/auth/two-factor/removal': everybody,
  'delete /api/people/:id': ['operator'],
  // An organisation's admins too, who are people: `people.test.ts`.
  'post /api/invitations': ['officer', 'certifier', 'supplier', 'operator'],
  'post /api/invitations/acceptance': everybody,
  'post /api/sign-ups': everybody,
  'post /api/sign-ups/confirmation': everybody,
  'post /api/memberships/:id/verification': ['operator'],
  'get /api/memberships': ['operator'],
  'delete /api/memberships/:id': ['officer', 'certifier', 'supplier', 'operator'],
  'get /api/outbox': ['operator'],
  'get /api/keys': ['operator'],
  'post /api/keys': ['operator'],
  'delete /api/keys/:id': ['officer', 'certifier', 'supplier', 'operator'],
  'get /api/schemes': everybody,
  'get /api/schemes/:code': everybody,
  'put /api/schemes/:code': ['operator'],
  'put /api/groups/:code': ['operator'],
  'put /api/criteria/:code': ['operator'],
  'put /api/agreements/:code': ['operator'],
  'post /api/agreements': ['operator'],
  'get /api/groups': everybody,
  'get /api/groups/:code': everybody,
  'get /api/criteria': everybody,
  'get /api/criteria/:code': everybody,
  'get /api/agreements': everybody,
  'get /api/agreements/:code': everybody,
  'get /api/targets': everybody,
  'get /api/targets/:code': everybody,
  'get /api/holidays': everybody,
  'get /api/holidays/:code': everybody,
  'put /api/holidays/:code': ['operator'],
  'get /api/organisations': everybody,
  'get /api/organisations/:code': everybody,
  'get /api/organisations/:code/labels': everybody,
  'get /api/organisations/:code/scorecard': everybody,
  'post /api/organisations': ['operator'],
  'put /api/organisations/:code': ['operator'],
  'get /api/provinces': everybody,
  'get /api/products': everybody,
  'post /api/products/news': everybody,
  'get /api/products/levels': everybody,
  'post /api/products': ['supplier', 'certifier', 'operator'],
  'get /api/products/unreviewed': ['supplier', 'certifier', 'operator', 'auditor'],
  'get /api/products/:id': everybody,
  'patch /api/products/:id': ['supplier', 'certifier', 'operator'],
  'post /api/products/:id/withdrawal': ['supplier', 'certifier', 'operator'],
  'get /api/products/:id/labels': everybody,
  'get /api/products/:id/history': everybody,
  'get /api/certificates': everybody,
  'get /api/certificates/:id': everybody,
  'get /api/certificates/:id/history': everybody,
  'get /api/certificates/:id/validity': everybody,
  'post /api/certificates': ['certifier', 'operator'],
  'post /api/certificates/:id/events': ['certifier', 'operator'],
  'get /api/deadlines': everybody,
  'get /api/applications': ['supplier', 'certifier', 'operator', 'auditor'],
  'get /api/applications/:id': ['supplier', 'certifier', 'operator', 'auditor'],
  'post /api/applications': ['supplier', 'certifier', 'operator'],
  'patch /api/applications/:id': ['supplier', 'certifier', 'operator'],
  'post /api/applications/:id/events': ['supplier', 'certifier', 'operator'],
  'get /api/evidence': [...writers, 'auditor'],
  'get /api/evidence/:id': [...writers, 'auditor'],
  'get /api/evidence/:id/content': [...writers, 'auditor'],
  'post /api/evidence': writers,
  'post /api/evidence/:id/uses': writers,
  'delete /api/evidence/:id': writers,
  'get /api/complaints': [...writers, 'auditor'],
  'post /api/complaints': everybody,
  'get /api/complaints/:id': everybody,
  'post /api/complaints/:id/events': writers,
  'get /api/complaints/:id/contact': ['operator'],
  'delete /api/complaints/:id/contact': ['operator'],
  'get /api/certificates/:id/complaints': everybody,
  'get /api/products/:id/complaints': everybody,
  'get /api/purchases/:id/complaints': readers,
  'get /api/needs': everybody,
  'get /api/needs/follows': ['supplier', 'certifier'],
  'put /api/needs/follows/:group': ['supplier', 'certifier'],
  'delete /api/needs/follows/:group': ['supplier', 'certifier'],
  // Of a person alone, whatever its role; the roles here are keys: `saved.test.ts`.
  'get /api/saved': [],
  'post /api/saved': [],
  'post /api/saved/seen': [],
  'patch /api/saved/:id': [],
  'delete /api/saved/:id': [],
  'get /api/priority-lists': everybody,
  'get /api/priority-lists/in-force': everybody,
  'get /api/priority-lists/:id': everybody,
  'get /api/priority-lists/:id/diff': everybody,
  'post /api/priority-lists/:id/corrections': ['operator'],
  'post /api/priority-lists': ['operator'],
  'patch /api/priority-lists/:id': ['operator'],
  'post /api/priority-lists/:id/publication': ['operator'],
  'get /api/purchases': readers,
  'get /api/purchases/:id': readers,
  'post /api/purchases': ['officer'],
  'post /api/purchases/:id/corrections': ['officer'],
  'post /api/purchases/imports': ['officer'],
  'post /api/purchases/imports/:id/runs': ['officer'],
  'get /api/purchases/imports/:id': readers,
  'get /api/purchases/imports/:id/rows': readers,
  'get /api/schemes/:code/claims': ['certifier', 'operator', 'auditor'],
  'get /api/history': ['operator', 'auditor'],
  'post /api/audit/verification': ['operator', 'auditor'],
  'get /api/audit/verification': ['operator', 'auditor'],
  'get /api/audit/export': ['operator', 'auditor'],
  'get /api/seals': everybody,
  'get /api/seals/:day': everybody,
  'get /api/seals/:day/proof': ['operator', 'auditor'],
  'get /api/share': everybody,
  'get /api/share/lines': readers,
};

describe('access', () => {
  let app: TestApp;
  const callers = new Map<string, Caller>();
  beforeAll(async () => {
    app = await startTestApp();
    await aWorld(app);
    callers.set('anyone', app.anyone);
    const orgs: Partial<Record<Role, string>> = { officer: 'T-UNIT', certifier: 'T-BODY', supplier: 'T-SUPPLIER' };
    for (const role of roles) callers.set(role, await app.as(role, orgs[role]));
  });
  afterAll(() => app.close());

  it('has a row for every route and a route for every row', () => {
    const { routes } = apiOf(app.services, { clock: app.clock, store: 'embedded', isDemo: false });
    expect(routes.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(Object.keys(table).toSorted());
  });

  it.each(Object.entries(table))('%s lets in only whom the table names', async (route, allowed) => {
    const [method, path] = route.split(' ') as [keyof Caller, string];
    for (const who of everybody) {
      const { status } = await callers.get(who)![method](path.replace(/:\w+/g, '0'.repeat(24)));
      const isRefused = who === 'anyone' ? status === 401 : status === 403;
      expect([who, isRefused]).toEqual([who, !allowed.includes(who)]);
    }
  });
});
