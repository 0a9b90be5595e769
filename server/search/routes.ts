import { defineRoute, type Route } from '../core/route.ts';
import type { NewsService } from './news.service.ts';
import type { SearchService } from './service.ts';
import type { SuggestService } from './suggest.service.ts';

interface Looking {
  search: SearchService;
  suggestions: SuggestService;
  news: NewsService;
}

/** The catalogue as one looks for something in it. */
export function searchRoutes(looking: Looking): Route[] {
  return [...foundRoutes(looking), ...helpRoutes(looking)];
}

function foundRoutes({ search }: Pick<Looking, 'search'>): Route[] {
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
      path: '/api/products/levels',
      summary: 'Counts models and suppliers of what a search finds at each level of the graded labels',
      access: 'public',
      query: 'search-query',
      returns: 'search-levels',
      handle: async ({ query, language }) => ({ body: await search.levels(query, language) }),
    }),
  ];
}

function helpRoutes({ suggestions, news }: Omit<Looking, 'search'>): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/suggest',
      summary: 'Suggests products, groups, labels, suppliers and certificates for what has been typed so far',
      access: 'public',
      query: 'suggest-query',
      returns: 'suggest-result',
      handle: async ({ query, language }) => ({ body: await suggestions.suggest(query.q, language) }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/products/news',
      summary: 'Counts what is new in searches that somebody keeps; writes nothing',
      access: 'public',
      body: 'search-news-input',
      query: 'no-query',
      returns: 'search-news',
      handle: async ({ body, language }) => ({ body: await news.news(body, language) }),
    }),
  ];
}
