import { defineRoute, type Route } from '../core/route.ts';
import type { SearchService } from './service.ts';

/** The catalogue as one looks for something in it. */
export function searchRoutes(search: SearchService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/products',
      summary: 'Searches products and services',
      access: 'public',
      query: 'search-query',
      returns: 'search-result',
      handle: async ({ query, language, actor }) => ({ body: await search.search(query, language, actor) }),
    }),
  ];
}
