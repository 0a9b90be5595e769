import type {
  Certificate,
  LabelScheme,
  PriorityList,
  ProductLabel,
  RecognitionAgreement,
} from '../../schemas/types.d.ts';
import { rememberedOf } from '../core/remembered.rules.ts';
import { compareTiers, tierOf } from '../reference/tier.rules.ts';
import { asEntered, coversEver, stateOn } from './state.rules.ts';
import { validity } from './validity.rules.ts';

/** What a product's labels are read against: each record as it is on the day, as known at the instant. */
export interface LabelFacts {
  schemes: LabelScheme[];
  agreements: RecognitionAgreement[];
  /** The edition in force on the day. */
  edition: PriorityList | null;
}

/** The certificates to read labels from, those that renew one of them, and the law. */
export interface LabelSources {
  certificates: Certificate[];
  renewals: Certificate[];
  facts: LabelFacts;
}

interface Moment {
  on: string;
  knownAt: string;
}

/**
 * Every certificate that ever covers the product as known at an instant, with its validity on the day and what it counts
 * for there without a buyer's acceptance: valid ones first, then by tier, then as they were issued.
 */
export function labelsOf(
  product: { id: string; group: string },
  { certificates, ...around }: LabelSources,
  moment: Moment,
): ProductLabel[] {
  return certificates
    .filter(
      (certificate) => certificate.recordedAt <= moment.knownAt && coversEver(certificate, product.id, moment.knownAt),
    )
    .flatMap((certificate) => labelOf(certificate, { ...around, product }, moment))
    .toSorted(byMerit);
}

/**
 * Every certificate of an organisation and its places as known at an instant, with its validity on the day, where the
 * organisation holds it on that day. Certificates of products are not among them.
 */
export function labelsOfHolder(
  organisation: string,
  { certificates, ...around }: LabelSources,
  moment: Moment,
): ProductLabel[] {
  const ofOrganisations = new Set(
    around.facts.schemes.filter(({ subject }) => subject === 'organisation').map(({ code }) => code),
  );
  return certificates
    .filter(({ scheme, recordedAt }) => ofOrganisations.has(scheme) && recordedAt <= moment.knownAt)
    .filter((certificate) => stateOn(certificate, moment.on, moment.knownAt).holder === organisation)
    .flatMap((certificate) => labelOf(certificate, around, moment))
    .toSorted(byMerit);
}

/** Ids of the certificates that renew a certificate, as known at an instant, in the order in which they were recorded. */
export function renewalsOf(id: string, certificates: Certificate[], knownAt: string): string[] {
  return certificates
    .filter((certificate) => certificate.recordedAt <= knownAt && asEntered(certificate, knownAt).renews === id)
    .map((certificate) => certificate.id)
    .toSorted();
}

const schemesByCode = rememberedOf(
  (schemes: LabelScheme[]): ReadonlyMap<string, LabelScheme> => new Map(schemes.map((scheme) => [scheme.code, scheme])),
);

function labelOf(
  recorded: Certificate,
  { product, renewals, facts }: Omit<LabelSources, 'certificates'> & { product?: { id: string; group: string } },
  { on, knownAt }: Moment,
): ProductLabel[] {
  const scheme = schemesByCode(facts.schemes).get(recorded.scheme);
  if (scheme === undefined) return [];
  const certificate = stateOn(recorded, on, knownAt);
  const { valid, reason, interval, events } = validity(recorded, { product: product?.id, on, knownAt });
  const counted = tierOf({ ...facts, scheme, certificate, group: product?.group, on });
  const { id, number, level, criterion, holder, places, issuedOn, validFrom, validThrough, renews, source, demo } =
    certificate;
  const renewedBy = renewalsOf(id, renewals, knownAt);
  const label = {
    certificate: id,
    number,
    scheme: scheme.code,
    schemeName: scheme.name,
    ...(level !== undefined && { level }),
    ...(criterion !== undefined && { criterion }),
    holder,
    ...(places !== undefined && { places }),
    issuedOn,
    validFrom,
    validThrough,
    validUntil: interval?.through ?? null,
    ...(renews !== undefined && { renews }),
    ...(renewedBy.length > 0 && { renewedBy }),
    source,
    valid,
    reason,
    tier: valid ? counted.tier : null,
    tierReason: valid ? counted.reason : ('NOT_VALID' as const),
    events,
    ...(demo && { demo }),
  };
  return [label];
}

/** Valid ones first, then by tier, day of issue and number; the id keeps two alike in one order. */
function byMerit(a: ProductLabel, b: ProductLabel): number {
  return (
    Number(b.valid) - Number(a.valid) ||
    compareTiers(a.tier, b.tier) ||
    compare(a.issuedOn, b.issuedOn) ||
    compare(a.number, b.number) ||
    compare(a.certificate, b.certificate)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
