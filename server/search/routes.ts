import { defineRoute, type Route } from '../core/route.ts';
import type { SearchService } from './service.ts';
import type { SuggestService } from './suggest.service.ts';

/** The catalogue as one looks for something in it. */
export function searchRoutes(search: SearchService, suggestions: SuggestService): Route[] {
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
    defineRoute({
      method: 'get',
      path: '/api/suggest',
      summary: 'Suggests products, groups, labels, suppliers and certificates for what has been typed so far',
      access: 'public',
      query: 'suggest-query',
      returns: 'suggest-result',
      handle: async ({ query, language }) => ({ body: await suggestions.suggest(query.q, language) }),
    }),
  ];
}
