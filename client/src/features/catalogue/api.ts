import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Certificate, CertificateEventInput, ProductLabels, Validity } from '../../../../schemas/types.d.ts';
import { request } from '../../api/client.ts';
import type { List } from '../../api/client.ts';
import { useChange } from '../../api/use-change.ts';

/** A day and, for a look back, what the register knew at a moment. */
export interface Moment {
  on: string | undefined;
  knownAt: string | undefined;
}

/** Every certificate that covers the product, and what it counts for on the day. */
export const labelsQuery = (product: string, moment: Moment) =>
  queryOptions({
    queryKey: ['labels', product, moment],
    queryFn: ({ signal }) =>
      request<ProductLabels>(`/api/products/${encodeURIComponent(product)}/labels`, { query: { ...moment }, signal }),
    placeholderData: keepPreviousData,
  });

/** Whether a certificate was valid on a day, for the product where one is asked for, and the run of days with that answer. */
export const validityQuery = (certificate: string, product: string | undefined, moment: Moment) =>
  queryOptions({
    queryKey: ['validity', certificate, product, moment],
    queryFn: ({ signal }) =>
      request<Validity>(`/api/certificates/${encodeURIComponent(certificate)}/validity`, {
        query: { product, ...moment },
        signal,
      }),
  });

/** Certificates of a scheme by their holder or their whole number: one of them may be renewed. */
export const renewableQuery = (query: { scheme: string; holder?: string; number?: string }) =>
  queryOptions({
    queryKey: ['certificates', 'renewable', query],
    queryFn: ({ signal }) =>
      request<List<Certificate>>('/api/certificates', { query: { ...query, limit: 50 }, signal }),
  });

/** Records an event of a certificate, once however often it is sent under one key. */
export function useRecordEvent(certificate: string, onRecorded: () => void) {
  return useChange(
    ({ event, key }: { event: CertificateEventInput; key: string }) =>
      request<Certificate>(`/api/certificates/${encodeURIComponent(certificate)}/events`, {
        method: 'POST',
        body: event,
        headers: { 'idempotency-key': key },
      }),
    onRecorded,
  );
}
