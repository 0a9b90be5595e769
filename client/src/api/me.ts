import { queryOptions } from '@tanstack/react-query';
import type { Me } from '../../../schemas/types.d.ts';
import { request } from './client.ts';

/** Who calls, and what the page may offer. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => request<Me>('/api/me', { signal }),
  staleTime: 60_000,
});
