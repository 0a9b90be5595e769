import type { Certificate, CertificateEvent, Validity } from '../../../schemas/types.d.ts';
import { calendar } from './days.ts';

type Reason = Validity['reason'];
type Read = Pick<Certificate, 'recordedAt' | 'validFrom' | 'validThrough' | 'products' | 'events'>;

/** The entry as it should have been made, as known at an instant: every correction written over it, one after the other. */
export function naiveEntry<T extends Pick<Certificate, 'events'>>(certificate: T, knownAt = '9999'): T {
  const corrected = certificate.events.filter(({ type, recordedAt }) => type === 'corrected' && recordedAt <= knownAt);
  return Object.assign({}, certificate, ...corrected.map((event) => ('fields' in event ? event.fields : {}))) as T;
}

/** What it says on a day: the entry, and then day by day what was amended and reissued, in the order of its recording. */
export function naiveState<T extends Pick<Certificate, 'events' | 'products' | 'holder' | 'number'>>(
  certificate: T,
  day: string,
  knownAt: string,
): T {
  let { products, holder, number } = naiveEntry(certificate, knownAt);
  const days = [...new Set(certificate.events.map(({ on }) => on))].sort();
  for (const passed of days.filter((one) => one <= day)) {
    for (const event of certificate.events) {
      if (event.on !== passed || event.recordedAt > knownAt || event.type === 'corrected') continue;
      products = event.products ?? products;
      holder = event.holder ?? holder;
      number = event.number ?? number;
    }
  }
  return { ...naiveEntry(certificate, knownAt), products, holder, number };
}

/** The contract's "Registry" read aloud, one day of the calendar after the other; it shares no code with the rules. */
function readDays(
  certificate: Read,
  { product, knownAt }: { product?: string; knownAt: string },
  visit: (day: string, reason: Reason) => boolean,
): void {
  const known = certificate.events.filter((event) => event.recordedAt <= knownAt);
  const entry = naiveEntry(certificate, knownAt);
  let { products } = entry;
  const isVoid = known.some((event) => event.type === 'revokedAbInitio');
  let isOver: 'SURRENDERED' | 'REVOKED' | null = null;
  let isSuspended = false;
  const reasonOn = (day: string): Reason => {
    if (certificate.recordedAt > knownAt) return 'NOT_KNOWN_YET';
    if (product !== undefined && !products.includes(product)) return 'PRODUCT_NOT_COVERED';
    if (day < entry.validFrom) return 'NOT_YET_VALID';
    if (isVoid) return 'REVOKED';
    if (isOver !== null) return isOver;
    if (entry.validThrough !== null && day > entry.validThrough) return 'ENDED';
    return isSuspended ? 'SUSPENDED' : 'VALID';
  };
  for (const day of calendar) {
    for (const event of known) {
      if (event.on !== day) continue;
      if (event.type === 'amended') products = event.products!;
      if (event.type === 'suspended') isSuspended = true;
      if (event.type === 'reinstated') isSuspended = false;
      if (event.type === 'surrendered') isOver = 'SURRENDERED';
      if (event.type === 'revoked') isOver = 'REVOKED';
    }
    if (!visit(day, reasonOn(day))) return;
  }
}

/** The reasons of some days, in one walk that stops after the last of them. */
export function readThese(
  certificate: Read,
  days: readonly string[],
  question: { product?: string; knownAt: string },
): Map<string, Reason> {
  const asked = new Set(days);
  const reasons = new Map<string, Reason>();
  readDays(certificate, question, (day, reason) => {
    if (asked.has(day)) reasons.set(day, reason);
    return reasons.size < asked.size;
  });
  return reasons;
}

/** Whether an event may be entered: inside the dates, known to the scheme, and the story with it makes sense. */
export function naiveAllows(
  certificate: Pick<Certificate, 'issuedOn' | 'validFrom' | 'validThrough' | 'events'>,
  canSuspend: boolean,
  event: Pick<CertificateEvent, 'type' | 'on' | 'fields'>,
): boolean {
  if (event.type === 'corrected') return naiveAllowsCorrection(certificate, event.fields!);
  const { validFrom, validThrough, events } = naiveEntry(certificate);
  if (event.on < validFrom) return false;
  if (validThrough !== null && event.on > validThrough) return false;
  if (!canSuspend && ['suspended', 'reinstated'].includes(event.type)) return false;
  if (events.some((earlier) => earlier.type === 'revokedAbInitio')) return false;
  if (event.type === 'revokedAbInitio') return true;
  const days = [...new Set([...events, event].map((one) => one.on))].sort();
  let story = '';
  for (const day of days) {
    for (const one of [...events, event].filter((candidate) => candidate.on === day)) story += `${one.type} `;
  }
  story = story.replaceAll('corrected ', '').replaceAll(/amended|reissued/g, 'changed');
  return /^(changed |suspended (changed )*reinstated )*(suspended (changed )*)?((surrendered|revoked) )?$/.test(story);
}

function naiveAllowsCorrection(
  certificate: Parameters<typeof naiveAllows>[0],
  fields: NonNullable<CertificateEvent['fields']>,
): boolean {
  const { issuedOn, validFrom, validThrough } = { ...naiveEntry(certificate), ...fields };
  if (issuedOn > validFrom || validFrom > (validThrough ?? '9999-12-31')) return false;
  const days = certificate.events.filter(({ type }) => type !== 'corrected').map(({ on }) => on);
  return days.every((day) => validFrom <= day && day <= (validThrough ?? '9999-12-31'));
}

/** The corresponding day so many months later, or the last day that its month has. */
export function naiveValidThrough(issuedOn: string, months: number): string {
  const [year, month, day] = issuedOn.split('-').map(Number);
  const count = year! * 12 + month! - 1 + months;
  const prefix = `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}-`;
  for (let candidate = day!; ; candidate -= 1) {
    const text = `${prefix}${String(candidate).padStart(2, '0')}`;
    const date = new Date(`${text}T00:00:00Z`);
    if (!Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)) return text;
  }
}
