import type { Certificate, CertificateEvent } from '../../schemas/types.d.ts';

/** A certificate of the scheme ECO as the register keeps it, for one product and three years; override what matters. */
export function aStoredCertificate(over: Partial<Certificate> = {}): Certificate {
  return {
    id: 'c1',
    number: '1/QĐ',
    scheme: 'ECO',
    holder: 'maker',
    products: ['p1'],
    source: { kind: 'issuer' },
    issuedOn: '2024-06-01',
    validFrom: '2024-06-01',
    validThrough: '2027-06-01',
    events: [],
    status: 'valid',
    recordedAt: '2024-06-02T00:00:00.000Z',
    changedAt: '2024-06-02T00:00:00.000Z',
    revision: 1,
    ...over,
  };
}

/** Something that happened to a certificate on a day, and when the register was told. */
export function anEvent(type: CertificateEvent['type'], on: string, recordedAt: string): CertificateEvent {
  return { type, on, reason: 'x', recordedAt };
}
