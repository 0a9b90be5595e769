import { defineRoute, type Route } from '../core/route.ts';
import type { FindService } from './service.ts';

/** What is printed on a box or an offer, looked up. */
export function findRoutes(finder: FindService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/find',
      summary:
        'Looks up a certificate number, GTIN, model or QR address, and says whether a label covers it on the day',
      access: 'public',
      query: 'find-query',
      returns: 'find-result',
      handle: async ({ query, language }) => ({ body: await finder.find(query, language) }),
    }),
  ];
}
