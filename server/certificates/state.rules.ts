import type { Certificate, CertificateEvent } from '../../schemas/types.d.ts';
import { accreditationEnd, type Accreditation, type Issued } from './accreditation.rules.ts';
import { criterionEnd, type Endings } from './ending.rules.ts';
import { inOrder } from './standing.rules.ts';

/** A certificate as it is recorded: what was entered, and its events. What it says on a day is read from both. */
type Recorded = Pick<Certificate, 'events'> &
  Partial<Issued> & {
    criterion?: string;
    validThrough?: string | null;
    endings?: Endings;
    accreditation?: Accreditation;
  };
type Covering = Recorded & Pick<Certificate, 'products'>;

/** From this day until the next run begins, the certificate covers these products. */
interface CoverageRun {
  from: string;
  products: string[];
}

/** Everything that a certificate ever said, corrected or not: what a change of it may bear on. */
export interface Reach {
  products: string[];
  holders: string[];
  numbers: string[];
  /** Certificates that it renews, or was once said to renew. */
  renews: string[];
  /** The first day that it was ever said to be valid. */
  from: string;
}

/** Anything that says something of a certificate: its entry, an event, the fields of a correction. */
interface Said {
  products?: string[];
  holder?: string;
  number?: string;
  renews?: string | null;
}

/** No instant of a record lies behind it: everything that is recorded is known. */
const END_OF_KNOWLEDGE = '9999-12-31T23:59:59.999Z';

/** No last day lies behind it. */
const END_OF_DAYS = '9999-12-31';

/** Stands for "since ever", because a run of days always begins on one. */
const FIRST_DAY = '0001-01-01';

/** The events known at an instant, in the order in which they take effect; all of them without an instant. */
export function knownEvents({ events }: Recorded, knownAt: string = END_OF_KNOWLEDGE): CertificateEvent[] {
  return events.length === 0 ? [] : inOrder(events.filter(({ recordedAt }) => recordedAt <= knownAt));
}

/**
 * The entry without the mistakes that were known at an instant: what a correction says holds from the start of the
 * certificate, the one recorded last over earlier ones. A correction changes the entry, never a later event. The last
 * valid day is never after the `certificatesEndOn` of its criteria document, nor after what its scheme makes of the end of
 * its body's accreditation.
 */
export function asEntered<T extends Recorded>(certificate: T, knownAt: string = END_OF_KNOWLEDGE): T {
  const corrections = certificate.events.filter(
    ({ type, recordedAt }) => type === 'corrected' && recordedAt <= knownAt,
  );
  if (corrections.length === 0) return endedEarlier(certificate, knownAt);
  const corrected: Record<string, unknown> = { ...certificate };
  for (const [name, value] of corrections.flatMap(({ fields = {} }) => Object.entries(fields))) {
    // Only an end can be null on a certificate ("open"); any other null says that there is no such thing.
    if (value === null && name !== 'validThrough') delete corrected[name];
    else corrected[name] = value;
  }
  return endedEarlier(corrected as T, knownAt);
}

function endedEarlier<T extends Recorded>(certificate: T, knownAt: string): T {
  const { criterion, endings, accreditation, scheme, issuedOn, validThrough } = certificate;
  const endingsOfIt = (criterion && endings?.[criterion]) || [];
  if (endingsOfIt.length === 0 && !accreditation) return certificate;
  const byCriterion = criterionEnd(endingsOfIt, knownAt);
  const issued = accreditation &&
    scheme !== undefined &&
    issuedOn !== undefined && { ...certificate, scheme, issuedOn };
  const byAccreditation = issued ? accreditationEnd(issued, accreditation, knownAt) : undefined;
  let ended = certificate;
  let last = validThrough ?? END_OF_DAYS;
  for (const [endedBy, end = END_OF_DAYS] of [
    ['criterion', byCriterion],
    ['accreditation', byAccreditation],
  ] as const) {
    if (end >= last) continue;
    last = end;
    ended = { ...certificate, validThrough: end, endedBy };
  }
  return ended;
}

/**
 * What a certificate says on a day, as known at an instant: its entry without mistakes, with the products of the last
 * amendment and the holder and number of the last reissues until that day; of one day, the last recorded.
 */
export function stateOn<T extends Recorded>(certificate: T, on: string, knownAt: string = END_OF_KNOWLEDGE): T {
  const entered = asEntered(certificate, knownAt);
  const changes = knownEvents(certificate, knownAt).filter((event) => isChange(event) && event.on <= on);
  if (changes.length === 0) return entered;
  return Object.assign(
    {},
    entered,
    ...changes.map(({ products, holder, number }) => given({ products, holder, number })),
  );
}

/** The products that it covers, from day to day, as known at an instant. */
export function coverageRuns(certificate: Covering, knownAt: string = END_OF_KNOWLEDGE): CoverageRun[] {
  // Nothing but an event changes what it covers.
  if (certificate.events.length === 0) return [{ from: FIRST_DAY, products: certificate.products }];
  const amendments = knownEvents(certificate, knownAt).flatMap(({ type, on, products }) =>
    type === 'amended' && products ? [{ from: on, products }] : [],
  );
  return [{ from: FIRST_DAY, products: asEntered(certificate, knownAt).products }, ...amendments];
}

/** Whether it covers the product on any day, as known at an instant. */
export function coversEver(certificate: Covering, product: string, knownAt?: string): boolean {
  return coverageRuns(certificate, knownAt).some(({ products }) => products.includes(product));
}

/** What it says on any day, as known now: by this a list finds it. */
export function everyState<T extends Recorded>(certificate: T): T[] {
  const days = certificate.events.filter(isChange).map(({ on }) => on);
  return [FIRST_DAY, ...days].map((day) => stateOn(certificate, day));
}

/** Everything that it ever said, in any state of knowledge. */
export function reachOf(
  certificate: Pick<Certificate, 'events' | 'products' | 'holder' | 'number' | 'validFrom'> & { renews?: string },
): Reach {
  const said: Said[] = [
    certificate,
    ...certificate.events,
    ...certificate.events.flatMap(({ fields }) => fields ?? []),
  ];
  const every = (name: 'holder' | 'number' | 'renews') => unique(said.flatMap((one) => one[name] ?? []));
  const starts = certificate.events.flatMap(({ fields }) => fields?.validFrom ?? []);
  return {
    products: productsEver(certificate),
    holders: every('holder'),
    numbers: every('number'),
    renews: every('renews'),
    from: [certificate.validFrom, ...starts].reduce((first, day) => (day < first ? day : first)),
  };
}

/** The products that it ever named, in any state of knowledge. */
export function productsEver({ products, events }: Pick<Certificate, 'products' | 'events'>): string[] {
  if (events.length === 0) return products;
  const said: Said[] = [...events, ...events.flatMap(({ fields }) => fields ?? [])];
  return unique([...products, ...said.flatMap((one) => one.products ?? [])]);
}

function isChange({ type }: CertificateEvent): boolean {
  return type === 'amended' || type === 'reissued';
}

function given(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function unique(values: string[]): string[] {
  return [...new Set(values)];
}
