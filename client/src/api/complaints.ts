import { queryOptions } from '@tanstack/react-query';
import type { ComplaintKind, ComplaintStanding } from '../../../schemas/types.d.ts';
import { request } from './client.ts';

/** How the reports about a record stand. */
export const complaintsAboutQuery = (kind: ComplaintKind, id: string) =>
  queryOptions({
    queryKey: ['complaints', 'about', kind, id],
    queryFn: ({ signal }) =>
      request<ComplaintStanding>(`/api/${kind}s/${encodeURIComponent(id)}/complaints`, { signal }),
  });
