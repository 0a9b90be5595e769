import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type {
  GroupAttribute,
  SearchHit,
  SearchLevels,
  SearchResult,
  SuggestResult,
} from '../../../../schemas/types.d.ts';
import { request } from '../../api/client.ts';
import { mostRows } from '../../ui/export/load-all.ts';
import type { LoadRows } from '../../ui/export/load-all.ts';
import { attributeParameter, facetFields, pageSize, readSearch } from './search-state.ts';

/** One page of the catalogue for what the URL asks, counted also by the attributes; the query before is given up when the next one starts. */
export const searchQuery = (params: URLSearchParams, attributes: GroupAttribute[]) => {
  const facets = [...facetFields, 'priority', ...attributes.map(({ key }) => attributeParameter(key))].join(',');
  const query = { ...readSearch(params), limit: pageSize, facets, why: true, highlight: true };
  return queryOptions({
    queryKey: ['search', query],
    queryFn: ({ signal }) => request<SearchResult>('/api/products', { query, signal }),
    placeholderData: keepPreviousData,
  });
};

/** Every product that the address asks for, page after page up to the bound. */
export function searchLoader(params: URLSearchParams): LoadRows<SearchHit> {
  const { page: _shown, ...query } = readSearch(params);
  return async ({ signal, onProgress }) => {
    const rows: SearchHit[] = [];
    let total = 0;
    let page = 0;
    do {
      page += 1;
      const found: SearchResult = await request('/api/products', { query: { ...query, page, limit: 100 }, signal });
      if (found.items.length === 0) break;
      rows.push(...found.items);
      total = found.total;
      onProgress({ done: rows.length, total: Math.min(total, mostRows) });
    } while (rows.length < Math.min(total, mostRows));
    return { rows: rows.slice(0, mostRows), total, isCut: total > rows.length || total > mostRows };
  };
}

/** What may be meant by what has been typed so far; the question before is given up when the next one is asked. */
export const suggestQuery = (q: string) =>
  queryOptions({
    queryKey: ['suggest', q],
    queryFn: ({ signal }) => request<SuggestResult>('/api/suggest', { query: { q }, signal }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });

/** How many models and suppliers of what the address asks for stand at each level of the graded labels. */
export const levelsQuery = (params: URLSearchParams) => {
  const { page: _page, sort: _sort, ...query } = readSearch(params);
  return queryOptions({
    queryKey: ['levels', query],
    queryFn: ({ signal }) => request<SearchLevels>('/api/products/levels', { query, signal }),
    placeholderData: keepPreviousData,
  });
};
