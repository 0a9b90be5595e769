import { Problem } from '../core/problem.ts';
import { defineRoute, signedIn, type Route } from '../core/route.ts';
import type { PriorityListService } from './service.ts';

/** The calls on editions of the priority list. */
export function priorityListRoutes(lists: PriorityListService): Route[] {
  return [
    ...readingRoutes(lists),
    diffRoute(lists),
    ...draftRoutes(lists),
    publicationRoute(lists),
    correctionRoute(lists),
  ];
}

function readingRoutes(lists: PriorityListService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/priority-lists',
      summary: 'Editions of the priority list; drafts only for operator and auditor',
      access: 'public',
      query: 'page-query',
      returns: { list: 'priority-list' },
      handle: async ({ actor, query }) => ({ body: await lists.page(actor, query) }),
    }),
    defineRoute({
      method: 'get',
      path: '/api/priority-lists/in-force',
      summary: 'The edition in force on a day, as known at a moment',
      access: 'public',
      query: 'labels-query',
      returns: 'priority-list',
      handle: async ({ query }) => {
        const list = await lists.inForce(query);
        if (!list) throw new Problem('NOT_FOUND');
        return { body: list };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/priority-lists/:id',
      summary: 'One edition',
      access: 'public',
      query: 'no-query',
      returns: 'priority-list',
      handle: async ({ actor, params }) => ({ body: await lists.get(actor, params['id'] ?? '') }),
    }),
  ];
}

function diffRoute(lists: PriorityListService): Route {
  return defineRoute({
    method: 'get',
    path: '/api/priority-lists/:id/diff',
    summary: 'What changes from the earlier of two editions to the later one',
    access: 'public',
    query: 'priority-list-diff-query',
    returns: 'priority-list-diff',
    handle: async ({ actor, params, query }) => ({ body: await lists.diff(actor, params['id'] ?? '', query.with) }),
  });
}

function draftRoutes(lists: PriorityListService): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/priority-lists',
      summary: 'Drafts an edition',
      access: ['operator'],
      body: 'priority-list-input',
      query: 'no-query',
      returns: 'priority-list',
      status: 201,
      idempotent: true,
      handle: async ({ actor, body, idempotency }) => ({
        body: await lists.create(signedIn(actor), body, idempotency),
      }),
    }),
    defineRoute({
      method: 'patch',
      path: '/api/priority-lists/:id',
      summary: 'Changes a draft',
      access: ['operator'],
      body: 'priority-list-patch',
      query: 'no-query',
      returns: 'priority-list',
      ifMatch: true,
      handle: async ({ actor, params, body, revision }) => ({
        body: await lists.amend(signedIn(actor), params['id'] ?? '', { revision, patch: body }),
      }),
    }),
  ];
}

function publicationRoute(lists: PriorityListService): Route {
  return defineRoute({
    method: 'post',
    path: '/api/priority-lists/:id/publication',
    summary: 'Publishes a draft',
    access: ['operator'],
    body: 'empty-body',
    query: 'no-query',
    returns: 'priority-list',
    status: 201,
    idempotent: true,
    handle: async ({ actor, params, idempotency }) => ({
      body: await lists.publish(signedIn(actor), params['id'] ?? '', idempotency),
    }),
  });
}

function correctionRoute(lists: PriorityListService): Route {
  return defineRoute({
    method: 'post',
    path: '/api/priority-lists/:id/corrections',
    summary: 'Corrects a published edition; known from now on, and nothing recorded is lost',
    access: ['operator'],
    body: 'priority-list-correction-input',
    query: 'no-query',
    returns: 'priority-list',
    status: 201,
    idempotent: true,
    handle: async ({ actor, params, body: correction, idempotency }) => ({
      body: await lists.correct(signedIn(actor), params['id'] ?? '', { correction, idempotency }),
    }),
  });
}
