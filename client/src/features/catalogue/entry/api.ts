import { queryOptions } from '@tanstack/react-query';
import type {
  Certificate,
  CertificateInput,
  LabelScheme,
  MeActor,
  Organisation,
} from '../../../../../schemas/types.d.ts';
import { request, requestAll } from '../../../api/client.ts';
import { useChange } from '../../../api/use-change.ts';

/** The schemes in which the caller registers certificates: a body its own, the operator every one. */
export const certifiableQuery = ({ role, org = '' }: Pick<MeActor, 'role' | 'org'>) =>
  queryOptions({
    queryKey: ['schemes', 'certifiable', role, org],
    queryFn: async ({ signal }) => {
      const schemes = await requestAll<LabelScheme>('/api/schemes', {}, signal);
      if (role === 'operator') return schemes;
      const path = `/api/organisations/${encodeURIComponent(org)}`;
      const { mayCertify = [] } = await request<Organisation>(path, { signal });
      return schemes.filter(({ code }) => mayCertify.some(({ scheme }) => scheme === code));
    },
  });

/** Registers a certificate, once however often it is sent under one key. */
export function useRegisterCertificate(onRegistered: (certificate: Certificate) => void) {
  return useChange(
    ({ input, key }: { input: CertificateInput; key: string }) =>
      request<Certificate>('/api/certificates', { method: 'POST', body: input, headers: { 'idempotency-key': key } }),
    onRegistered,
  );
}
