import { useQuery } from '@tanstack/react-query';
import type { KeptQuery, SearchNews } from '../../../../schemas/types.d.ts';
import { request } from '../../api/client.ts';
import type { SavedSearch, SavedStore } from './saved-store.ts';

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

/** What is new in the kept searches, by their ids: one question for every twenty of them. */
export function useSearchNews(searches: readonly SavedSearch[], see: SavedStore['see']): ReadonlyMap<string, News> {
  const { data } = useQuery({
    queryKey: ['search-news', searches],
    enabled: searches.length > 0,
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const parts = Array.from({ length: Math.ceil(searches.length / mostAsked) }, (_, part) =>
        searches.slice(part * mostAsked, (part + 1) * mostAsked),
      );
      const counted = await Promise.all(parts.map((part) => countNews(part, signal)));
      const news = {
        // The earliest: what came after it is new the next time too.
        countedAt: counted.map(({ countedAt }) => countedAt).toSorted()[0] ?? '',
        counts: counted.flatMap(({ counts }) => counts),
      };
      // From the first count on: the server says when that was, so that no clock of a browser matters.
      const unseen = searches.filter(({ seenUntil }) => seenUntil === undefined).map(({ id }) => id);
      see(unseen, news.countedAt);
      return news;
    },
  });
  return new Map(
    searches.flatMap(({ id, seenUntil }, place) => {
      const count = data?.counts[place] ?? 0;
      return data === undefined || count === 0 || seenUntil === undefined
        ? []
        : [[id, { count, since: seenUntil, countedAt: data.countedAt }] as const];
    }),
  );
}

function countNews(searches: readonly SavedSearch[], signal: AbortSignal): Promise<SearchNews> {
  const asked = searches.map(({ query, seenUntil }) => ({
    asked: askedBy(query),
    ...(seenUntil !== undefined && { since: seenUntil }),
  }));
  return request('/api/products/news', { method: 'POST', body: { searches: asked }, signal });
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
