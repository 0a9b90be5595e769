import { useQuery } from '@tanstack/react-query';
import type { KeptQuery, SearchNews } from '../../../../schemas/types.d.ts';
import { request } from '../../api/client.ts';
import { seeSearches } from './saved-store.ts';
import type { SavedSearch } from './saved-store.ts';

/** How much is new in a kept search since it was last looked at, and up to when that was counted. */
export interface News {
  count: number;
  since: string;
  countedAt: string;
}

const mostAsked = 20;
const words = [
  'q',
  'asTyped',
  'kind',
  'group',
  'family',
  'scheme',
  'tier',
  'level',
  'supplier',
  'ids',
  'validOn',
] as const;

/** What is new in the kept searches, by their ids: one question for all of them. */
export function useSearchNews(kept: readonly SavedSearch[]): ReadonlyMap<string, News> {
  const searches = kept.slice(0, mostAsked);
  const { data } = useQuery({
    queryKey: ['search-news', searches],
    enabled: searches.length > 0,
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const asked = searches.map(({ query, seenAt }) => ({
        asked: askedBy(query),
        ...(seenAt !== undefined && { since: seenAt }),
      }));
      const news = await request<SearchNews>('/api/products/news', {
        method: 'POST',
        body: { searches: asked },
        signal,
      });
      // From the first count on: the server says when that was, so that no clock of a browser matters.
      const unseen = searches.filter(({ seenAt }) => seenAt === undefined).map(({ id }) => id);
      seeSearches(unseen, news.countedAt);
      return news;
    },
  });
  return new Map(
    searches.flatMap(({ id, seenAt }, place) => {
      const count = data?.counts[place] ?? 0;
      return data === undefined || count === 0 || seenAt === undefined
        ? []
        : [[id, { count, since: seenAt, countedAt: data.countedAt }] as const];
    }),
  );
}

/** The parameters of a search in an address, in the form in which they are sent. */
export function askedBy(query: string): KeptQuery {
  const params = new URLSearchParams(query);
  const attributes = [...params].filter(([name]) => name.startsWith('attr.'));
  return {
    ...Object.fromEntries(words.flatMap((name) => (params.get(name) ? [[name, params.get(name)]] : []))),
    ...(params.get('priority') === 'true' && { priority: true }),
    ...(attributes.length > 0 && {
      attr: Object.fromEntries(attributes.map(([name, value]) => [name.slice('attr.'.length), value])),
    }),
  };
}
