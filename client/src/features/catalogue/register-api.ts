import { infiniteQueryOptions } from '@tanstack/react-query';
import type { Certificate } from '../../../../schemas/types.d.ts';
import { request } from '../../api/client.ts';
import type { List, Query } from '../../api/client.ts';

/** The filters of the register as its address has them; the day is asked of each row. */
export const registerFilters = ['number', 'scheme', 'holder', 'status', 'product'] as const;

/** The certificates that fit, page by page. */
export const certificatesQuery = (query: Query) =>
  infiniteQueryOptions({
    queryKey: ['certificates', query],
    queryFn: ({ pageParam, signal }) =>
      request<List<Certificate>>('/api/certificates', { query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
