import { describe, expect, it } from '@jest/globals';
import type { Certificate, PriorityList } from '../../schemas/types.d.ts';
import { evidenceOf } from '../../server/purchases/claim.rules.ts';
import { decide, type DecidableLine, type Facts } from '../../server/purchases/decision.rules.ts';
import { decisionHistory } from '../../server/purchases/history.rules.ts';
import { aStoredCertificate } from '../support/facts.ts';
import { schemes } from './arbitraries.ts';

const knownAt = '2026-06-01T00:00:00.000Z';
const claim = { scheme: 'ECO', number: '7/QĐ' };

const aCertificateOfClaim = (over: Partial<Certificate> = {}): Certificate => aStoredCertificate({ ...claim, ...over });

function anEdition(obligation: 'mandatory' | 'preferred'): PriorityList {
  return {
    id: 'E1',
    code: 'E1',
    title: { vi: 'x' },
    legalBasis: 'x',
    effectiveFrom: '2024-01-01',
    status: 'published',
    entries: [{ group: 'lamp', obligation, accepts: [{ scheme: 'ECO' }] }],
    publishedAt: '2023-12-01T00:00:00.000Z',
    recordedAt: '2023-11-01T00:00:00.000Z',
    revision: 1,
  };
}

const facts = (certificates: Certificate[], editions: PriorityList[] = []): Facts => ({
  certificates,
  schemes,
  editions,
  agreements: [],
  taxCodes: {},
});
const line = (more: Partial<DecidableLine>): DecidableLine => ({
  group: 'lamp',
  basisDate: '2026-03-14',
  supplier: {},
  ...more,
});
const decided = (more: Partial<DecidableLine>, known: Facts) => {
  const { status, reasons } = decide(line(more), known, knownAt);
  return [status, ...reasons];
};

describe('a line that claims a certificate', () => {
  it('is unknown while the register lacks the number', () => {
    expect(decided({ product: 'p1', labelClaim: claim }, facts([]))).toEqual(['unknown', 'CLAIM_NOT_REGISTERED']);
    expect(decided({ labelClaim: claim }, facts([]))).toEqual(['unknown', 'CLAIM_NOT_REGISTERED', 'NO_PRODUCT_GIVEN']);
    const another = [
      aCertificateOfClaim({ number: '8/QĐ', products: ['p2'] }),
      aCertificateOfClaim({ scheme: 'BLUE', id: 'c2' }),
    ];
    expect(decided({ product: 'p9', labelClaim: claim }, facts(another))).toEqual(['unknown', 'CLAIM_NOT_REGISTERED']);
  });

  it('is green by another certificate of its product all the same', () => {
    const known = facts([aCertificateOfClaim({ number: '8/QĐ' })]);
    expect(decided({ product: 'p1', labelClaim: claim }, known)).toEqual(['green']);
  });

  it('is not green where the certificate, claimed or accepted, covers other products', () => {
    const known = facts([aCertificateOfClaim({ products: ['p2'] })]);
    expect(decided({ product: 'p1', labelClaim: claim }, known)).toEqual(['notGreen', 'PRODUCT_NOT_COVERED']);
    expect(decided({ product: 'p1', equivalence: { certificate: 'c1' } }, known)).toEqual([
      'notGreen',
      'PRODUCT_NOT_COVERED',
    ]);
  });

  it('stays unknown without a product, though the number is registered: a certificate names several models', () => {
    expect(decided({ labelClaim: claim }, facts([aCertificateOfClaim()]))).toEqual(['unknown', 'NO_PRODUCT_GIVEN']);
  });

  it('is decided again when the number is registered later, known from the certificate’s recordedAt', () => {
    const registered = '2026-05-01T00:00:00.000Z';
    const recordedAt = '2026-03-15T00:00:00.000Z';
    const history = decisionHistory(
      { ...line({ product: 'p1', labelClaim: claim }), recordedAt },
      facts([aCertificateOfClaim({ recordedAt: registered })]),
      knownAt,
    );
    expect(history.map(({ status, knownFrom }) => [status, knownFrom])).toEqual([
      ['unknown', recordedAt],
      ['green', registered],
    ]);
  });
});

describe('works and consulting', () => {
  it('carry no label without product or claim', () => {
    expect(decided({ nature: 'works' }, facts([]))).toEqual(['notGreen', 'NO_LABEL_POSSIBLE']);
    expect(decided({ nature: 'consulting' }, facts([]))).toEqual(['notGreen', 'NO_LABEL_POSSIBLE']);
    expect(decided({ nature: 'mixed' }, facts([]))).toEqual(['unknown', 'NO_PRODUCT_GIVEN']);
    expect(decided({ nature: 'works', product: 'p1' }, facts([aCertificateOfClaim()]))).toEqual(['green']);
    expect(decided({ nature: 'works', labelClaim: claim }, facts([]))).toEqual([
      'unknown',
      'CLAIM_NOT_REGISTERED',
      'NO_PRODUCT_GIVEN',
    ]);
  });
});

describe('a line of a mandatory group', () => {
  const mandatory = [anEdition('mandatory')];

  it('carries REASON_MISSING beside its status where it is neither green nor exempt', () => {
    expect(decided({ product: 'p1' }, facts([], mandatory))).toEqual(['notGreen', 'NO_CERTIFICATE', 'REASON_MISSING']);
    expect(decided({}, facts([], mandatory))).toEqual(['unknown', 'NO_PRODUCT_GIVEN', 'REASON_MISSING']);
    expect(decided({ product: 'p1' }, facts([aCertificateOfClaim()], mandatory))).toEqual(['green']);
    expect(decided({ exemption: {} }, facts([], mandatory))).toEqual(['unknown', 'NO_PRODUCT_GIVEN']);
    expect(decided({}, facts([], [anEdition('preferred')]))).toEqual(['unknown', 'NO_PRODUCT_GIVEN']);
    expect(decided({ group: 'fan' }, facts([], mandatory))).toEqual(['unknown', 'NO_PRODUCT_GIVEN']);
    expect(decided({ basisDate: '2023-12-31' }, facts([], mandatory))).toEqual(['unknown', 'NO_PRODUCT_GIVEN']);
  });
});

describe('what certificates are found by', () => {
  it('is each product, claim and acceptance once', () => {
    const lines = [{ product: 'p1', labelClaim: claim }, { product: 'p1', labelClaim: { ...claim } }, {}];
    const accepted = { equivalence: { certificate: 'c1' } };
    expect(evidenceOf([...lines, accepted, accepted])).toEqual({ products: ['p1'], claims: [claim], accepted: ['c1'] });
  });
});
