import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type {
  Application,
  ApplicationEventInput,
  ApplicationInput,
  ApplicationPatch,
  Certificate,
  Evidence,
} from '../../../../schemas/types.d.ts';
import { request, requestAll } from '../../api/client.ts';
import type { List, Query } from '../../api/client.ts';
import { createIdempotencyKey } from '../../api/idempotency-key.ts';
import { useChange } from '../../api/use-change.ts';

const soonMs = 700;

/** Applications that the caller may see, the one that is due first first, page by page. */
export const applicationsQuery = (query: Query) =>
  infiniteQueryOptions({
    queryKey: ['applications', query],
    queryFn: ({ pageParam, signal }) =>
      request<List<Application>>('/api/applications', {
        query: { sort: 'deadline', ...query, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });

/** One application; asked again until what was approved is in the register. */
export const applicationQuery = (id: string) =>
  queryOptions({
    queryKey: ['application', id],
    queryFn: ({ signal }) => request<Application>(pathOf(id), { signal }),
    refetchInterval: ({ state: { data } }) => (data?.status === 'approved' && !data.outcome ? soonMs : false),
  });

/** What is known of the files of an application. */
export const evidenceQuery = (id: string) =>
  queryOptions({
    queryKey: ['application', id, 'evidence'],
    queryFn: ({ signal }) => requestAll<Evidence>('/api/evidence', { use: `application:${id}` }, signal),
  });

/** The valid certificates of a scheme that the supplier holds. */
export const heldQuery = (scheme: string, holder: string) =>
  queryOptions({
    queryKey: ['certificates', 'held', scheme, holder],
    queryFn: ({ signal }) => requestAll<Certificate>('/api/certificates', { scheme, holder, status: 'valid' }, signal),
  });

/** Begins a draft, once however often it is sent under one key. */
export function useBegin(onBegun: (begun: Application) => void) {
  return useChange(
    ({ input, key }: { input: ApplicationInput; key: string }) =>
      request<Application>('/api/applications', { method: 'POST', body: input, headers: { 'idempotency-key': key } }),
    onBegun,
  );
}

/** Lets something happen to the application, once however often it is sent under one key. */
export function useAct(id: string, onDone: () => void) {
  return useChange(
    ({ event, key }: { event: ApplicationEventInput; key: string }) =>
      request<Application>(`${pathOf(id)}/events`, {
        method: 'POST',
        body: event,
        headers: { 'idempotency-key': key },
      }),
    onDone,
  );
}

/** Changes the application over the revision that was seen. */
export function patchApplication(id: string, patch: ApplicationPatch, revision: number): Promise<Application> {
  return request(pathOf(id), { method: 'PATCH', body: patch, headers: { 'if-match': `"${revision}"` } });
}

/** Removes the content of a file that was attached by mistake. */
export function removeEvidence({ id, revision }: Pick<Evidence, 'id' | 'revision'>): Promise<Evidence> {
  return request(`/api/evidence/${id}`, {
    method: 'DELETE',
    headers: { 'if-match': `"${revision}"`, 'idempotency-key': createIdempotencyKey() },
  });
}

/** Where the content of a file is. */
export function contentPath(id: string): string {
  return `/api/evidence/${id}/content`;
}

function pathOf(id: string): string {
  return `/api/applications/${encodeURIComponent(id)}`;
}
