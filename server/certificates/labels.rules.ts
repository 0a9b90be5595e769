import type {
  Certificate,
  LabelScheme,
  PriorityList,
  Product,
  ProductLabel,
  RecognitionAgreement,
} from '../../schemas/types.d.ts';
import { compareTiers, tierOf } from '../reference/tier.rules.ts';
import { validity } from './validity.rules.ts';

/** What a product's labels are read against: each record as it is on the day, as known at the instant. */
export interface LabelFacts {
  schemes: LabelScheme[];
  agreements: RecognitionAgreement[];
  /** The edition in force on the day. */
  edition: PriorityList | null;
}

/**
 * Every certificate that covers the product as known at an instant, with its validity on the day and what it counts for
 * there without a buyer's acceptance: valid ones first, then by tier, then as they were issued.
 */
export function labelsOf(
  product: Pick<Product, 'id' | 'group'>,
  { certificates, facts }: { certificates: Certificate[]; facts: LabelFacts },
  { on, knownAt }: { on: string; knownAt: string },
): ProductLabel[] {
  return certificates
    .filter((certificate) => certificate.products.includes(product.id) && certificate.recordedAt <= knownAt)
    .flatMap((certificate) => {
      const scheme = facts.schemes.find(({ code }) => code === certificate.scheme);
      return scheme ? [labelOf(product, { certificate, scheme, facts }, { on, knownAt })] : [];
    })
    .toSorted(
      (a, b) => Number(b.valid) - Number(a.valid) || compareTiers(a.tier, b.tier) || (a.issuedOn < b.issuedOn ? -1 : 1),
    );
}

function labelOf(
  { id, group }: Pick<Product, 'id' | 'group'>,
  { certificate, scheme, facts }: { certificate: Certificate; scheme: LabelScheme; facts: LabelFacts },
  { on, knownAt }: { on: string; knownAt: string },
): ProductLabel {
  const { valid, reason, interval, events } = validity(certificate, { product: id, on, knownAt });
  const counted = tierOf({ ...facts, scheme, certificate, group, on });
  const { number, level, holder, issuedOn, validFrom, validThrough, demo } = certificate;
  return {
    certificate: certificate.id,
    number,
    scheme: scheme.code,
    schemeName: scheme.name,
    ...(level !== undefined && { level }),
    holder,
    issuedOn,
    validFrom,
    validThrough,
    validUntil: interval?.through ?? null,
    valid,
    reason,
    tier: valid ? counted.tier : null,
    tierReason: valid ? counted.reason : 'NOT_VALID',
    events,
    ...(demo && { demo }),
  };
}
