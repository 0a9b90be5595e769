import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Seal, Verification } from '../../../../schemas/types.d.ts';
import { request } from '../../api/client.ts';
import type { List } from '../../api/client.ts';

const verificationPath = '/api/audit/verification';

/** The seals, the latest first. */
export const sealsQuery = infiniteQueryOptions({
  queryKey: ['seals'],
  queryFn: ({ pageParam, signal }) =>
    request<List<Seal>>('/api/seals', { query: { limit: 15, cursor: pageParam }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }) => next ?? undefined,
});

/** The verification that is under way, asked for again until it has ended, or the last one. */
export const verificationQuery = queryOptions({
  queryKey: ['verification'],
  queryFn: ({ signal }) => request<Verification>(verificationPath, { signal }),
  refetchInterval: ({ state: { data } }) => (data?.state === 'running' ? 1000 : false),
});

/** Begins a verification. */
export function useVerify() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => request<Verification>(verificationPath, { method: 'POST', body: {} }),
    onSuccess: (begun) => queryClient.setQueryData(verificationQuery.queryKey, begun),
  });
}
