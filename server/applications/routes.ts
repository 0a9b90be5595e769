import { defineRoute, signedIn, type Role, type Route } from '../core/route.ts';
import type { ApplicationService } from './service.ts';

const writers: readonly Role[] = ['supplier', 'certifier', 'operator'];
const readers: readonly Role[] = [...writers, 'auditor'];

/** The calls on applications: a draft, its changes, and everything that happens to it. */
export function applicationRoutes(applications: ApplicationService): Route[] {
  return [
    ...readingRoutes(applications),
    ...draftRoutes(applications),
    eventRoute(applications),
    deadlineRoute(applications),
  ];
}

function readingRoutes(applications: ApplicationService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/applications',
      summary: 'Applications that the caller may see, with their deadlines',
      access: readers,
      unverified: true,
      query: 'application-query',
      returns: { list: 'application' },
      handle: async ({ actor, query }) => ({ body: await applications.page(signedIn(actor), query) }),
    }),
    defineRoute({
      method: 'get',
      path: '/api/applications/:id',
      summary: 'One application: checklist, deadlines, what happened, and what the caller may do',
      access: readers,
      unverified: true,
      query: 'no-query',
      returns: 'application',
      handle: async ({ actor, params }) => ({ body: await applications.get(signedIn(actor), params['id'] ?? '') }),
    }),
  ];
}

function draftRoutes(applications: ApplicationService): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/applications',
      summary: 'Begins an application as a draft',
      access: writers,
      unverified: true,
      body: 'application-input',
      query: 'no-query',
      returns: 'application',
      status: 201,
      idempotent: true,
      handle: async ({ actor, body, idempotency }) => ({
        body: await applications.create(signedIn(actor), body, idempotency),
      }),
    }),
    defineRoute({
      method: 'patch',
      path: '/api/applications/:id',
      summary: 'Changes an application that is not in hand, or of which something is asked',
      access: writers,
      unverified: true,
      body: 'application-patch',
      query: 'no-query',
      returns: 'application',
      ifMatch: true,
      handle: async ({ actor, params, body, revision }) => ({
        body: await applications.amend(signedIn(actor), params['id'] ?? '', { revision, patch: body }),
      }),
    }),
  ];
}

function eventRoute(applications: ApplicationService): Route {
  return defineRoute({
    method: 'post',
    path: '/api/applications/:id/events',
    summary: 'Lets something happen to an application: submission, check, question, decision, appeal',
    access: writers,
    unverified: true,
    body: 'application-event-input',
    query: 'no-query',
    returns: 'application',
    status: 201,
    idempotent: true,
    handle: async ({ actor, params, body, idempotency }) => ({
      body: await applications.act(signedIn(actor), params['id'] ?? '', { input: body, idempotency }),
    }),
  });
}

function deadlineRoute(applications: ApplicationService): Route {
  return defineRoute({
    method: 'get',
    path: '/api/deadlines',
    summary: 'The last day of a step that the decree sets a time for: check, evaluation, change of details, revocation',
    access: 'public',
    query: 'deadline-query',
    returns: 'deadline',
    handle: async ({ query }) => ({ body: await applications.deadline(query) }),
  });
}
