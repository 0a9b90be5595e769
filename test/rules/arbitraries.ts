import * as fc from 'fast-check';
import type {
  Certificate,
  CertificateEvent,
  LabelScheme,
  PriorityList,
  RecognitionAgreement,
} from '../../schemas/types.d.ts';
import type { DecidableLine, Facts } from '../../server/purchases/decision.rules.ts';
import { dated } from '../support/dated.ts';
import { dayNumber, dayText, daysAfter } from './naive/days.ts';
import { naiveAllows, naiveEntry, naiveValidThrough } from './naive/validity.ts';

const steps = 60;
const sharpDays = ['2024-01-31', '2024-02-29', '2024-08-31', '2024-12-31', '2025-02-28', '2025-03-31', '2028-02-29'];
const text = { vi: 'x' };
const record = { source: '', recordedAt: '2020-01-01T00:00:00.000Z', revision: 1 };

/** Moments 20 days apart, so that knowledge and calendar run beside each other. */
export function instantOf(step: number): string {
  return `${daysAfter('2024-01-01', step * 20)}T05:00:00.000Z`;
}

export const anInstant: fc.Arbitrary<string> = fc.nat(steps + 2).map(instantOf);

/** Any day around the register's life, month ends more often than chance has it. */
export const aDay: fc.Arbitrary<string> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...sharpDays) },
  { weight: 3, arbitrary: fc.integer({ min: dayNumber('2023-12-01'), max: dayNumber('2027-12-31') }).map(dayText) },
);

/** A term in months, a printed end after so many days, or none. */
type Term = { months: number } | { days: number } | null;

const aTerm: fc.Arbitrary<Term> = fc.oneof(
  fc.constantFrom(36, 36, 36, 12, 6, 1).map((months) => ({ months })),
  fc.integer({ min: 0, max: 700 }).map((days) => ({ days })),
  fc.constant(null),
);

interface Says {
  products: string[];
  holder: string;
  number: string;
  /** Which fields a correction names, and by how many days it moves the dates. */
  corrects: 'products' | 'holder' | 'start' | 'end' | 'noEnd' | 'issue';
  shift: number;
}

const someChanges: fc.Arbitrary<Says> = fc.record({
  products: fc.subarray(['p1', 'p2', 'p3'], { minLength: 1 }),
  holder: fc.constantFrom('maker', 'brand'),
  number: fc.constantFrom('1/QĐ', '0/QĐ', '2/QĐ'),
  corrects: fc.constantFrom('products', 'holder', 'start', 'end', 'noEnd', 'issue'),
  shift: fc.integer({ min: -60, max: 60 }),
});

/** An event that somebody tries to enter: where in the certificate's dates, and how long after the last entry. */
interface Attempt {
  type: CertificateEvent['type'];
  place: 'start' | 'end' | 'again' | 'between';
  position: number;
  wait: number;
  /** What an amendment, a reissue or a correction says. */
  says: Says;
  /** Days beside the place. */
  slip?: number;
}

export const anAttempt: fc.Arbitrary<Attempt> = fc.record({
  type: fc.oneof(
    { weight: 8, arbitrary: fc.constant('suspended' as const) },
    { weight: 5, arbitrary: fc.constant('reinstated' as const) },
    { weight: 4, arbitrary: fc.constantFrom('surrendered' as const, 'revoked' as const) },
    { weight: 1, arbitrary: fc.constant('revokedAbInitio' as const) },
    {
      weight: 6,
      arbitrary: fc.constantFrom('amended' as const, 'reissued' as const, 'corrected' as const, 'corrected' as const),
    },
  ),
  place: fc.constantFrom('start', 'end', 'again', 'between', 'between', 'between'),
  position: fc.nat(1000),
  wait: fc.constantFrom(0, 0, 1, 2, 5, 12),
  says: someChanges,
});

/** The event of an attempt, whether or not the register would take it. */
export function eventOf(
  attempt: Attempt,
  certificate: Pick<Certificate, 'issuedOn' | 'validFrom' | 'validThrough' | 'events' | 'recordedAt'>,
): CertificateEvent {
  const { events, recordedAt } = certificate;
  const { validFrom, validThrough } = naiveEntry(certificate);
  const end = validThrough ?? daysAfter(validFrom, 1000);
  const between = dayText(
    dayNumber(validFrom) + Math.round(((dayNumber(end) - dayNumber(validFrom)) * attempt.position) / 1000),
  );
  const places = { start: validFrom, end, again: events.at(-1)?.on ?? between, between };
  const last = (events.at(-1) ?? { recordedAt }).recordedAt;
  return {
    type: attempt.type,
    on: daysAfter(places[attempt.place], attempt.slip ?? 0),
    reason: 'x',
    recordedAt: `${daysAfter(last.slice(0, 10), attempt.wait * 20)}${last.slice(10)}`,
    ...payloadOf(attempt, certificate),
  };
}

function payloadOf(
  { type, says }: Attempt,
  certificate: Pick<Certificate, 'issuedOn' | 'validFrom' | 'validThrough' | 'events'>,
): Pick<CertificateEvent, 'products' | 'holder' | 'number' | 'fields'> {
  const { products, holder, number, corrects, shift } = says;
  if (type === 'amended') return { products };
  if (type === 'reissued') return shift < 0 ? { holder } : { holder, number };
  if (type !== 'corrected') return {};
  const { issuedOn, validFrom, validThrough } = naiveEntry(certificate);
  const said = {
    products: { products },
    holder: { holder, number },
    start: { validFrom: daysAfter(validFrom, shift) },
    end: { validThrough: daysAfter(validThrough ?? daysAfter(validFrom, 1000), shift) },
    noEnd: { validThrough: null },
    issue: { issuedOn: daysAfter(issuedOn, -Math.abs(shift)) },
  };
  return { fields: said[corrects] };
}

/** A certificate with a history that the register would have taken, entry by entry. */
export function aCertificate(
  more: fc.Arbitrary<Partial<Certificate>> = fc.constant({}),
  mostAttempts = 12,
): fc.Arbitrary<Certificate> {
  return fc
    .record({
      issuedOn: aDay,
      delay: fc.oneof(fc.constant(0), fc.nat(40)),
      term: aTerm,
      recorded: fc.nat(25),
      attempts: fc.array(anAttempt, { maxLength: mostAttempts, size: 'max' }),
      more,
    })
    .map(({ issuedOn, delay, term, recorded, attempts, more: given }): Certificate => {
      const validFrom = daysAfter(issuedOn, delay);
      const certificate: Certificate = {
        id: 'c',
        number: '1/QĐ',
        scheme: 'ECO',
        holder: 'maker',
        products: ['p1'],
        source: { kind: 'issuer' },
        issuedOn,
        validFrom,
        validThrough: endOf({ issuedOn, validFrom }, term),
        events: [],
        status: 'valid',
        recordedAt: instantOf(recorded),
        changedAt: instantOf(recorded),
        revision: 1,
      };
      Object.assign(certificate, given);
      for (const attempt of attempts) {
        const event = eventOf(attempt, certificate);
        if (naiveAllows(certificate, true, event)) certificate.events.push(event);
      }
      return certificate;
    });
}

function endOf({ issuedOn, validFrom }: { issuedOn: string; validFrom: string }, term: Term): string | null {
  if (term === null) return null;
  if ('days' in term) return daysAfter(validFrom, term.days);
  const end = naiveValidThrough(issuedOn, term.months);
  return end < validFrom ? validFrom : end;
}

/** Days on which an answer about the certificate may turn, and their neighbours. */
export function turningDays({ validFrom, validThrough, events }: Certificate): string[] {
  const days = [validFrom, ...(validThrough === null ? [] : [validThrough]), ...events.map(({ on }) => on)];
  return [...new Set(days.flatMap((day) => [daysAfter(day, -1), day, daysAfter(day, 1)]))];
}

function aScheme(code: string, basis: LabelScheme['basis'], more: Partial<LabelScheme> = {}): LabelScheme {
  const rules = { validityMonths: 36, canSuspend: true, website: null, isoType: 'I' as const };
  const known = { name: text, owner: text, plain: text, subject: 'product' as const, levels: [] };
  return dated<LabelScheme>({ code, basis, ...known, ...rules, ...record, ...more });
}

/** One scheme of each standing. */
export const schemes: LabelScheme[] = [
  aScheme('ECO', 'statutory'),
  aScheme('OLD', 'legacy-transitional'),
  aScheme('STAR', 'statutory-preference', { levels: ['1', '2', '3', '4', '5'] }),
  aScheme('BLUE', 'equivalent-buyer-decides'),
  aScheme('INFO', 'information-only'),
  aScheme('SHOP', 'statutory', { subject: 'organisation' }),
];

/** The schemes with what became known of some of them later: another standing from a day on, or days for it. */
const someSchemes: fc.Arbitrary<LabelScheme[]> = fc
  .array(
    fc.record({
      code: fc.constantFrom('ECO', 'OLD', 'STAR', 'BLUE', 'SHOP'),
      validFrom: fc.constantFrom('2024-02-29', '2025-01-01', '2026-03-31'),
      recordedAt: fc.nat(steps).map(instantOf),
      basis: fc.constantFrom('statutory', 'legacy-transitional', 'statutory-preference', 'information-only'),
      from: fc.constantFrom(undefined, undefined, '2024-08-31'),
      through: fc.constantFrom(undefined, undefined, '2025-12-31'),
      levels: fc.constantFrom(['1', '2', '3', '4', '5'], ['1', '2', '3', '4', '5'], ['5']),
    }),
    { maxLength: 2 },
  )
  .map((changes) =>
    schemes.map((scheme): LabelScheme => {
      const own = changes
        .filter(({ code }) => code === scheme.code)
        .toSorted((a, b) => (a.recordedAt < b.recordedAt ? -1 : 1));
      const later = own.map(({ code: _code, ...change }) => Object.assign({}, scheme.versions[0], change));
      return { ...scheme, versions: [...scheme.versions, ...later] };
    }),
  );

const aGroup = fc.constantFrom('paper', 'lamp');

const someEntries = fc.uniqueArray(
  fc.record({
    group: aGroup,
    obligation: fc.constantFrom('mandatory' as const, 'preferred' as const),
    accepts: fc.uniqueArray(
      fc.oneof(
        {
          weight: 4,
          arbitrary: fc.record({ scheme: fc.constant('STAR'), minLevel: fc.constantFrom('2', '3', '5') }),
        },
        {
          weight: 1,
          arbitrary: fc.record({
            scheme: fc.constant('STAR'),
            minLevel: fc.constantFrom('2', '3'),
            criteria: fc.subarray(['N1', 'N2'], { minLength: 1 }),
          }),
        },
        { weight: 1, arbitrary: fc.record({ scheme: fc.constantFrom('STAR', 'ECO', 'BLUE') }) },
      ),
      { selector: ({ scheme }) => scheme, minLength: 1, maxLength: 2 },
    ),
  }),
  { selector: ({ group }) => group, minLength: 1, maxLength: 2 },
);

/** What a correction says, and how long after the publication or the correction before. */
const aCorrection = fc.record({
  entries: fc.option(someEntries, { nil: undefined }),
  through: fc.constantFrom(undefined, undefined, '2025-08-31', '2026-12-31'),
  wait: fc.nat(15),
});

const anEdition: fc.Arbitrary<Omit<PriorityList, 'id' | 'code'>> = fc
  .record({
    title: fc.constant(text),
    legalBasis: fc.constant('x'),
    effectiveFrom: fc.constantFrom('2023-01-01', '2024-01-01', '2024-03-01', '2025-01-01', '2026-01-01'),
    entries: someEntries,
    status: fc.constantFrom('published' as const, 'published' as const, 'published' as const, 'draft' as const),
    publishedAt: fc.constantFrom(0, 0, 5, 20, 40).map(instantOf),
    recordedAt: fc.constant('2023-01-01T00:00:00.000Z'),
    revision: fc.constant(1),
    corrected: fc.oneof(fc.array(aCorrection, { maxLength: 0 }), fc.array(aCorrection, { maxLength: 2 })),
  })
  .map(({ corrected, ...edition }) => {
    let at = edition.publishedAt;
    const corrections = corrected.map(({ wait, ...said }) => {
      at = `${daysAfter(at.slice(0, 10), wait * 20)}${at.slice(10)}`;
      return { reason: 'x', recordedAt: at, ...said };
    });
    return corrections.length > 0 && edition.status === 'published' ? { ...edition, corrections } : edition;
  });

const anAgreement = fc
  .record({
    code: fc.constant('MRA'),
    scheme: fc.constantFrom('BLUE', 'BLUE', 'STAR', 'SHOP'),
    groups: fc.uniqueArray(aGroup, { minLength: 1, maxLength: 2 }),
    from: fc.constantFrom('2024-02-29', '2025-01-01'),
    through: fc.constantFrom(undefined, '2025-08-31', '2026-12-31'),
    document: fc.constant('x'),
    recordedAt: fc.nat(40).map(instantOf),
    revision: fc.constant(1),
    change: fc.option(
      fc.record({
        validFrom: fc.constantFrom('2024-08-31', '2025-02-28'),
        through: fc.constantFrom('2024-12-31', '2025-02-28'),
        wait: fc.nat(20),
      }),
    ),
  })
  .map(({ change, ...first }) => {
    const agreement = dated<RecognitionAgreement>(first);
    if (change === null) return agreement;
    const [version] = agreement.versions;
    const { wait, ...said } = change;
    const recordedAt = `${daysAfter(first.recordedAt.slice(0, 10), wait * 20)}${first.recordedAt.slice(10)}`;
    return { ...agreement, versions: [version!, { ...version!, ...said, recordedAt }] };
  });

const someCertificate = aCertificate(
  fc.record(
    {
      number: fc.constantFrom('1/QĐ', '2/QĐ'),
      scheme: fc.constantFrom('ECO', 'ECO', 'STAR', 'STAR', 'STAR', 'BLUE', 'BLUE', 'OLD', 'INFO', 'SHOP'),
      level: fc.constantFrom('1', '2', '3', '4', '5', '5'),
      criterion: fc.constantFrom('N1', 'N1', 'N2', 'N3'),
      holder: fc.constantFrom('maker', 'brand'),
      products: fc.constantFrom(['p1'], ['p1', 'p2'], ['p1'], ['p2', 'p1'], ['p2']),
    },
    { requiredKeys: ['number', 'scheme', 'level', 'holder', 'products'] },
  ),
  4,
);

/** Everything that decides lines of one product, with more that must not. */
export const someFacts: fc.Arbitrary<Facts> = fc
  .record({
    certificates: fc.oneof(
      { weight: 1, arbitrary: fc.constant([]) },
      { weight: 9, arbitrary: fc.array(someCertificate, { minLength: 1, maxLength: 3, size: 'max' }) },
    ),
    editions: fc.uniqueArray(anEdition, {
      minLength: 1,
      selector: ({ effectiveFrom }) => effectiveFrom,
      maxLength: 3,
      size: 'max',
    }),
    agreements: fc.array(anAgreement, { maxLength: 2 }),
    schemes: someSchemes,
    twin: fc.oneof(
      fc.constant(null),
      fc.record({ number: fc.constantFrom('1/QĐ', '2/QĐ'), holder: fc.constantFrom('maker', 'brand') }),
    ),
  })
  .map(({ certificates, editions, agreements, twin, schemes: known }) => ({
    certificates: [...certificates, ...twinsOf(certificates[0], twin)].map((certificate, at) =>
      Object.assign(certificate, { id: `c${at}` }),
    ),
    editions: editions.map((edition, at) => ({ id: `E${at}`, code: `E${at}`, ...edition })),
    agreements,
    schemes: known,
    taxCodes: { maker: '0100000001', brand: '0100000002' },
  }));

/** A second certificate issued for the same on the same day, to which nothing happens. */
function twinsOf(first: Certificate | undefined, twin: Partial<Certificate> | null): Certificate[] {
  return first === undefined || twin === null ? [] : [{ ...first, ...twin, events: [] }];
}

/** A line of product p1, or of no product; its day is often one on which some answer turns. */
function aLine({ certificates }: Facts): fc.Arbitrary<DecidableLine> {
  const turns = certificates.flatMap(turningDays);
  const events = certificates.flatMap((certificate) => certificate.events.map(({ on }) => on));
  const inside = certificates.flatMap(({ validFrom }) => [1, 20, 150].map((days) => daysAfter(validFrom, days)));
  const basisDate =
    turns.length === 0
      ? aDay
      : fc.oneof(
          { weight: 1, arbitrary: aDay },
          { weight: 2, arbitrary: fc.constantFrom(...turns, ...events) },
          { weight: 3, arbitrary: fc.constantFrom(...inside) },
        );
  return fc.record({
    product: fc.oneof({ weight: 18, arbitrary: fc.constant('p1') }, { weight: 1, arbitrary: fc.constant(undefined) }),
    group: fc.oneof({ weight: 8, arbitrary: aGroup }, { weight: 1, arbitrary: fc.constant(undefined) }),
    productKind: fc.constantFrom('good' as const, 'service' as const),
    modelDiffers: fc.oneof({ weight: 18, arbitrary: fc.constant(undefined) }, fc.constant(true as const)),
    equivalence: fc.constantFrom(undefined, { certificate: 'c0' }, { certificate: 'c1' }),
    nature: fc.constantFrom(undefined, 'goods' as const, 'works' as const, 'consulting' as const),
    labelClaim: fc.oneof(
      { weight: 9, arbitrary: fc.constant(undefined) },
      {
        weight: 1,
        arbitrary: fc.record({
          scheme: fc.constantFrom('ECO', 'STAR', 'BLUE'),
          number: fc.constantFrom('1/QĐ', '2/QĐ', '9/QĐ'),
        }),
      },
    ),
    exemption: fc.constantFrom(undefined, { code: 'NO_FIT' }),
    basisDate,
    supplier: fc.constantFrom(
      { code: 'maker' },
      { code: 'dealer' },
      { taxCode: '0100000001' },
      { code: 'dealer', taxCode: '0100000001' },
      { code: 'dealer', taxCode: '0100000009' },
      {},
    ),
  });
}

/** Facts, a line that they bear on, and a moment of knowledge, often the very moment of one of the facts. */
export const aCase: fc.Arbitrary<{ facts: Facts; line: DecidableLine; knownAt: string }> = someFacts.chain((facts) => {
  const moments = facts.certificates.flatMap(({ recordedAt, events }) => [
    recordedAt,
    ...events.map((event) => event.recordedAt),
  ]);
  const late = fc.constant(instantOf(90));
  const knownAt =
    moments.length === 0
      ? anInstant
      : fc.oneof(
          { weight: 1, arbitrary: anInstant },
          { weight: 1, arbitrary: fc.constantFrom(...moments) },
          { weight: 3, arbitrary: late },
        );
  return fc.record({ facts: fc.constant(facts), line: aLine(facts), knownAt });
});

/** Counts what the generators hit, so that a property that never meets its case fails. */
export function createTally(): {
  hit(name: string, when?: boolean): void;
  runs(): void;
  /** The cases met in less than this part of the runs, with that part. */
  below(least: number, names: string[]): { name: string; share: number }[];
} {
  const counts = new Map<string, number>();
  const hit = (name: string, when = true) => {
    if (when) counts.set(name, (counts.get(name) ?? 0) + 1);
  };
  return {
    hit,
    runs: () => hit(''),
    below: (least, names) =>
      names
        .map((name) => ({ name, share: (counts.get(name) ?? 0) / (counts.get('') ?? 1) }))
        .filter(({ share }) => share < least),
  };
}
