import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Complaint, ComplaintContact, ComplaintEventInput, ComplaintInput } from '../../../../schemas/types.d.ts';
import { request } from '../../api/client.ts';
import type { List } from '../../api/client.ts';
import { useChange } from '../../api/use-change.ts';

/** Which reports the queue shows. */
export interface QueueFilter {
  open: boolean;
  late: boolean;
}

/** The reports that concern the caller. */
export const queueQuery = ({ open, late }: QueueFilter) =>
  infiniteQueryOptions({
    queryKey: ['complaints', 'queue', open, late],
    queryFn: ({ pageParam, signal }) =>
      request<List<Complaint>>('/api/complaints', {
        query: { open, late: late || undefined, limit: 20, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });

/** One report, by its id or its number. */
export const complaintQuery = (name: string) =>
  queryOptions({
    queryKey: ['complaint', name],
    queryFn: ({ signal }) => request<Complaint>(`/api/complaints/${encodeURIComponent(name)}`, { signal }),
  });

/** How the reporter is reached; asked for only once the operator opens it. */
export const contactQuery = (id: string) =>
  queryOptions({
    queryKey: ['complaint', id, 'contact'],
    queryFn: ({ signal }) => request<ComplaintContact>(`/api/complaints/${id}/contact`, { signal }),
    retry: false,
  });

/** Sends a report. */
export const useReport = (onSent: (complaint: Complaint) => void) =>
  useChange(
    ({ input, key }: { input: ComplaintInput; key: string }) =>
      request<Complaint>('/api/complaints', { method: 'POST', body: input, headers: { 'idempotency-key': key } }),
    onSent,
  );

/** Lets something happen to a report. */
export const useComplaintEvent = (id: string, onDone: () => void) =>
  useChange(
    ({ event, key }: { event: ComplaintEventInput; key: string }) =>
      request<Complaint>(`/api/complaints/${id}/events`, {
        method: 'POST',
        body: event,
        headers: { 'idempotency-key': key },
      }),
    onDone,
  );

/** Forgets how the reporter is reached. */
export const useForgetContact = (id: string) =>
  useChange(() => request<null>(`/api/complaints/${id}/contact`, { method: 'DELETE' }));
