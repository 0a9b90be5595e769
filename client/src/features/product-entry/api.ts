import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type {
  Product,
  ProductInput,
  ProductLabels,
  ProductPatch,
  WithdrawalInput,
} from '../../../../schemas/types.d.ts';
import { request } from '../../api/client.ts';
import type { List } from '../../api/client.ts';
import { useChange } from '../../api/use-change.ts';

/** The products that wait for the operator's acceptance; a supplier's own. */
export const unreviewedQuery = infiniteQueryOptions({
  queryKey: ['products', 'unreviewed'],
  queryFn: ({ pageParam, signal }) =>
    request<List<Product>>('/api/products/unreviewed', { query: { cursor: pageParam }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }) => next ?? undefined,
});

/** Whether a certificate covers the product: then its supplier no longer changes what it is known by. */
export const isCoveredQuery = (id: string) =>
  queryOptions({
    queryKey: ['product', id, 'covered'],
    queryFn: ({ signal }) =>
      request<ProductLabels>(`${pathOf(id)}/labels`, { signal }).then(({ items }) => items.length > 0),
  });

/** Enters a product, once however often it is sent under one key. */
export function useEnterProduct(onEntered: (product: Product) => void) {
  return useChange(
    ({ input, key }: { input: ProductInput; key: string }) =>
      request<Product>('/api/products', { method: 'POST', body: input, headers: { 'idempotency-key': key } }),
    onEntered,
  );
}

/** Changes a product, unless somebody else changed it meanwhile. */
export function useAmendProduct(onAmended: () => void) {
  return useChange(
    ({ product, patch }: { product: Pick<Product, 'id' | 'revision'>; patch: ProductPatch }) =>
      request<Product>(pathOf(product.id), {
        method: 'PATCH',
        body: patch,
        headers: { 'if-match': `"${product.revision}"` },
      }),
    onAmended,
  );
}

/** Withdraws a product from a day on. */
export function useWithdrawProduct(id: string, onWithdrawn: () => void) {
  return useChange(
    ({ withdrawal, key }: { withdrawal: WithdrawalInput; key: string }) =>
      request<Product>(`${pathOf(id)}/withdrawal`, {
        method: 'POST',
        body: withdrawal,
        headers: { 'idempotency-key': key },
      }),
    onWithdrawn,
  );
}

function pathOf(id: string): string {
  return `/api/products/${encodeURIComponent(id)}`;
}
