import type {
  Certificate,
  CertificateEntry,
  CertificateEvent,
  CertificateEventInput,
  CertificateSource,
  CorrectedFields,
  LabelScheme,
  RevocationCause,
} from '../../../../../schemas/types.d.ts';
import { placeValues, toPlaces, toSource } from '../fields/entry-values.ts';
import type { EntryValues } from '../fields/entry-values.ts';

type EventType = CertificateEventInput['type'];

/** An event while it is typed: shaped like the wire, so that a pointer is a field. */
export interface EventValues {
  type: EventType;
  on: string;
  reason: string;
  cause: RevocationCause | '';
  products: string[];
  holder: string;
  number: string;
  fields: EntryValues;
}

const endings: EventType[] = ['surrendered', 'revoked', 'revokedAbInitio'];

/**
 * The events that can be recorded for a day, by how the certificate stands on it: the server has the last word, but nothing
 * is offered that it refuses for certain.
 */
export function eventsOffered(
  certificate: Pick<Certificate, 'events'>,
  scheme: Pick<LabelScheme, 'canSuspend' | 'subject'>,
  on: string,
): EventType[] {
  const standing = standingOn(certificate.events, on);
  if (standing === 'revokedAbInitio') return ['corrected'];
  if (standing === 'revoked' || standing === 'surrendered') return ['revokedAbInitio', 'corrected'];
  return [
    ...(standing === 'suspended' ? (['reinstated'] as const) : []),
    ...endings,
    ...(scheme.canSuspend && standing !== 'suspended' ? (['suspended'] as const) : []),
    ...(scheme.subject === 'product' ? (['amended'] as const) : []),
    'reissued',
    'corrected',
  ];
}

/** A form for an event of the day; what the certificate says stands in it to be changed. */
export function startValues(certificate: Certificate, on: string, type: EventType): EventValues {
  return {
    type,
    on,
    reason: '',
    cause: '',
    products: certificate.products,
    holder: '',
    number: '',
    fields: entryValues(certificate.entry ?? certificate),
  };
}

/** What is sent: only what belongs to the type, and of a correction only what differs from the entry. */
export function toEventInput(values: EventValues, certificate: Certificate): CertificateEventInput {
  const { type, on, reason, cause, products, holder, number, fields } = values;
  const event = { type, on, reason: reason.trim() };
  if (type === 'amended') return { ...event, products };
  if (type === 'revoked' || type === 'revokedAbInitio') return { ...event, ...(cause !== '' && { cause }) };
  if (type === 'reissued') {
    return { ...event, ...(holder !== '' && { holder }), ...(number.trim() !== '' && { number: number.trim() }) };
  }
  if (type === 'corrected') return { ...event, fields: correctedFields(certificate.entry ?? certificate, fields) };
  return event;
}

/** Whether the event says nothing that its type needs: a reissue without holder and number, a correction without a change. */
export function saysNothing(event: CertificateEventInput): boolean {
  if (event.type === 'reissued') return event.holder === undefined && event.number === undefined;
  return event.type === 'corrected' && Object.keys(event.fields ?? {}).length === 0;
}

function standingOn(events: CertificateEvent[], on: string): EventType | undefined {
  if (events.some(({ type }) => type === 'revokedAbInitio')) return 'revokedAbInitio';
  const turns = events.filter(
    (event) => event.on <= on && ['suspended', 'reinstated', ...endings].includes(event.type),
  );
  return turns.toSorted((a, b) => (a.on < b.on ? -1 : Number(a.on > b.on))).at(-1)?.type;
}

function entryValues(entry: CertificateEntry | Certificate): EntryValues {
  const { number, criterion = '', level = '', holder, products, issuedOn, validFrom, validThrough, source } = entry;
  const { document = '', url = '', seenOn = '' } = source;
  return {
    number,
    criterion,
    level,
    holder,
    products,
    places: placeValues(entry.places),
    issuedOn,
    validFrom,
    validThrough: validThrough ?? '',
    renews: entry.renews ?? '',
    source: { document, url, seenOn },
  };
}

const clearable = new Set(['criterion', 'level', 'validThrough', 'renews']);

function correctedFields(entry: CertificateEntry | Certificate, typed: EntryValues): CorrectedFields {
  const { kind } = entry.source;
  const before = onTheWire(entryValues(entry), kind);
  const changed = Object.entries(onTheWire(typed, kind)).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(Reflect.get(before, field)),
  );
  return Object.fromEntries(
    changed.map(([field, value]) => [field, value === '' && clearable.has(field) ? null : value]),
  );
}

function onTheWire({ places, source, ...values }: EntryValues, kind: CertificateSource['kind']) {
  return { ...values, places: toPlaces(places), source: toSource(kind, source) };
}
