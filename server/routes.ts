import { membershipRoutes } from './accounts/memberships.routes.ts';
import { sessionsRoutes } from './accounts/sessions.routes.ts';
import { peopleRoutes } from './accounts/people.routes.ts';
import { accountRoutes, callerOf } from './accounts/routes.ts';
import { signUpRoutes } from './accounts/sign-ups.routes.ts';
import { applicationRoutes } from './applications/routes.ts';
import { auditRoutes } from './audit/routes.ts';
import { catalogueRoutes } from './catalogue/routes.ts';
import { certificateRoutes } from './certificates/routes.ts';
import { complaintRoutes } from './complaints/routes.ts';
import type { Services } from './compose.ts';
import type { Clock } from './core/clock.ts';
import { Problem } from './core/problem.ts';
import { defineRoute, type CallerOf, type Route } from './core/route.ts';
import { evidenceRoutes } from './evidence/routes.ts';
import { findRoutes } from './find/routes.ts';
import { shareRoutes } from './green-share/routes.ts';
import { needRoutes } from './needs/routes.ts';
import { organisationRoutes } from './organisations/routes.ts';
import { priorityListRoutes } from './priority-lists/routes.ts';
import { purchaseRoutes } from './purchases/routes.ts';
import { referenceRoutes } from './reference/routes.ts';
import { scorecardRoutes } from './scorecards/routes.ts';
import { savedRoutes } from './saved/routes.ts';
import { searchRoutes } from './search/routes.ts';

/** What the calls tell of the server itself. */
export interface ServerFacts {
  clock: Clock;
  store: 'embedded' | 'mongodb';
  isDemo: boolean;
}

/** Every call of the API, and who a request comes from. */
export function apiOf(services: Services, facts: ServerFacts): { routes: Route[]; callerOf: CallerOf } {
  const { organisations } = services;
  const nameOf = async (code: string) => (await organisations.byCode([code])).get(code)?.name;
  return {
    callerOf: callerOf(services),
    routes: [
      healthRoute(services, facts),
      ...accountRoutes({ ...services, nameOf, ...facts }),
      ...peopleRoutes(services.people),
      ...sessionsRoutes(services.people),
      ...membershipRoutes(services),
      ...signUpRoutes(services.signUps),
      ...referenceRoutes(services.reference),
      ...organisationRoutes(organisations, services.provinces),
      ...searchRoutes(services),
      ...findRoutes(services.finder),
      ...savedRoutes(services.saved),
      ...catalogueRoutes(services.catalogue),
      ...certificateRoutes(services.certificates),
      ...applicationRoutes(services.applications),
      ...evidenceRoutes(services.evidence),
      ...complaintRoutes(services.complaints),
      ...scorecardRoutes(services.scorecards),
      ...needRoutes(services.needs, services.needFollows),
      ...priorityListRoutes(services.priorityLists),
      ...purchaseRoutes(services.purchases, services.imports),
      ...auditRoutes(services.audit),
      ...shareRoutes(services.share, services.shareLines),
    ],
  };
}

function healthRoute({ search }: Services, { store }: ServerFacts): Route {
  return defineRoute({
    method: 'get',
    path: '/api/health',
    summary: 'Answers once the server can serve',
    access: 'public',
    query: 'health-query',
    returns: 'health',
    handle: async ({ query: { details }, actor }) => {
      if (details && actor?.role !== 'operator') throw new Problem(actor ? 'FORBIDDEN' : 'UNAUTHENTICATED');
      const { engine, ready } = await search.health();
      const shown = { status: 'ok', store, search: ready ? engine : 'catching-up' };
      return { body: details ? { ...shown, details: { search: await search.state() } } : shown };
    },
  });
}
