import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ImportMapping, ImportRow, PurchaseImport } from '../../../../schemas/types.d.ts';
import { request } from '../../api/client.ts';
import type { List } from '../../api/client.ts';

const path = '/api/purchases/imports';
const running = new Set<PurchaseImport['status']>(['queued', 'reading', 'checking', 'recording']);

/** Whether the import goes on by itself. */
export function isRunning({ status }: PurchaseImport): boolean {
  return running.has(status);
}

/** One import, asked for again every second while it runs. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['import', id],
    queryFn: ({ signal }) => request<PurchaseImport>(`${path}/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: ({ state }) => (state.data && isRunning(state.data) ? 1000 : false),
  });

/** The rows of one reading of the file, page by page. */
export const importRowsQuery = (id: string, revision: number, status: ImportRow['status'] | undefined) =>
  infiniteQueryOptions({
    queryKey: ['import', id, 'rows', revision, status],
    queryFn: ({ pageParam, signal }) =>
      request<List<ImportRow>>(rowsPath(id), { query: { status, limit: 20, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });

/** Where the rows of an import are. */
export function rowsPath(id: string): string {
  return `${path}/${encodeURIComponent(id)}/rows`;
}

/** Sends a ledger to be checked; nothing is recorded yet. */
export function useSendLedger() {
  return useMutation({
    mutationFn: ({ agency, file, key }: { agency: string; file: File; key: string }) => {
      const body = new FormData();
      body.set('agency', agency);
      body.set('dryRun', 'true');
      body.set('file', file);
      return request<PurchaseImport>(path, { method: 'POST', body, headers: { 'idempotency-key': key } });
    },
  });
}

/** Reads the kept file again, by a corrected mapping or for good. */
export function useRunImport(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: { mapping: ImportMapping; dryRun: boolean }) =>
      request<PurchaseImport>(`${path}/${encodeURIComponent(id)}/runs`, { method: 'POST', body }),
    onSuccess: (job) => queryClient.setQueryData(['import', id], job),
  });
}
