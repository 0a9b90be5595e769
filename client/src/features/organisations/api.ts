import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Organisation, OrganisationChange, OrganisationInput, Scorecard } from '../../../../schemas/types.d.ts';
import { request, requestAll } from '../../api/client.ts';
import type { List, Query } from '../../api/client.ts';
import { useChange } from '../../api/use-change.ts';

/** One organisation as it was on a day; today without one. */
export const organisationOnQuery = (code: string, on: string | undefined) =>
  queryOptions({
    queryKey: ['organisation', code, 'on', on],
    queryFn: ({ signal }) => request<Organisation>(pathOf(code), { query: { on }, signal }),
  });

/** How a certification body works, in figures. */
export const scorecardQuery = (code: string) =>
  queryOptions({
    queryKey: ['organisation', code, 'scorecard'],
    queryFn: ({ signal }) => request<Scorecard>(`${pathOf(code)}/scorecard`, { signal }),
  });

/** Agencies directly below on a day. */
export const belowQuery = (code: string, on: string | undefined) =>
  queryOptions({
    queryKey: ['organisations', 'below', code, on],
    queryFn: ({ signal }) => requestAll<Organisation>('/api/organisations', { parent: code, on }, signal),
  });

/** Organisations that fit, page by page. */
export const organisationListQuery = (query: Query) =>
  infiniteQueryOptions({
    queryKey: ['organisations', 'list', query],
    queryFn: ({ pageParam, signal }) =>
      request<List<Organisation>>('/api/organisations', { query: { ...query, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });

/** Enters an organisation, once however often it is sent under one key. */
export function useEnterOrganisation(onEntered: (organisation: Organisation) => void) {
  return useChange(
    ({ input, key }: { input: OrganisationInput; key: string }) =>
      request<Organisation>('/api/organisations', { method: 'POST', body: input, headers: { 'idempotency-key': key } }),
    onEntered,
  );
}

/** Puts the organisation as it is to stand, unless somebody else changed it meanwhile. */
export function useChangeOrganisation(code: string) {
  return useChange(({ change, revision }: { change: OrganisationChange; revision: number }) =>
    request<Organisation>(pathOf(code), {
      method: 'PUT',
      body: change,
      headers: { 'if-match': `"${revision}"` },
    }),
  );
}

function pathOf(code: string): string {
  return `/api/organisations/${encodeURIComponent(code)}`;
}
