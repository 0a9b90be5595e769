import { describe, expect, it } from '@jest/globals';
import type { CertificateEvent, LabelScheme, OrganisationInput, Product } from '../../schemas/types.d.ts';
import { buildDemo } from '../../seed/demo.ts';
import { addDays } from '../../seed/demo-calendar.ts';
import { withIds, type DemoOperation } from '../../seed/demo-operation.ts';
import { foldModel } from '../../server/catalogue/model-name.rules.ts';
import { refuseCertificate, refuseEvent } from '../../server/certificates/lifecycle.rules.ts';
import { defaultValidThrough, statusOn } from '../../server/certificates/validity.rules.ts';
import { dayOf } from '../../server/core/clock.ts';
import { netOf } from '../../server/purchases/vat.rules.ts';
import { parseBody, type SchemaName } from '../../server/core/schemas.ts';
import groups from '../../seed/data/groups.json' with { type: 'json' };
import fictionalSchemes from '../../seed/data/demo-schemes.json' with { type: 'json' };
import schemeRows from '../../seed/data/schemes.json' with { type: 'json' };

const schemes = new Map(
  [...schemeRows, ...fictionalSchemes]
    .map((row) => row as unknown as LabelScheme)
    .map((scheme) => [scheme.code, scheme]),
);
const today = '2026-11-24';
// A Tuesday, a Monday, a leap day and the first day of a year.
const days = [today, '2027-03-01', '2028-02-29', '2027-01-01'];

const built = new Map<string, DemoOperation[]>();
/** The entries of a day with some of the purchases, made once. */
function demoOf(day: string): DemoOperation[] {
  const known = built.get(day) ?? buildDemo(day, { purchases: 600 });
  built.set(day, known);
  return known;
}

type Kind = DemoOperation['do'];
type Of<K extends Kind> = Extract<DemoOperation, { do: K }>;
const of = <K extends Kind>(operations: DemoOperation[], kind: K): Of<K>[] =>
  operations.filter((operation): operation is Of<K> => operation.do === kind);

interface Story {
  input: Of<'certificate'>['input'];
  recordedAt: string;
  validFrom: string;
  validThrough: string | null;
  events: CertificateEvent[];
}

/** The certificates with their events, as the register would hold them. */
function stories(operations: DemoOperation[]): Map<string, Story> {
  const found = new Map<string, Story>();
  for (const operation of operations) {
    if (operation.do === 'certificate') {
      const { input, at, key } = operation;
      const months = schemes.get(input.scheme)?.validityMonths ?? null;
      const validThrough = input.validThrough ?? defaultValidThrough(input.issuedOn, months);
      found.set(key, { input, recordedAt: at, validFrom: input.validFrom ?? input.issuedOn, validThrough, events: [] });
    }
    if (operation.do === 'certificateEvent') {
      found.get(operation.certificate)?.events.push({ ...operation.input, recordedAt: operation.at });
    }
  }
  return found;
}

const products = (operations: DemoOperation[]): Map<string, Of<'product'>> =>
  new Map(of(operations, 'product').map((operation) => [operation.key, operation]));

describe('the demonstration register', () => {
  const demo = demoOf(today);

  it('is the same for the same day and follows the day on which it is loaded', () => {
    expect(buildDemo(today, { purchases: 600 })).toEqual(demo);
    expect(buildDemo('2026-11-25', { purchases: 600 })).not.toEqual(demo);
  });

  it('holds three levels of agencies, 60 organisations, 401 products, 323 certificates, three editions and 5,000 purchases', () => {
    const whole = buildDemo(today);
    const count = (kind: Kind): number => of(whole, kind).length;
    const kinds: Kind[] = ['organisation', 'product', 'certificate', 'purchase', 'priorityList', 'publication'];
    expect(kinds.map(count)).toEqual([60, 401, 323, 5000, 3, 2]);
    const parents = new Map(of(demo, 'organisation').map(({ input }) => [input.code, input.parent]));
    const depth = (code: string | undefined): number => (code === undefined ? 0 : 1 + depth(parents.get(code)));
    const agencies = of(demo, 'organisation').filter(({ input }) => input.kind === 'agency');
    expect(new Set(agencies.map(({ key }) => depth(key)))).toEqual(new Set([1, 2, 3]));
    expect(new Set(of(demo, 'organisation').map(({ input }) => input.kind))).toEqual(
      new Set(['agency', 'supplier', 'certifier', 'laboratory']),
    );
  });

  it('offers goods and services of at least 12 groups, two fifths of them without any label', () => {
    const offered = of(demo, 'product');
    expect(new Set(offered.map(({ input }) => input.group)).size).toBeGreaterThanOrEqual(12);
    expect(new Set(offered.map(({ input }) => input.kind))).toEqual(new Set(['good', 'service']));
    const labelled = new Set(of(demo, 'certificate').flatMap(({ input }) => input.products));
    expect([labelled.size, offered.length]).toEqual([238, 401]);
  });

  it.each(days)('has certificates in every state on %s', (day) => {
    const all = [...stories(demoOf(day)).values()];
    const statuses = all.map((story) => statusOn(story, day, `${day}T12:00:00.000Z`));
    expect(new Set(statuses)).toEqual(
      new Set(['valid', 'notYetValid', 'ended', 'suspended', 'surrendered', 'revoked']),
    );
    const isSoon = ({ validThrough }: Story): boolean =>
      validThrough !== null && validThrough >= day && validThrough < addDays(day, 60);
    expect(all.filter((story, index) => statuses[index] === 'valid' && isSoon(story)).length).toBeGreaterThanOrEqual(3);
    expect(all.some(({ events }) => events.at(-1)?.type === 'reinstated')).toBe(true);
    expect(all.some(({ events }) => events.some(({ type }) => type === 'revokedAbInitio'))).toBe(true);
    expect(all.some(({ input, recordedAt }) => dayOf(recordedAt) > addDays(input.issuedOn, 45))).toBe(true);
    expect(
      all.some(({ events }) =>
        events.some(({ on, recordedAt, type }) => type === 'revoked' && dayOf(recordedAt) > addDays(on, 30)),
      ),
    ).toBe(true);
  });

  it('uses the levels of the comparative energy label, low and high', () => {
    const levels = of(demo, 'certificate').flatMap(({ input }) =>
      input.scheme === 'VN-ENERGY-COMPARATIVE' ? (input.level ?? []) : [],
    );
    expect(new Set(levels)).toEqual(new Set(['2', '3', '4', '5']));
  });

  it.each(days)('enters everything on a working day before %s, after what it rests on', (day) => {
    const known = new Set<string>();
    let before = '';
    const faults = demoOf(day).flatMap((operation) => {
      const { at, key } = operation;
      const on = dayOf(at);
      const isRight = at >= before && isWorkingDay(on) && on < day && !known.has(key);
      const unknown = restsOn(operation).filter((needed) => !known.has(needed));
      before = at;
      known.add(key);
      return isRight && unknown.length === 0 ? [] : [{ at, key, unknown }];
    });
    expect(faults).toEqual([]);
  });

  it('enters nothing together with what it rests on', () => {
    const instants = new Map(demo.map(({ key, at, do: kind }) => [key, `${at} ${kind}`]));
    const together = demo.filter((operation) =>
      restsOn(operation).some((needed) => instants.get(needed) === `${operation.at} ${operation.do}`),
    );
    expect(together).toEqual([]);
  });

  it.each(days)('fits the schemas of what may be sent on %s', (day) => {
    const faults = demoOf(day).flatMap((operation) => {
      const sent = withIds(operation, () => '665f1f77bcf86cd799439011');
      if (!('input' in sent)) return [];
      return faultsOf(sent.do, sent.do === 'scheme' ? { validFrom: day, ...sent.input } : distinct(sent.input));
    });
    expect(faults).toEqual([]);
  });

  it.each(days)('breaks none of the register’s rules for certificates on %s', (day) => {
    const operations = demoOf(day);
    const catalogue = products(operations);
    const criteria = new Map(of(operations, 'criterion').map(({ input }) => [input.code, input]));
    const refusals = [...stories(operations).values()].flatMap(({ input, validFrom, validThrough, events }) => {
      const scheme = schemes.get(input.scheme)!;
      const covered = input.products.map((id) => ({ authorised: [], ...catalogue.get(id)!.input, id }) as Product);
      const criterion = input.criterion === undefined ? {} : { criterion: criteria.get(input.criterion)! };
      const surroundings = { scheme, products: covered, holder: { code: input.holder }, ...criterion };
      const histories = events.map((event, index) => ({ event, before: events.slice(0, index) }));
      const ofEvents = histories.map(({ event, before }) =>
        refuseEvent({ validFrom, validThrough, events: before }, scheme, event),
      );
      return [refuseCertificate(input, surroundings)].concat(ofEvents);
    });
    expect(refusals.filter((refusal) => refusal !== null)).toEqual([]);
  });

  it('lets a certifier register only under its own schemes', () => {
    const bodies = new Map(of(demo, 'organisation').map(({ input }) => [input.code, input]));
    const mayRegister = ({ by, input }: Of<'certificate'>): boolean =>
      by === null ? input.source?.kind === 'transcribed' : bodies.get(by)?.mayCertify?.includes(input.scheme) === true;
    expect(of(demo, 'certificate').filter((operation) => !mayRegister(operation))).toEqual([]);
  });

  it('never buys a withdrawn product, and never before the product is listed or after the purchase is recorded', () => {
    const catalogue = products(demo);
    const withdrawn = new Map(of(demo, 'withdrawal').map(({ product, input }) => [product, input.on]));
    expect(withdrawn.size).toBeGreaterThan(0);
    const isWrong = (product: string, day: string): boolean =>
      dayOf(catalogue.get(product)!.at) >= day || day >= (withdrawn.get(product) ?? '9999');
    const faults = of(demo, 'purchase').filter(
      ({ at, input: { basisDate, lines } }) =>
        basisDate > dayOf(at) || lines.some(({ product }) => product !== undefined && isWrong(product, basisDate)),
    );
    expect(faults).toEqual([]);
  });

  it('spreads the purchases over three years and every buying agency, some of them recorded later', () => {
    const bought = of(demo, 'purchase');
    const bases = bought.map(({ input }) => input.basisDate).toSorted();
    expect(bases[0]! < '2024-01-31').toBe(true);
    expect(bases.at(-1)! > '2026-11-01').toBe(true);
    const buying = of(demo, 'organisation').filter(({ input }) => input.kind === 'agency' && input.parent);
    expect(new Set(bought.map(({ input }) => input.agency))).toEqual(new Set(buying.map(({ key }) => key)));
    expect(bought.some(({ at, input }) => dayOf(at) > addDays(input.basisDate, 5))).toBe(true);
    const natural = bought.map(({ input }) => `${input.agency} ${input.reference} ${input.basisDate.slice(0, 4)}`);
    expect(new Set(natural).size).toBe(bought.length);
  });

  it('shows every kind of line: labelled, unlabelled, nothing confirmed, another model, another provider', () => {
    const catalogue = products(demo);
    const lines = of(demo, 'purchase').flatMap(({ input }) =>
      input.lines.map((line) => ({ ...line, supplier: input.supplier })),
    );
    const service = (key = ''): Of<'product'> | undefined =>
      catalogue.get(key)?.input.kind === 'service' ? catalogue.get(key) : undefined;
    expect(lines.some(({ product, group }) => product === undefined && group !== undefined)).toBe(true);
    expect(lines.some(({ product, group }) => product === undefined && group === undefined)).toBe(true);
    expect(lines.some((line) => differs(line, catalogue))).toBe(true);
    expect(
      lines.some(({ product, supplier }) => service(product) && service(product)?.input.supplier !== supplier.code),
    ).toBe(true);
    expect(lines.some(({ product, supplier }) => service(product)?.input.supplier === supplier.code)).toBe(true);
  });

  it('says of purchases and lines what every grouping of the share needs, and leaves some of it out', () => {
    const bought = of(demo, 'purchase').map(({ input }) => input);
    const lines = bought.flatMap((input) => input.lines);
    const values = (all: (string | undefined)[]) => new Set(all);
    const natures = values(lines.map(({ nature }) => nature));
    expect(natures).toEqual(new Set(['goods', 'services', 'consulting', 'works', 'mixed', undefined]));
    const fundings = values(bought.map(({ funding }) => funding));
    expect(fundings).toEqual(new Set(['recurrent', 'investment', 'ownRevenue', 'oda', 'other', undefined]));
    expect(values(lines.map(({ exemption }) => exemption?.code)).size).toBeGreaterThanOrEqual(4);
    expect(lines.filter(({ equivalence }) => equivalence).length).toBeGreaterThan(2);
    const claims = lines.flatMap(({ labelClaim }) => labelClaim?.number ?? []);
    expect(claims.filter((number) => !number.endsWith('/DEMO'))).toEqual([]);
    expect(claims.some((number) => number.startsWith('K'))).toBe(true);
    expect(bought.filter(({ kind }) => kind === 'framework').length).toBeGreaterThanOrEqual(3);
    expect(values(bought.map(({ method }) => method)).has('call-off')).toBe(true);
    expect(values(bought.map(({ currency }) => currency))).toEqual(new Set([undefined, 'USD', 'EUR']));
    expect(lines.some(({ amountGross }) => amountGross !== undefined)).toBe(true);
  });

  it('certifies shops under a fictional scheme whose subject is the organisation', () => {
    const shops = of(demo, 'certificate').filter(({ input }) => input.scheme === 'DEMO-GREEN-SHOP');
    expect(shops.map(({ input }) => input.products)).toEqual([[], [], [], [], []]);
    expect(shops.every(({ input }) => (input.places ?? []).length > 0)).toBe(true);
    const services = of(demo, 'product').filter(({ input }) => input.kind === 'service');
    expect(new Set(services.map(({ input }) => input.group)).size).toBeGreaterThanOrEqual(3);
  });

  it('corrects a few purchases and cancels one', () => {
    const corrections = of(demo, 'correction').map(({ input }) => input);
    expect(corrections.filter((input) => 'cancel' in input)).toHaveLength(1);
    expect(corrections.filter((input) => 'lines' in input).length).toBeGreaterThanOrEqual(3);
    const original = new Map(of(demo, 'purchase').map(({ key, input }) => [key, input]));
    const differences = of(demo, 'correction').flatMap(({ purchase, input }) =>
      'lines' in input
        ? input.lines.map(
            ({ corrects, amountNet }) =>
              Number(original.get(purchase)!.lines[corrects - 1]!.amountNet) - Number(amountNet),
          )
        : [],
    );
    expect(differences.every((difference) => difference > 0)).toBe(true);
  });

  it.each(days)('moves the green share upward over the quarters, with a dip, on %s', (day) => {
    const quarters = quarterShares(demoOf(day));
    const first = meanOf(quarters.slice(0, 4));
    const last = meanOf(quarters.slice(-4));
    expect(last - first).toBeGreaterThan(0.1);
    expect(quarters.slice(1).some((share, index) => share < quarters[index]!)).toBe(true);
  });

  it('widens the second edition and asks it for levels of the energy label', () => {
    const [first, second, draft] = of(demo, 'priorityList').map(({ input }) => input);
    expect(codes(second!.entries)).toEqual(expect.arrayContaining(codes(first!.entries)));
    expect(second!.entries.length).toBeGreaterThan(first!.entries.length);
    expect(first!.entries.some(({ accepts }) => accepts.some(({ minLevel }) => minLevel))).toBe(false);
    expect(second!.entries.some(({ accepts }) => accepts.some(({ minLevel }) => minLevel))).toBe(true);
    expect([first!.effectiveFrom, second!.effectiveFrom, draft!.effectiveFrom]).toEqual([
      '2024-10-01',
      '2026-03-01',
      '2027-01-01',
    ]);
    const known = new Set(groups.map(({ code }) => code));
    expect(draft!.entries.filter(({ group }) => !known.has(group))).toEqual([]);
  });

  it('names nobody and nothing without saying that it is fictional', () => {
    for (const { input } of [...of(demo, 'organisation'), ...of(demo, 'product'), ...of(demo, 'criterion')]) {
      expect(input.name.vi).toMatch(/ \(hư cấu\)$/);
      expect(input.name.en).toMatch(/ \(fictional\)$/);
    }
    for (const { input } of of(demo, 'priorityList'))
      expect(`${input.title.vi} ${input.title.en}`).toMatch(/\(hư cấu\).*\(fictional\)$/);
    for (const { input } of of(demo, 'certificate')) expect(input.number).toMatch(/\/DEMO$/);
    for (const { input } of of(demo, 'purchase'))
      expect(input.supplier.code ?? input.supplier.name).toMatch(/^DEMO-| \(hư cấu\)$/);
    for (const { input } of of(demo, 'organisation')) expect(input.code).toMatch(/^DEMO-/);
    const taxCodes = taxCodesOf(demo);
    for (const code of taxCodes) expect(code).toMatch(/^99000000\d\d$/);
    expect(new Set(taxCodes).size).toBe(taxCodes.length);
  });

  it('uses no real brand', () => {
    const text = JSON.stringify(demo);
    const brands =
      /\b(Tide|Omo|P&G|Jotun|Xerox|Canon|Epson|Brother|Ricoh|Dell|Lenovo|Asus|Acer|Samsung|Daikin|Panasonic|LG|Philips|Sony|Toshiba|Dulux|Nippon|Kova|Viglacera|Prime|Sunlight|Viettel|FPT|IKEA|Double A|Paper One)\b|Điện Quang|Rạng Đông|Thiên Long|Hòa Phát|Hồng Hà|Bãi Bằng|Mỹ Hảo|Gia Định/iu;
    expect(brands.exec(text)?.[0]).toBeUndefined();
  });

  it('has one product a model', () => {
    const identities = of(demo, 'product').map(
      ({ input }) => `${input.group} ${input.brand} ${foldModel(input.model ?? '')}`,
    );
    expect(new Set(identities).size).toBe(identities.length);
  });
});

const schemaOf: Partial<Record<Kind, SchemaName>> = {
  organisation: 'organisation-input',
  product: 'product-input',
  withdrawal: 'withdrawal-input',
  certificate: 'certificate-input',
  certificateEvent: 'certificate-event-input',
  priorityList: 'priority-list-input',
  purchase: 'purchase-input',
  correction: 'correction-input',
  criterion: 'criteria-document-input',
  scheme: 'label-scheme-input',
  evidence: 'evidence-input',
  application: 'application-input',
  applicationEvent: 'application-event-input',
};

/** Why the input does not fit the schema of its kind. */
function faultsOf(kind: Kind, input: object): unknown[] {
  try {
    parseBody(schemaOf[kind]!, structuredClone(input));
    return [];
  } catch (error) {
    return [error];
  }
}

function isWorkingDay(day: string): boolean {
  return ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
}

function codes(entries: { group: string }[]): string[] {
  return entries.map(({ group }) => group);
}

function restsOn(operation: DemoOperation): string[] {
  switch (operation.do) {
    case 'organisation':
      return operation.input.parent === undefined ? [] : [operation.input.parent];
    case 'product':
      return [operation.input.supplier, ...(operation.input.authorised ?? [])];
    case 'publication':
      return [operation.list];
    case 'withdrawal':
      return [operation.product];
    case 'certificate': {
      const { holder, products: covered, criterion, scheme } = operation.input;
      return [
        ...(scheme.startsWith('DEMO-') ? [scheme] : []),
        holder,
        ...covered,
        ...(criterion === undefined ? [] : [criterion]),
        ...(operation.by === null ? [] : [operation.by]),
      ];
    }
    case 'certificateEvent':
      return [operation.certificate];
    case 'purchase': {
      const { agency, supplier, lines } = operation.input;
      return [
        agency,
        ...(supplier.code === undefined ? [] : [supplier.code]),
        ...lines.flatMap(({ product, equivalence }) => [product ?? [], equivalence?.certificate ?? []].flat()),
      ];
    }
    case 'correction':
      return [operation.purchase];
    default:
      return [];
  }
}

/** The input with a different id for each product, as the register would have given. */
function distinct(input: object): object {
  if (!('products' in input) || !Array.isArray(input.products)) return input;
  return { ...input, products: input.products.map((_, index) => index.toString(16).padStart(24, '0')) };
}

function differs(
  line: { product?: string; asDelivered?: { model: string } },
  catalogue: Map<string, Of<'product'>>,
): boolean {
  if (line.product === undefined || line.asDelivered === undefined) return false;
  const { model = '', aliases = [] } = catalogue.get(line.product)!.input;
  return ![model, ...aliases].some((name) => foldModel(name) === foldModel(line.asDelivered!.model));
}

function taxCodesOf(operations: DemoOperation[]): string[] {
  const registered = of(operations, 'organisation').flatMap(
    ({ input }: { input: OrganisationInput }) => input.taxCode ?? [],
  );
  const shops = of(operations, 'purchase').flatMap(({ input }) => input.supplier.taxCode ?? []);
  return [...registered, ...new Set(shops)];
}

/** The share of tier A by quarter, reckoned from the prose and not from the register's rules. */
function quarterShares(operations: DemoOperation[]): number[] {
  const catalogue = products(operations);
  const labels = [...stories(operations).values()].filter(
    ({ input }) => schemes.get(input.scheme)?.basis === 'statutory',
  );
  const isLabelled = (product: string, day: string): boolean =>
    labels.some(
      ({ input, validFrom, validThrough, events }) =>
        input.products.includes(product) &&
        validFrom <= day &&
        day <= (validThrough ?? '9999') &&
        !events.some(({ type, on }) => type === 'revokedAbInitio' || on <= day),
    );
  const sums = new Map<string, { green: number; all: number }>();
  for (const { input } of of(operations, 'purchase')) {
    if (input.kind === 'framework' || input.currency !== undefined) continue;
    const quarter = `${input.basisDate.slice(0, 4)} ${Math.ceil(Number(input.basisDate.slice(5, 7)) / 3)}`;
    const sum = sums.get(quarter) ?? { green: 0, all: 0 };
    sums.set(quarter, sum);
    for (const line of input.lines) {
      const net = Number(netOf(line));
      sum.all += net;
      const product = line.product === undefined ? undefined : catalogue.get(line.product);
      const isRight =
        product?.input.kind === 'good' ? !differs(line, catalogue) : product?.input.supplier === input.supplier.code;
      if (product && isRight && isLabelled(product.key, input.basisDate)) sum.green += net;
    }
  }
  return [...sums.entries()]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { green, all }]) => green / all);
}

function meanOf(shares: number[]): number {
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}
