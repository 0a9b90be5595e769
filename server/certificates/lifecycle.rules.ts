import type {
  Certificate,
  CertificateEvent,
  CertificateInput,
  CorrectedFields,
  CriteriaDocument,
  LabelScheme,
  Organisation,
  Product,
} from '../../schemas/types.d.ts';
import { inOrder, standingAfter, type Standing } from './standing.rules.ts';
import { asEntered, stateOn } from './state.rules.ts';
import { defaultValidThrough } from './validity.rules.ts';

/** Why the register does not take an entry, and the place in its body (a JSON pointer) that is wrong. */
export interface Refusal {
  code: string;
  pointer: string;
}

type NewEvent = Pick<CertificateEvent, 'type' | 'on'>;
type Dated = Pick<Certificate, 'validFrom' | 'validThrough' | 'events'>;
type Scheme = Pick<LabelScheme, 'code' | 'subject' | 'levels' | 'validityMonths'>;

/** What the register holds about what an entry names; `criterion` and `renews` where it names one. */
export interface Surroundings {
  scheme: Scheme;
  criterion?: Pick<CriteriaDocument, 'scheme' | 'groups'> & Partial<Pick<CriteriaDocument, 'versions'>>;
  products: Pick<Product, 'id' | 'group' | 'supplier' | 'authorised'>[];
  holder: Pick<Organisation, 'code'>;
  renews?: Pick<Certificate, 'id' | 'scheme' | 'issuedOn'>;
}

/**
 * Why an event cannot be entered, or null: it lies in the certificate's own dates, its scheme knows it, and with it in
 * its place the whole history is still one that can have happened (a late entry may contradict a later event).
 * The Vietnam Ecolabel knows no suspension (Decree 08/2022 art. 148). A correction is about the entry, on any day.
 */
export function refuseEvent(
  certificate: Dated,
  scheme: Pick<LabelScheme, 'canSuspend'>,
  event: NewEvent,
): Refusal | null {
  if (event.type === 'corrected') return null;
  const { validFrom, validThrough, events } = asEntered(certificate);
  if (event.on < validFrom) return { code: 'EVENT_BEFORE_START', pointer: '/on' };
  if (validThrough !== null && event.on > validThrough) return { code: 'EVENT_AFTER_END', pointer: '/on' };
  const isAboutSuspension = event.type === 'suspended' || event.type === 'reinstated';
  if (isAboutSuspension && !scheme.canSuspend) return { code: 'SCHEME_CANNOT_SUSPEND', pointer: '/type' };
  return canHappen(events, event) ? null : { code: 'EVENT_NOT_POSSIBLE', pointer: '/type' };
}

/**
 * Why a certificate cannot be entered, or null. Every day, level, product and criterion of the body is checked against
 * the scheme and the records that it names.
 */
export function refuseCertificate(input: CertificateInput, surroundings: Surroundings): Refusal | null {
  return (
    refuseDates(input, surroundings) ??
    refuseLevel(input, surroundings) ??
    refuseProducts(input, surroundings) ??
    refuseCriterion(surroundings) ??
    refuseRenewal(input, surroundings)
  );
}

/**
 * Why the products of an amendment cannot be entered, or null: like those of an entry, but those that the certificate
 * covers on the day already are not asked about again.
 */
export function refuseAmendment(
  certificate: Pick<Certificate, 'events' | 'products'>,
  { on, products }: { on: string; products: string[] },
  surroundings: Surroundings,
): Refusal | null {
  const covered = stateOn(certificate, on).products;
  const added = { ...surroundings, products: surroundings.products.filter(({ id }) => !covered.includes(id)) };
  const criterion = refuseCriterion(added);
  return refuseProducts({ products }, added) ?? (criterion && { ...criterion, pointer: '/products' });
}

/**
 * Why a correction of the entry cannot be entered, or null: what it says is checked like an entry, as far as it says
 * something, and the events that were entered must still be possible inside the corrected dates.
 */
export function refuseCorrection(
  certificate: Certificate,
  fields: CorrectedFields,
  surroundings: Surroundings,
): Refusal | null {
  const corrected = { ...asEntered(certificate), ...fields } as CertificateInput;
  const says = (...names: (keyof CorrectedFields)[]) => names.some((name) => fields[name] !== undefined);
  const refusal =
    (says('issuedOn', 'validFrom', 'validThrough') ? refuseDays(corrected) : null) ??
    (says('level') ? refuseLevel({ level: corrected.level ?? undefined }, surroundings) : null) ??
    (says('products', 'holder') ? refuseProducts(corrected, surroundings) : null) ??
    (says('products', 'criterion') ? refuseCriterion(surroundings) : null) ??
    (says('renews', 'issuedOn') ? refuseRenewal(corrected, surroundings) : null);
  if (refusal) return { ...refusal, pointer: `/fields${refusal.pointer}` };
  const { validFrom = corrected.issuedOn, validThrough = null } = corrected;
  const isInside = ({ on }: NewEvent) => validFrom <= on && (validThrough === null || on <= validThrough);
  const dated = certificate.events.filter(({ type }) => type !== 'corrected');
  return dated.every(isInside) ? null : { code: 'CORRECTION_CONTRADICTS_EVENT', pointer: '/fields' };
}

/**
 * The fields of a correction with what follows from a corrected day of issue: a start on that day and an end by the
 * scheme's months move with it, unless the correction says otherwise.
 */
export function completeCorrection(
  certificate: Certificate,
  fields: CorrectedFields,
  { validityMonths }: Pick<LabelScheme, 'validityMonths'>,
): CorrectedFields {
  const { issuedOn } = fields;
  if (issuedOn === undefined) return fields;
  const before = asEntered(certificate);
  const movesStart = fields.validFrom === undefined && before.validFrom === before.issuedOn;
  const movesEnd =
    fields.validThrough === undefined &&
    before.validThrough !== null &&
    before.validThrough === defaultValidThrough(before.issuedOn, validityMonths);
  return {
    ...fields,
    ...(movesStart && { validFrom: issuedOn }),
    ...(movesEnd && { validThrough: defaultValidThrough(issuedOn, validityMonths) }),
  };
}

function canHappen(events: NewEvent[], event: NewEvent): boolean {
  if (events.some(({ type }) => type === 'revokedAbInitio')) return false;
  let standing: Standing | null = 'valid';
  for (const { type } of inOrder([...events, event].filter((one) => one.type !== 'corrected'))) {
    standing = standingAfter(standing, type);
    if (standing === null) return false;
  }
  return true;
}

function refuseDates(input: CertificateInput, { scheme }: Surroundings): Refusal | null {
  const { issuedOn, validThrough = defaultValidThrough(issuedOn, scheme.validityMonths) } = input;
  return refuseDays({ ...input, validThrough });
}

function refuseDays({
  issuedOn,
  validFrom = issuedOn,
  validThrough = null,
}: Pick<CertificateInput, 'issuedOn' | 'validFrom'> & { validThrough?: string | null }): Refusal | null {
  if (validFrom < issuedOn) return { code: 'STARTS_BEFORE_ISSUE', pointer: '/validFrom' };
  if (validThrough !== null && validThrough < validFrom) return { code: 'ENDS_BEFORE_START', pointer: '/validThrough' };
  return null;
}

function refuseLevel({ level }: { level?: string | undefined }, { scheme: { levels } }: Surroundings): Refusal | null {
  const isKnown = level === undefined ? levels.length === 0 : levels.includes(level);
  return isKnown ? null : { code: 'LEVEL_UNKNOWN', pointer: '/level' };
}

function refuseProducts(
  input: Pick<CertificateInput, 'products'>,
  { scheme, products, holder }: Surroundings,
): Refusal | null {
  const hasProducts = input.products.length > 0;
  if (scheme.subject === 'organisation') {
    return hasProducts ? { code: 'SCHEME_TAKES_NO_PRODUCTS', pointer: '/products' } : null;
  }
  if (!hasProducts) return { code: 'PRODUCTS_REQUIRED', pointer: '/products' };
  const foreign = products.find(
    ({ supplier, authorised }) => supplier !== holder.code && !authorised.includes(holder.code),
  );
  if (foreign === undefined) return null;
  return { code: 'NOT_THE_HOLDERS_PRODUCT', pointer: `/products/${input.products.indexOf(foreign.id)}` };
}

function refuseCriterion({ scheme, criterion, products }: Surroundings): Refusal | null {
  if (criterion === undefined) return null;
  if (criterion.scheme !== scheme.code) return { code: 'CRITERION_OF_OTHER_SCHEME', pointer: '/criterion' };
  const isForAll = products.every(({ group }) => criterion.groups.includes(group));
  return isForAll ? null : { code: 'CRITERION_NOT_FOR_GROUP', pointer: '/criterion' };
}

/** A renewal follows an earlier certificate of its own scheme. */
function refuseRenewal(
  { issuedOn }: Pick<CertificateInput, 'issuedOn'>,
  { scheme, renews }: Surroundings,
): Refusal | null {
  if (renews === undefined) return null;
  if (renews.scheme !== scheme.code) return { code: 'RENEWS_OTHER_SCHEME', pointer: '/renews' };
  return renews.issuedOn < issuedOn ? null : { code: 'RENEWS_LATER', pointer: '/renews' };
}
