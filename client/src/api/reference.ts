import { queryOptions } from '@tanstack/react-query';
import type {
  CriteriaDocument,
  LabelScheme,
  Organisation,
  PriorityList,
  ProductGroup,
  Province,
  RecognitionAgreement,
  Target,
} from '../../../schemas/types.d.ts';
import { request, requestAll } from './client.ts';
import type { List } from './client.ts';

const slow = { staleTime: 5 * 60_000 };

/** Every label scheme. */
export const schemesQuery = queryOptions({
  queryKey: ['schemes'],
  queryFn: ({ signal }) => requestAll<LabelScheme>('/api/schemes', {}, signal),
  ...slow,
});

/** Every product group. */
export const groupsQuery = queryOptions({
  queryKey: ['groups'],
  queryFn: ({ signal }) => requestAll<ProductGroup>('/api/groups', {}, signal),
  ...slow,
});

/** Every criteria document. */
export const criteriaQuery = queryOptions({
  queryKey: ['criteria'],
  queryFn: ({ signal }) => requestAll<CriteriaDocument>('/api/criteria', {}, signal),
  ...slow,
});

/** Every agreement by which foreign labels count as the national one. */
export const agreementsQuery = queryOptions({
  queryKey: ['agreements'],
  queryFn: ({ signal }) => requestAll<RecognitionAgreement>('/api/agreements', {}, signal),
  ...slow,
});

/** Every organisation of one kind. */
export const organisationsQuery = (kind: Organisation['kind']) =>
  queryOptions({
    queryKey: ['organisations', kind],
    queryFn: ({ signal }) => requestAll<Organisation>('/api/organisations', { kind }, signal),
    ...slow,
  });

/** One organisation by its code. */
export const organisationQuery = (code: string) =>
  queryOptions({
    queryKey: ['organisation', code],
    queryFn: ({ signal }) => request<Organisation>(`/api/organisations/${encodeURIComponent(code)}`, { signal }),
    ...slow,
  });

/** Suppliers whose name begins so. */
export const suppliersQuery = (q: string) =>
  queryOptions({
    queryKey: ['suppliers', q],
    queryFn: ({ signal }) =>
      request<List<Organisation>>('/api/organisations', { query: { kind: 'supplier', q, limit: 50 }, signal }),
    staleTime: 60_000,
  });

/** The provinces of a day. */
export const provincesQuery = (on: string | undefined) =>
  queryOptions({
    queryKey: ['provinces', on],
    queryFn: ({ signal }) => requestAll<Province>('/api/provinces', { on }, signal),
    ...slow,
  });

/** The dated goals for the national share. */
export const targetsQuery = queryOptions({
  queryKey: ['targets'],
  queryFn: ({ signal }) => requestAll<Target>('/api/targets', {}, signal),
  ...slow,
});

/** The edition of the priority list in force on a day. */
export const editionQuery = (on: string) =>
  queryOptions({
    queryKey: ['edition', on],
    queryFn: ({ signal }) => request<PriorityList>('/api/priority-lists/in-force', { query: { on }, signal }),
    retry: false,
    ...slow,
  });

/** Every edition that the reader may see: the published ones, drafts for operator and auditor. */
export const editionsQuery = queryOptions({
  queryKey: ['editions'],
  queryFn: ({ signal }) => requestAll<PriorityList>('/api/priority-lists', {}, signal),
});
