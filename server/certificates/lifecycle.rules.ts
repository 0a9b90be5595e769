import type {
  Certificate,
  CertificateEvent,
  CertificateInput,
  CriteriaDocument,
  LabelScheme,
  Organisation,
  Product,
} from '../../schemas/types.d.ts';
import { inOrder, standingAfter, type Standing } from './standing.rules.ts';
import { defaultValidThrough } from './validity.rules.ts';

/** Why the register does not take an entry, and the place in its body (a JSON pointer) that is wrong. */
export interface Refusal {
  code: string;
  pointer: string;
}

type NewEvent = Pick<CertificateEvent, 'type' | 'on'>;

/** What the register holds about the certificate that is to be entered; `criterion` where the body names one. */
interface Surroundings {
  scheme: Pick<LabelScheme, 'code' | 'subject' | 'levels' | 'validityMonths'>;
  criterion?: Pick<CriteriaDocument, 'scheme' | 'groups'>;
  products: Pick<Product, 'id' | 'group' | 'supplier' | 'authorised'>[];
  holder: Pick<Organisation, 'code'>;
}

/**
 * Why an event cannot be entered, or null: it lies in the certificate's own dates, its scheme knows it, and with it in
 * its place the whole history is still one that can have happened (a late entry may contradict a later event).
 * The Vietnam Ecolabel knows no suspension (Decree 08/2022 art. 148).
 */
export function refuseEvent(
  certificate: Pick<Certificate, 'validFrom' | 'validThrough' | 'events'>,
  scheme: Pick<LabelScheme, 'canSuspend'>,
  event: NewEvent,
): Refusal | null {
  const { validFrom, validThrough, events } = certificate;
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
    refuseCriterion(surroundings)
  );
}

function canHappen(events: NewEvent[], event: NewEvent): boolean {
  if (events.some(({ type }) => type === 'revokedAbInitio')) return false;
  let standing: Standing | null = 'valid';
  for (const { type } of inOrder([...events, event])) {
    standing = standingAfter(standing, type);
    if (standing === null) return false;
  }
  return true;
}

function refuseDates(input: CertificateInput, { scheme }: Surroundings): Refusal | null {
  const { issuedOn, validFrom = issuedOn } = input;
  if (validFrom < issuedOn) return { code: 'STARTS_BEFORE_ISSUE', pointer: '/validFrom' };
  const validThrough = input.validThrough ?? defaultValidThrough(issuedOn, scheme.validityMonths);
  if (validThrough !== null && validThrough < validFrom) return { code: 'ENDS_BEFORE_START', pointer: '/validThrough' };
  return null;
}

function refuseLevel({ level }: CertificateInput, { scheme: { levels } }: Surroundings): Refusal | null {
  const isKnown = level === undefined ? levels.length === 0 : levels.includes(level);
  return isKnown ? null : { code: 'LEVEL_UNKNOWN', pointer: '/level' };
}

function refuseProducts(input: CertificateInput, { scheme, products, holder }: Surroundings): Refusal | null {
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
