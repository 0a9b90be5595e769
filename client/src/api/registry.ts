import { queryOptions } from '@tanstack/react-query';
import type { Certificate, Product, RecordHistory, SearchResult } from '../../../schemas/types.d.ts';
import { request, requestAll } from './client.ts';

/** One product of the catalogue. */
export const productQuery = (id: string) =>
  queryOptions({
    queryKey: ['product', id],
    queryFn: ({ signal }) => request<Product>(`/api/products/${encodeURIComponent(id)}`, { signal }),
  });

/** One certificate with everything that happened to it. */
export const certificateQuery = (id: string) =>
  queryOptions({
    queryKey: ['certificate', id],
    queryFn: ({ signal }) => request<Certificate>(`/api/certificates/${encodeURIComponent(id)}`, { signal }),
  });

/** Every write of a certificate or a product; asked again with the record. */
export const historyQuery = (kind: 'certificate' | 'product', id: string) =>
  queryOptions({
    queryKey: [kind, id, 'history'],
    queryFn: ({ signal }) => request<RecordHistory>(`/api/${kind}s/${encodeURIComponent(id)}/history`, { signal }),
  });

/** Products of a supplier, or those that fit what is typed. */
export const holdersProductsQuery = (supplier: string, q: string) =>
  queryOptions({
    queryKey: ['products', 'to-certify', supplier, q],
    queryFn: ({ signal }) => request<SearchResult>('/api/products', { query: { supplier, q, limit: 50 }, signal }),
  });

/** A supplier's products that wait for acceptance: a certificate may be the first to name them. */
export const unreviewedOfQuery = (supplier: string) =>
  queryOptions({
    queryKey: ['products', 'unreviewed', supplier],
    queryFn: async ({ signal }) => {
      const waiting = await requestAll<Product>('/api/products/unreviewed', {}, signal);
      return waiting.filter((product) => product.supplier === supplier);
    },
  });
