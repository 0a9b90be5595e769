import { defineRoute, type Route } from '../core/route.ts';
import { personCookieOf } from './cookies.ts';
import type { PeopleService } from './people.service.ts';

/** The calls on where a person is signed in. */
export function sessionsRoutes(people: PeopleService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/auth/sessions',
      summary: 'Where the person is signed in: with what, since when, and last seen when',
      access: 'public',
      query: 'no-query',
      returns: { list: 'sign-in-entry' },
      handle: async ({ request }) => {
        const items = await people.sessions(personCookieOf(request));
        return { body: { items, total: items.length, next: null } };
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/api/auth/sessions/:id',
      summary: 'Ends one sign-in of the person',
      access: 'public',
      query: 'no-query',
      returns: 'nothing',
      status: 204,
      handle: async ({ request, params }) => {
        await people.endSession(personCookieOf(request), params['id'] ?? '');
        return {};
      },
    }),
  ];
}
