import { queryOptions } from '@tanstack/react-query';
import type { Certificate, Product, RecordHistory } from '../../../schemas/types.d.ts';
import { request } from './client.ts';

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
