import { defineRoute, type Route } from '../core/route.ts';
import type { OrganisationService } from './service.ts';

/** The calls on organisations. */
export function organisationRoutes(organisations: OrganisationService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/organisations',
      summary: 'Agencies, certification bodies, suppliers and laboratories',
      access: 'public',
      query: 'organisation-query',
      returns: { list: 'organisation' },
      handle: async ({ query }) => ({ body: await organisations.page(query) }),
    }),
    defineRoute({
      method: 'get',
      path: '/api/organisations/:code',
      summary: 'One organisation',
      access: 'public',
      query: 'no-query',
      returns: 'organisation',
      handle: async ({ params }) => ({ body: await organisations.get(params['code'] ?? '') }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/organisations',
      summary: 'Enters an organisation',
      access: ['operator'],
      body: 'organisation-input',
      query: 'no-query',
      returns: 'organisation',
      status: 201,
      idempotent: true,
      handle: async ({ body, idempotency }) => ({ body: await organisations.create(body, idempotency) }),
    }),
  ];
}
