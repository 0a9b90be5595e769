import { describe, expect, it } from '@jest/globals';
import {
  emptyCertificate,
  toCertificateInput,
  usualEnd,
} from '../../client/src/features/catalogue/entry/certificate-values.ts';
import { startValues, toEventInput } from '../../client/src/features/catalogue/events/event-values.ts';
import { defaultValidThrough } from '../../server/certificates/validity.rules.ts';
import type { Certificate } from '../../schemas/types.d.ts';

const typed = {
  ...emptyCertificate('T-LABEL'),
  number: ' 7/QD ',
  level: '2',
  holder: 'T-SUPPLIER',
  products: ['6'.repeat(24)],
  places: [
    { name: ' Cửa hàng số 7 ', province: '01', country: '' },
    { name: '', province: '', country: '' },
  ],
  issuedOn: '2026-03-01',
  source: { document: 'Danh sách (hư cấu)', url: '', seenOn: '' },
};
const certificate: Certificate = {
  id: '5'.repeat(24),
  number: '7/QD',
  scheme: 'T-LABEL',
  holder: 'T-SUPPLIER',
  products: ['6'.repeat(24)],
  places: [{ name: 'Cửa hàng số 7', province: '01' }],
  issuedOn: '2026-03-01',
  validFrom: '2026-03-01',
  validThrough: null,
  renews: '4'.repeat(24),
  source: { kind: 'issuer' },
  events: [],
  status: 'valid',
  recordedAt: '2026-03-01T00:00:00.000Z',
  changedAt: '2026-03-01T00:00:00.000Z',
  revision: 1,
};

describe('the form of a certificate', () => {
  it('sends nothing that is empty, nor what the scheme does not have; a source where it is transcribed', () => {
    const sent = { scheme: 'T-LABEL', number: '7/QD', holder: 'T-SUPPLIER', issuedOn: '2026-03-01' };
    const places = [{ name: 'Cửa hàng số 7', province: '01' }];
    expect(toCertificateInput(typed, { code: 'T-LABEL', subject: 'product', levels: [] }, false)).toEqual({
      ...sent,
      products: typed.products,
      places,
    });
    expect(toCertificateInput(typed, { code: 'T-LABEL', subject: 'organisation', levels: ['1', '2'] }, true)).toEqual({
      ...sent,
      level: '2',
      products: [],
      places,
      source: { kind: 'transcribed', document: 'Danh sách (hư cấu)' },
    });
  });

  it('foretells the last day as the register reckons it', () => {
    for (const day of ['2024-06-01', '2024-02-29', '2025-08-31', '2025-01-30', '2026-12-31']) {
      for (const months of [1, 6, 12, 24, 36, 48]) {
        expect(`${day} ${months} ${usualEnd(day, months)}`).toBe(
          `${day} ${months} ${defaultValidThrough(day, months)}`,
        );
      }
    }
    expect(usualEnd('2025-08-31', null)).toBeNull();
  });

  it('corrects places and what is renewed, and says of a correction only what differs', () => {
    const values = startValues(certificate, '2026-04-01', 'corrected');
    expect(toEventInput(values, certificate).fields).toEqual({});
    const fields = { ...values.fields, places: [], renews: '' };
    expect(toEventInput({ ...values, fields }, certificate).fields).toEqual({ places: [], renews: null });
  });
});
