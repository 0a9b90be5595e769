import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Certificate, CertificateEvent, PriorityListEntry, RecognitionAgreement } from '../../schemas/types.d.ts';
import { decide, isSameModel, type DecidableLine, type Facts } from '../../server/purchases/decision.rules.ts';
import { dated } from '../support/dated.ts';
import { aStoredCertificate, anEvent } from '../support/facts.ts';
import { aCase, createTally, instantOf, schemes } from './arbitraries.ts';
import { naiveDecision } from './naive/decision.ts';
import { readThese } from './naive/validity.ts';

const knownAt = '2026-06-01T00:00:00.000Z';

const edition = {
  id: 'E1',
  code: 'E1',
  title: { vi: 'x' },
  legalBasis: 'x',
  effectiveFrom: '2024-01-01',
  status: 'published' as const,
  entries: [{ group: 'lamp', obligation: 'mandatory' as const, accepts: [{ scheme: 'STAR', minLevel: '4' }] }],
  publishedAt: '2023-12-01T00:00:00.000Z',
  recordedAt: '2023-11-01T00:00:00.000Z',
  revision: 1,
};

function facts(certificates: Certificate[], more: Partial<Facts> = {}): Facts {
  return { certificates, schemes, editions: [edition], agreements: [], taxCodes: { maker: '0100000001' }, ...more };
}

function aLine(more: Partial<DecidableLine> = {}): DecidableLine {
  return {
    product: 'p1',
    group: 'lamp',
    productKind: 'good',
    basisDate: '2026-03-14',
    supplier: { code: 'dealer' },
    // The edition makes the group mandatory: an exemption keeps its reason out of the way.
    exemption: { code: 'NO_FIT' },
    ...more,
  };
}

const star = (level: string) => aStoredCertificate({ id: 'c2', scheme: 'STAR', level });
const green = (tier: string, certificate: string) => ({ status: 'green', tier, certificate, reasons: [] });
const unknown = (...reasons: string[]) => ({ status: 'unknown', tier: null, reasons });
const notGreen = (...reasons: string[]) => ({ status: 'notGreen', tier: null, reasons });

describe('a line', () => {
  it.each<[string, DecidableLine, Facts, object]>([
    ['of a labelled good is green, whoever sells it', aLine(), facts([aStoredCertificate()]), green('A', 'c1')],
    [
      'without a product is unknown',
      aLine({ product: undefined }),
      facts([aStoredCertificate()]),
      unknown('NO_PRODUCT_GIVEN'),
    ],
    [
      'with another model delivered is unknown',
      aLine({ modelDiffers: true }),
      facts([aStoredCertificate()]),
      unknown('MODEL_DIFFERS'),
    ],
    ['of a product without a certificate is not green', aLine(), facts([]), notGreen('NO_CERTIFICATE')],
    [
      'is not helped by the certificate of another product',
      aLine(),
      facts([aStoredCertificate({ products: ['p2'] })]),
      notGreen('NO_CERTIFICATE'),
    ],
    [
      'on the last valid day is green',
      aLine({ basisDate: '2027-06-01' }),
      facts([aStoredCertificate()]),
      green('A', 'c1'),
    ],
    ['on the day after is not', aLine({ basisDate: '2027-06-02' }), facts([aStoredCertificate()]), notGreen('ENDED')],
    [
      'before the first valid day is not',
      aLine({ basisDate: '2024-05-31' }),
      facts([aStoredCertificate()]),
      notGreen('NOT_YET_VALID'),
    ],
    [
      'in a suspension is not',
      aLine(),
      facts([aStoredCertificate({ events: [anEvent('suspended', '2026-03-14', knownAt)] })]),
      notGreen('SUSPENDED'),
    ],
    [
      'after a surrender is not',
      aLine(),
      facts([aStoredCertificate({ events: [anEvent('surrendered', '2026-03-14', knownAt)] })]),
      notGreen('SURRENDERED'),
    ],
    [
      'of a certificate void from its start is not',
      aLine(),
      facts([aStoredCertificate({ events: [anEvent('revokedAbInitio', '2026-05-01', knownAt)] })]),
      notGreen('REVOKED'),
    ],
    [
      'bought before a revocation stays green',
      aLine(),
      facts([aStoredCertificate({ events: [anEvent('revoked', '2026-03-15', knownAt)] })]),
      green('A', 'c1'),
    ],
    ['with an energy label of the level asked for is green in tier B', aLine(), facts([star('4')]), green('B', 'c2')],
    ['with an energy label below it is not green', aLine(), facts([star('3')]), notGreen('LEVEL_TOO_LOW')],
    [
      'with two labels counts once, under the better',
      aLine(),
      facts([star('5'), aStoredCertificate()]),
      green('A', 'c1'),
    ],
    [
      'with two labels of one tier names the earlier issued',
      aLine(),
      facts([aStoredCertificate({ id: 'c3', issuedOn: '2024-06-02' }), aStoredCertificate()]),
      green('A', 'c1'),
    ],
    [
      'with two labels issued on one day names the lower number',
      aLine(),
      facts([aStoredCertificate({ id: 'c0', number: '2/QĐ' }), aStoredCertificate()]),
      green('A', 'c1'),
    ],
    [
      'with a foreign label that the buyer accepted is green in tier C',
      aLine({ equivalence: { certificate: 'c1' } }),
      facts([aStoredCertificate({ scheme: 'BLUE' })]),
      green('C', 'c1'),
    ],
    [
      'with a foreign label that nobody accepted is not green',
      aLine(),
      facts([aStoredCertificate({ scheme: 'BLUE' })]),
      notGreen('NOT_ACCEPTED'),
    ],
    [
      'names each reason once, sorted',
      aLine(),
      facts([star('3'), aStoredCertificate({ scheme: 'BLUE' }), aStoredCertificate({ scheme: 'INFO' })]),
      notGreen('LEVEL_TOO_LOW', 'NOT_ACCEPTED'),
    ],
    [
      'under a scheme that the register lacks is not green',
      aLine(),
      facts([aStoredCertificate({ scheme: 'GONE' })]),
      notGreen('NOT_ACCEPTED'),
    ],
    [
      'of a service is green from its holder',
      aLine({ productKind: 'service', supplier: { code: 'maker' } }),
      facts([aStoredCertificate()]),
      green('A', 'c1'),
    ],
    [
      'of a service is green from its holder by tax code',
      aLine({ productKind: 'service', supplier: { taxCode: '0100000001' } }),
      facts([aStoredCertificate()]),
      green('A', 'c1'),
    ],
    [
      'of a service from another firm is unknown',
      aLine({ productKind: 'service' }),
      facts([aStoredCertificate()]),
      unknown('PROVIDER_NOT_HOLDER'),
    ],
    [
      'of a service from another firm by tax code is unknown',
      aLine({ productKind: 'service', supplier: { taxCode: '0100000002' } }),
      facts([aStoredCertificate()]),
      unknown('PROVIDER_NOT_HOLDER'),
    ],
    [
      'of a service from a firm without a name is unknown, though the holder has no tax code',
      aLine({ productKind: 'service', supplier: {} }),
      facts([aStoredCertificate({ holder: 'shop' })]),
      unknown('PROVIDER_NOT_HOLDER'),
    ],
    [
      'of a service names the provider’s own label, not another’s better one',
      aLine({ productKind: 'service', supplier: { code: 'brand' } }),
      facts([aStoredCertificate(), { ...star('5'), holder: 'brand' }]),
      green('B', 'c2'),
    ],
    [
      'of a service from another firm, with a label that has ended, is not green',
      aLine({ productKind: 'service', basisDate: '2027-06-02' }),
      facts([aStoredCertificate()]),
      notGreen('ENDED'),
    ],
  ])('%s', (...[, line, known, answer]) => {
    const { status, tier, certificate, reasons } = decide(line, known, knownAt);
    expect({ status, tier, reasons, ...(certificate && { certificate }) }).toEqual(answer);
  });

  it.each<[string, Partial<DecidableLine>, boolean, string | undefined]>([
    ['of a group on the edition in force is in scope', {}, true, 'E1'],
    ['of another group is out of scope', { group: 'paper' }, false, 'E1'],
    ['without a group is out of scope', { group: undefined }, false, 'E1'],
    ['before any edition is out of scope', { basisDate: '2023-12-31' }, false, undefined],
    [
      'of a group that only the next edition has is out of scope before it',
      { group: 'fan', basisDate: '2026-03-31' },
      false,
      'E1',
    ],
    [
      'of a group that only the next edition has is in scope under it',
      { group: 'fan', basisDate: '2026-04-01' },
      true,
      'E2',
    ],
    ['of a group that only the last edition had is out of scope after it', { basisDate: '2026-04-01' }, false, 'E2'],
    ['without a product is in scope by its group', { product: undefined }, true, 'E1'],
  ])('%s', (...[, more, inScope, code]) => {
    const next = {
      ...edition,
      id: 'E2',
      code: 'E2',
      effectiveFrom: '2026-04-01',
      entries: [{ ...edition.entries[0]!, group: 'fan' }],
    };
    const verdict = decide(aLine(more), facts([], { editions: [next, edition] }), knownAt);
    expect({ inScope: verdict.inScope, edition: verdict.edition }).toEqual({ inScope, edition: code });
  });

  it('is decided by what was known: certificate, event, edition and agreement alike', () => {
    const late = '2026-05-01T00:00:00.000Z';
    const before = '2026-04-30T23:59:59.999Z';
    const statusAt = (known: Facts) => [before, late].map((instant) => decide(aLine(), known, instant).status);
    expect(statusAt(facts([aStoredCertificate({ recordedAt: late })]))).toEqual(['notGreen', 'green']);
    expect(statusAt(facts([aStoredCertificate({ events: [anEvent('revoked', '2026-03-01', late)] })]))).toEqual([
      'green',
      'notGreen',
    ]);
    expect(statusAt(facts([star('5')], { editions: [{ ...edition, publishedAt: late }] }))).toEqual([
      'notGreen',
      'green',
    ]);
    const agreement = dated<RecognitionAgreement>({
      code: 'M',
      scheme: 'BLUE',
      groups: ['lamp'],
      from: '2026-01-01',
      document: 'x',
      recordedAt: late,
      revision: 1,
    });
    expect(statusAt(facts([aStoredCertificate({ scheme: 'BLUE' })], { agreements: [agreement] }))).toEqual([
      'notGreen',
      'green',
    ]);
  });
});

describe('a line against the contract read aloud', () => {
  it('gets the same decision on 4,000 histories, in whatever order the facts come', () => {
    const seen = createTally();
    fc.assert(
      fc.property(aCase, ({ facts: known, line, knownAt: instant }) => {
        const verdict = decide(line, known, instant);
        const expected = { ...naiveDecision(line, known, instant), basisDate: line.basisDate, ruleVersion: '3' };
        const mirrored = {
          ...known,
          certificates: known.certificates.toReversed(),
          editions: known.editions.toReversed(),
        };
        expect([verdict, decide(line, mirrored, instant)]).toEqual([expected, expected]);

        seen.runs();
        seen.hit(`${verdict.status} ${verdict.tier ?? ''}`);
        for (const reason of verdict.reasons) seen.hit(reason);
        seen.hit('in scope', verdict.inScope);
        seen.hit('only in one of two editions', isInOneOfTwo(line, known));
        seen.hit('two labels that count', greenWithout(verdict.certificate, { known, line, instant }));
        seen.hit('service of its holder', line.productKind === 'service' && verdict.status === 'green');
        seen.hit(
          'service of its holder by tax code',
          line.supplier.taxCode === '0100000001' && line.productKind === 'service' && verdict.status === 'green',
        );
        seen.hit('other criteria than the edition names', otherUnderAny({ known, line, instant }) !== verdict.status);
        seen.hit(
          'on an end of an interval',
          known.certificates.some(({ validFrom, validThrough }) => [validFrom, validThrough].includes(line.basisDate)),
        );
        seen.hit(
          'reinstated by the day',
          known.certificates.some((one) => isReinstated(one, line, instant)),
        );
        seen.hit(
          'void',
          known.certificates.some(({ events }) =>
            events.some(({ type, recordedAt }) => type === 'revokedAbInitio' && recordedAt <= instant),
          ),
        );
      }),
      { numRuns: 4000 },
    );
    expect(
      seen.below(0.05, ['green A', 'notGreen ', 'unknown ', 'in scope', 'only in one of two editions', 'void']),
    ).toEqual([]);
    expect(
      seen.below(0.05, ['NO_CERTIFICATE', 'NOT_ACCEPTED', 'SUSPENDED', 'REVOKED', 'NOT_YET_VALID', 'ENDED']),
    ).toEqual([]);
    expect(
      seen.below(0.02, ['NO_PRODUCT_GIVEN', 'MODEL_DIFFERS', 'PROVIDER_NOT_HOLDER', 'on an end of an interval']),
    ).toEqual([]);
    expect(
      seen.below(0.01, [
        'CLAIM_NOT_REGISTERED',
        'PRODUCT_NOT_COVERED',
        'REASON_MISSING',
        'SURRENDERED',
        'green B',
        'two labels that count',
        'LEVEL_TOO_LOW',
        'service of its holder',
        'service of its holder by tax code',
      ]),
    ).toEqual([]);
    expect(seen.below(0.005, ['green C', 'reinstated by the day', 'NO_LABEL_POSSIBLE'])).toEqual([]);
    expect(seen.below(0.001, ['other criteria than the edition names'])).toEqual([]);
  });

  it('never gets another decision for a day and an instant when something is entered later, on 1,500 histories', () => {
    const seen = createTally();
    fc.assert(
      fc.property(aCase, ({ facts: known, line, knownAt: instant }) => {
        const then: Facts = {
          ...known,
          certificates: known.certificates
            .filter(({ recordedAt }) => recordedAt <= instant)
            .map((one) =>
              Object.assign({}, one, { events: one.events.filter(({ recordedAt }) => recordedAt <= instant) }),
            ),
          editions: known.editions.filter(({ publishedAt }) => publishedAt! <= instant),
          agreements: known.agreements.filter(({ recordedAt }) => recordedAt <= instant),
        };
        seen.runs();
        seen.hit(
          'another decision now',
          JSON.stringify(decide(line, known, instantOf(150))) !== JSON.stringify(decide(line, then, instant)),
        );
        expect(decide(line, known, instant)).toEqual(decide(line, then, instant));
      }),
      { numRuns: 1500 },
    );
    expect(seen.below(0.05, ['another decision now'])).toEqual([]);
  });
});

describe('a delivered model', () => {
  const product = { model: 'AB-100 Đỏ', aliases: ['Máy in số 5'] };

  it.each([
    ['as printed', 'AB-100 Đỏ', true],
    ['in other case, without spaces, hyphens and marks', 'ab100do', true],
    ['with decomposed marks', 'AB-100 Đỏ'.normalize('NFD'), true],
    ['that is an alias', 'MAY IN SO 5', true],
    ['in full-width letters', 'ＡＢ-100 Đỏ', true],
    ['with one letter more', 'AB-100 Đỏ S', false],
    ['with another number', 'AB-101 Đỏ', false],
    ['that is only a part of the name', 'AB-100', false],
    ['without a letter or a digit', ' - ', false],
  ])('%s is or is not the product’s', (_, model, isSame) => {
    expect(isSameModel(model, product)).toBe(isSame);
  });

  it('is not that of a product without a model', () => {
    expect(isSameModel('AB-100', { aliases: [] })).toBe(false);
    expect(isSameModel('-', { aliases: [] })).toBe(false);
  });
});

function isInOneOfTwo({ group }: DecidableLine, { editions }: Facts): boolean {
  const published = editions.filter(({ status }) => status === 'published');
  const having = published.filter(({ entries }) => entries.some((entry) => entry.group === group));
  return having.length > 0 && having.length < published.length;
}

/** The status if the editions named no criteria. */
function otherUnderAny({ known, line, instant }: { known: Facts; line: DecidableLine; instant: string }): string {
  const open = (entries: PriorityListEntry[]) =>
    entries.map((entry) => ({ ...entry, accepts: entry.accepts.map(({ criteria: _named, ...label }) => label) }));
  const editions = known.editions.map((one) => ({
    ...one,
    entries: open(one.entries),
    ...(one.corrections && {
      corrections: one.corrections.map((said) => ({ ...said, ...(said.entries && { entries: open(said.entries) }) })),
    }),
  }));
  return naiveDecision(line, { ...known, editions }, instant).status;
}

function greenWithout(
  id: string | undefined,
  { known, line, instant }: { known: Facts; line: DecidableLine; instant: string },
): boolean {
  if (id === undefined) return false;
  const others = known.certificates.filter((certificate) => certificate.id !== id);
  return naiveDecision(line, { ...known, certificates: others }, instant).status === 'green';
}

function isReinstated(certificate: Certificate, { basisDate, product }: DecidableLine, instant: string): boolean {
  const isBefore = ({ type, on, recordedAt }: CertificateEvent) =>
    type === 'reinstated' && on <= basisDate && recordedAt <= instant;
  if (!certificate.events.some(isBefore)) return false;
  return readThese(certificate, [basisDate], { product, knownAt: instant }).get(basisDate) === 'VALID';
}
