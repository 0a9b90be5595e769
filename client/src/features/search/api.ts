import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { SearchResult } from '../../../../schemas/types.d.ts';
import { request } from '../../api/client.ts';
import { facetFields, pageSize, readSearch } from './search-state.ts';

/** One page of the catalogue for what the URL asks; the query before is given up when the next one starts. */
export const searchQuery = (params: URLSearchParams) => {
  const query = { ...readSearch(params), limit: pageSize, facets: [...facetFields, 'priority'].join(',') };
  return queryOptions({
    queryKey: ['search', query],
    queryFn: ({ signal }) => request<SearchResult>('/api/products', { query, signal }),
    placeholderData: keepPreviousData,
  });
};
