import { defineRoute, signedIn, type Route } from '../core/route.ts';
import type { ProvinceService } from './province.service.ts';
import type { OrganisationService } from './service.ts';

/** The calls on organisations and provinces. */
export function organisationRoutes(organisations: OrganisationService, provinces: ProvinceService): Route[] {
  return [...readRoutes(organisations), ...writeRoutes(organisations), provinceRoute(provinces)];
}

function readRoutes(organisations: OrganisationService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/organisations',
      summary: 'Agencies, certification bodies, suppliers and laboratories, as they are on a day',
      access: 'public',
      query: 'organisation-query',
      returns: { list: 'organisation' },
      handle: async ({ actor, query }) => ({ body: await organisations.page(actor, query) }),
    }),
    defineRoute({
      method: 'get',
      path: '/api/organisations/:code',
      summary: 'One organisation, as it was on a day and as known at an instant',
      access: 'public',
      unverified: true,
      query: 'organisation-day-query',
      returns: 'organisation',
      handle: async ({ actor, params, query }) => ({
        body: await organisations.show(actor, params['code'] ?? '', query),
      }),
    }),
  ];
}

function writeRoutes(organisations: OrganisationService): Route[] {
  return [
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
      handle: async ({ actor, body, idempotency }) => ({
        body: await organisations.create(signedIn(actor), body, idempotency),
      }),
    }),
    defineRoute({
      method: 'put',
      path: '/api/organisations/:code',
      summary: 'Enters an organisation, or renames, moves, merges or closes it on a day',
      access: ['operator'],
      body: 'organisation-change',
      query: 'no-query',
      returns: 'organisation',
      ifMatch: 'orNew',
      handle: async ({ actor, params, revision, body }) => ({
        body: await organisations.put(signedIn(actor), params['code'] ?? '', { revision, input: body }),
        ...(revision === 0 && { status: 201 }),
      }),
    }),
  ];
}

function provinceRoute(provinces: ProvinceService): Route {
  return defineRoute({
    method: 'get',
    path: '/api/provinces',
    summary: 'The provinces of a day: 63 until 30 June 2025, 34 since',
    access: 'public',
    query: 'province-query',
    returns: { list: 'province' },
    handle: async ({ query }) => ({ body: await provinces.page(query) }),
  });
}
