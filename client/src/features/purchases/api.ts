import { infiniteQueryOptions, queryOptions, useMutation } from '@tanstack/react-query';
import type { ClaimEntry, CorrectionInput, Purchase, PurchaseInput } from '../../../../schemas/types.d.ts';
import { request } from '../../api/client.ts';
import type { List, Query } from '../../api/client.ts';
import { useChange } from '../../api/use-change.ts';

/** The recorded purchases that the caller may see, page by page. */
export const purchasesQuery = (query: Query) =>
  infiniteQueryOptions({
    queryKey: ['purchases', query],
    queryFn: ({ pageParam, signal }) =>
      request<List<Purchase>>('/api/purchases', { query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });

/** One purchase with every line, decision and correction. */
export const purchaseQuery = (id: string) =>
  queryOptions({
    queryKey: ['purchase', id],
    queryFn: ({ signal }) => request<Purchase>(`/api/purchases/${encodeURIComponent(id)}`, { signal }),
  });

/** What purchases claim of a scheme that the register lacks, page by page. */
export const claimsQuery = (scheme: string) =>
  infiniteQueryOptions({
    queryKey: ['claims', scheme],
    queryFn: ({ pageParam, signal }) =>
      request<List<ClaimEntry>>(`/api/schemes/${encodeURIComponent(scheme)}/claims`, {
        query: { cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });

/** Decides every line and writes nothing. */
export function usePreview() {
  return useMutation({
    mutationFn: (input: PurchaseInput) =>
      request<Purchase>('/api/purchases', { method: 'POST', query: { preview: true }, body: input }),
  });
}

/** Records a purchase, once however often it is sent under one key. */
export function useRecordPurchase() {
  return useChange(({ input, key }: { input: PurchaseInput; key: string }) =>
    request<Purchase>('/api/purchases', { method: 'POST', body: input, headers: { 'idempotency-key': key } }),
  );
}

/** What a correction would make of the purchase; writes nothing. */
export function useCorrectionPreview(id: string) {
  return useMutation({
    mutationFn: (correction: CorrectionInput) =>
      request<Purchase>(`/api/purchases/${encodeURIComponent(id)}/corrections`, {
        method: 'POST',
        query: { preview: true },
        body: correction,
      }),
  });
}

/** Takes lines back and records new ones, or cancels the whole purchase. */
export function useCorrectPurchase(id: string) {
  return useChange(({ correction, key }: { correction: CorrectionInput; key: string }) =>
    request<Purchase>(`/api/purchases/${encodeURIComponent(id)}/corrections`, {
      method: 'POST',
      body: correction,
      headers: { 'idempotency-key': key },
    }),
  );
}
