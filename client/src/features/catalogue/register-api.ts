import { infiniteQueryOptions } from '@tanstack/react-query';
import type { Certificate } from '../../../../schemas/types.d.ts';
import { request } from '../../api/client.ts';
import type { List, Query } from '../../api/client.ts';

/** The filters of the register as its address has them; the day is asked of each row. */
const registerFilters = ['number', 'scheme', 'holder', 'status', 'product', 'changedSince'] as const;

/** The query that an address asks: a day of change begins at midnight in Vietnam. */
export function registerQuery(params: URLSearchParams): Record<string, string> {
  return Object.fromEntries(
    registerFilters.flatMap((name) => {
      const value = params.get(name) ?? '';
      if (value === '') return [];
      return [[name, name === 'changedSince' ? `${value}T00:00:00+07:00` : value]];
    }),
  );
}

/** The certificates that fit, page by page. */
export const certificatesQuery = (query: Query) =>
  infiniteQueryOptions({
    queryKey: ['certificates', query],
    queryFn: ({ pageParam, signal }) =>
      request<List<Certificate>>('/api/certificates', { query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
