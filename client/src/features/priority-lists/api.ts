import { queryOptions } from '@tanstack/react-query';
import type {
  PriorityList,
  PriorityListCorrectionInput,
  PriorityListDiff,
  PriorityListInput,
  PriorityListPatch,
} from '../../../../schemas/types.d.ts';
import { request } from '../../api/client.ts';
import { useChange } from '../../api/use-change.ts';

/** One edition by its code. */
export const editionByCodeQuery = (code: string) =>
  queryOptions({
    queryKey: ['editions', code],
    queryFn: ({ signal }) => request<PriorityList>(pathOf(code), { signal }),
  });

/** What changes between two editions. */
export const diffQuery = (code: string, other: string) =>
  queryOptions({
    queryKey: ['editions', code, 'diff', other],
    queryFn: ({ signal }) => request<PriorityListDiff>(`${pathOf(code)}/diff`, { query: { with: other }, signal }),
  });

/** How many recorded purchases have their basis date in these days. */
export const purchasesBetweenQuery = (days: { from: string; to: string | undefined }) =>
  queryOptions({
    queryKey: ['purchases-between', days],
    queryFn: ({ signal }) =>
      request<{ total: number }>('/api/purchases', { query: { ...days, limit: 1 }, signal }).then(({ total }) => total),
  });

/** Drafts an edition, once however often it is sent under one key. */
export function useDraftEdition() {
  return useChange(({ input, key }: { input: PriorityListInput; key: string }) =>
    request<PriorityList>('/api/priority-lists', {
      method: 'POST',
      body: input,
      headers: { 'idempotency-key': key },
    }),
  );
}

/** Changes a draft, unless somebody else changed it meanwhile; `onSaved` is told before the page is asked for again. */
export function useChangeDraft(code: string, onSaved: (saved: PriorityList) => void) {
  return useChange(
    ({ patch, revision }: { patch: PriorityListPatch; revision: number }) =>
      request<PriorityList>(pathOf(code), { method: 'PATCH', body: patch, headers: { 'if-match': `"${revision}"` } }),
    onSaved,
  );
}

/** Publishes a draft: purchases in its days are decided again. */
export function usePublish(code: string, onPublished: () => void) {
  return useChange(
    (key: string) =>
      request<PriorityList>(`${pathOf(code)}/publication`, {
        method: 'POST',
        body: {},
        headers: { 'idempotency-key': key },
      }),
    onPublished,
  );
}

/** Corrects a published edition: purchases in its days are decided again. */
export function useCorrectEdition(code: string, onCorrected: () => void) {
  return useChange(
    ({ correction, key }: { correction: PriorityListCorrectionInput; key: string }) =>
      request<PriorityList>(`${pathOf(code)}/corrections`, {
        method: 'POST',
        body: correction,
        headers: { 'idempotency-key': key },
      }),
    onCorrected,
  );
}

function pathOf(code: string): string {
  return `/api/priority-lists/${encodeURIComponent(code)}`;
}
