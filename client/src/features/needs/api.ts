import { queryOptions } from '@tanstack/react-query';
import type { NeedFollow, NeedFollows, NeedMap } from '../../../../schemas/types.d.ts';
import { request } from '../../api/client.ts';
import { useChange } from '../../api/use-change.ts';

/** What agencies look for in vain; the whole country without a province. */
export const needsQuery = (province: string | undefined) =>
  queryOptions({
    queryKey: ['needs', province],
    queryFn: ({ signal }) => request<NeedMap>('/api/needs', { query: { province }, signal }),
  });

/** The groups that the caller's organisation follows. */
export const followsQuery = queryOptions({
  queryKey: ['needs', 'follows'],
  queryFn: ({ signal }) => request<NeedFollows>('/api/needs/follows', { signal }),
});

/** Follows a group, or says that it was looked at; or follows it no longer. */
export function useFollow() {
  return useChange(({ group, follows }: { group: string; follows: boolean }) =>
    request<NeedFollow | null>(`/api/needs/follows/${encodeURIComponent(group)}`, {
      method: follows ? 'PUT' : 'DELETE',
    }),
  );
}
