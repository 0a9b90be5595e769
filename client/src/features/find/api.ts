import { queryOptions } from '@tanstack/react-query';
import type { FindResult } from '../../../../schemas/types.d.ts';
import { request } from '../../api/client.ts';

/** What the register knows of what is printed on a box, on a day. */
export const findQuery = (q: string, on: string) =>
  queryOptions({
    queryKey: ['find', q, on],
    queryFn: ({ signal }) => request<FindResult>('/api/find', { query: { q, ...(on !== '' && { on }) }, signal }),
    enabled: q !== '',
  });
