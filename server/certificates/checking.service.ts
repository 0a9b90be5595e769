import type {
  Certificate,
  CertificateEvent,
  CertificateEventInput,
  CertificateInput,
  LabelScheme,
} from '../../schemas/types.d.ts';
import type { Records } from '../core/records.ts';
import type { Actor } from '../core/route.ts';
import type { Accreditation } from './accreditation.rules.ts';
import type { Endings } from './ending.rules.ts';
import {
  bodyOf,
  refuse,
  refuseOutsideMandate,
  surroundingsOf,
  writableScheme,
  type EntryParts,
} from './entry.service.ts';
import {
  completeCorrection,
  refuseAmendment,
  refuseCertificate,
  refuseCorrection,
  refuseEvent,
} from './lifecycle.rules.ts';
import { asEntered, stateOn } from './state.rules.ts';
import { toStoredCertificate, type StoredCertificate } from './stored.rules.ts';
import { defaultValidThrough } from './validity.rules.ts';

/** What an entry or an event is checked against. */
export interface CheckingParts extends EntryParts {
  records: Pick<Records<StoredCertificate>, 'get'>;
}

/** A certificate before it is recorded, with the ends that its criteria document set. */
type CheckedEntry = Omit<Certificate, 'id' | 'revision' | 'recordedAt' | 'changedAt'> & {
  groups: string[];
  endings: Endings;
  accreditation?: Accreditation;
};

/** The certificate as it would be entered. @throws Problem 403, 422 */
export async function checkedEntry(parts: CheckingParts, actor: Actor, input: CertificateInput): Promise<CheckedEntry> {
  const { records } = parts;
  const scheme = await writableScheme(parts, actor, input.scheme);
  const surroundings = await surroundingsOf({ ...parts, certificate: records.get }, scheme, input);
  const { issuedOn, criterion } = input;
  const endings = criterion === undefined ? {} : { [criterion]: surroundings.criterion?.versions ?? [] };
  const groups = surroundings.products.map(({ group }) => group);
  await refuseOutsideMandate(parts, actor, { scheme: scheme.code, groups, on: issuedOn, at: '/issuedOn' });
  refuse(refuseCertificate(input, surroundings));
  const body = await bodyOf(parts, actor, { ...input, body: input.body, at: '/body' });
  const named = { scheme: scheme.code, events: [], ...(body !== undefined && { body }) };
  const accreditation = await parts.accreditation(named);
  return {
    ...input,
    ...(body !== undefined && { body }),
    ...(accreditation && { accreditation }),
    groups: [...new Set(groups)],
    validFrom: input.validFrom ?? issuedOn,
    validThrough: input.validThrough ?? defaultValidThrough(issuedOn, scheme.validityMonths),
    source: input.source ?? { kind: actor.role === 'operator' ? ('transcribed' as const) : ('issuer' as const) },
    events: [],
    status: 'valid' as const,
    endings,
  };
}

/** The certificate with the event. @throws Problem 403, 422 */
export async function withEvent(
  parts: CheckingParts,
  before: StoredCertificate,
  { actor, event, now }: { actor: Actor; event: CertificateEventInput; now: string },
): Promise<StoredCertificate> {
  const scheme = await writableScheme(parts, actor, before.scheme);
  const covered = await parts.products([...stateOn(before, event.on).products, ...(event.products ?? [])]);
  const groups = [...covered.values()].map(({ group }) => group);
  await refuseOutsideMandate(parts, actor, { scheme: scheme.code, groups, on: event.on, at: '/on' });
  const checked = { ...(await checkedEvent(parts, before, { actor, scheme, event })), recordedAt: now };
  const events = [...before.events, checked];
  // A correction may name another body.
  const accreditation = await parts.accreditation({ ...before, events });
  const covers = { groups: [...new Set([...(before.groups ?? []), ...groups])] };
  return toStoredCertificate({ ...before, ...covers, accreditation, changedAt: now, events }, now);
}

/** The event as it is recorded. @throws Problem 422 */
async function checkedEvent(
  parts: CheckingParts,
  before: StoredCertificate,
  { actor, scheme, event }: { actor: Actor; scheme: LabelScheme; event: CertificateEventInput },
): Promise<Omit<CertificateEvent, 'recordedAt'>> {
  refuse(refuseEvent(before, scheme, event));
  const around = { ...parts, certificate: parts.records.get };
  const { type, on, products, holder, fields } = event;
  if (type === 'amended' && products) {
    const surroundings = await surroundingsOf(around, scheme, { ...stateOn(before, on), products, renews: null });
    refuse(refuseAmendment(before, { on, products }, surroundings));
  }
  if (type === 'reissued' && holder) await surroundingsOf(around, scheme, { holder, products: [] });
  if (type !== 'corrected' || !fields) return event;
  const complete = completeCorrection(before, fields, scheme);
  if (complete.body !== undefined)
    await bodyOf(parts, actor, { scheme: scheme.code, body: complete.body, at: '/fields/body' });
  const surroundings = await surroundingsOf(around, scheme, { ...asEntered(before), ...complete, at: '/fields' });
  refuse(refuseCorrection(before, complete, surroundings));
  return { ...event, fields: complete };
}
