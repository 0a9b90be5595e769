import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ShareQuery, ShareReport } from '../../../../schemas/types.d.ts';
import { request } from '../../api/client.ts';

/** The green share with everything it rests on; while the server still works later knowledge in, it is asked again. */
export const shareQuery = (query: ShareQuery) =>
  queryOptions({
    queryKey: ['share', query],
    queryFn: ({ signal }) => request<ShareReport>('/api/share', { query: { ...query }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.pending === true ? 3000 : false),
  });
