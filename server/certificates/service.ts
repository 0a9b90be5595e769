import type {
  Certificate,
  CertificateEventInput,
  CertificateInput,
  CertificateQuery,
  CriteriaDocument,
  LabelScheme,
  Organisation,
  LabelsQuery,
  Product,
  ProductLabel,
  ProductLabels,
  Validity,
  ValidityQuery,
} from '../../schemas/types.d.ts';
import { knowledgeInstant, type Clock } from '../core/clock.ts';
import { broken, Problem, type RuleCode } from '../core/problem.ts';
import type { Filter, Page, Records } from '../core/records.ts';
import type { Actor, Idempotency } from '../core/route.ts';
import { labelsOf, type LabelFacts } from './labels.rules.ts';
import { refuseCertificate, refuseEvent, type Refusal } from './lifecycle.rules.ts';
import { defaultValidThrough, statusOn, statusRuns, validity } from './validity.rules.ts';

/** The registry of certificates; the only writer of their collection. */
export interface CertificateService {
  /** @throws Problem 403 for a scheme that is not the certifier's, 409 for a number that is there, 422 for what breaks a rule */
  create(actor: Actor, input: CertificateInput, idempotency?: Idempotency): Promise<Certificate>;
  /** @throws Problem 403 for a scheme that is not the certifier's, 422 where the event cannot have happened */
  addEvent(actor: Actor, id: string, entry: EventEntry): Promise<Certificate>;
  /** @throws Problem 404 */
  get(id: string): Promise<Certificate>;
  page(query: CertificateQuery): Promise<Page<Certificate>>;
  /** Valid on a day as known at a moment; both are now by default. @throws Problem 404 */
  validity(id: string, query: ValidityQuery): Promise<Validity>;
  /** Every certificate that covers one of the products. */
  covering(products: string[]): Promise<Certificate[]>;
  /** The labels of each of the products on a day, as known at an instant. */
  labels(products: Product[], day: { on: string; knownAt: string }): Promise<Map<string, ProductLabel[]>>;
  /** The labels of one product; day and knowledge are now by default. @throws Problem 404 */
  labelsOfProduct(id: string, query: LabelsQuery): Promise<ProductLabels>;
}

/** An event and the key under which it is sent. */
export interface EventEntry {
  event: CertificateEventInput;
  idempotency?: Idempotency | undefined;
}

interface CertificateParts {
  records: Records<StoredCertificate>;
  clock: Clock;
  scheme(code: string): Promise<LabelScheme | null>;
  criterion(code: string): Promise<CriteriaDocument | null>;
  products(ids: string[]): Promise<Map<string, Product>>;
  organisations(codes: string[]): Promise<Map<string, Organisation>>;
  labelFacts(on: string, knownAt: string): Promise<LabelFacts>;
  /** Says that a certificate changed. */
  changed(): void;
}

/** A certificate beside what is derived from it for lists; its `status` is of the day it is read on. */
export type StoredCertificate = Certificate & { statusRuns: { status: string; from: string; through: string }[] };

const lastDay = '9999-12-31';

/** The registry over its records. */
export function createCertificateService(parts: CertificateParts): CertificateService {
  const { records, clock } = parts;
  return {
    create: (actor, input, idempotency) => register(parts, { actor, input, idempotency }),
    addEvent: (actor, id, entry) => addEvent(parts, { actor, id, ...entry }),
    get: (id) => readOne(parts, id),
    async page({ product, status, limit, cursor, ...equal }) {
      const today = clock.today();
      const filter: Filter = {
        ...equal,
        ...(product && { products: product }),
        ...(status && { statusRuns: { $elemMatch: { status, from: { $lte: today }, through: { $gte: today } } } }),
      };
      const page = await records.page(filter, { limit, cursor });
      return { ...page, items: page.items.map((certificate) => read(parts, certificate)) };
    },
    async validity(id, { product, on = clock.today(), knownAt }) {
      return validity(await readOne(parts, id), { product, on, knownAt: knowledgeInstant(clock, knownAt) });
    },
    covering: (products) => records.find({ products: { $in: products } }),
    labels: (products, day) => labels(parts, products, day),
    async labelsOfProduct(id, { on = clock.today(), knownAt: asked }) {
      const knownAt = knowledgeInstant(clock, asked);
      const product = (await parts.products([id])).get(id);
      if (!product) throw new Problem('NOT_FOUND');
      const [{ edition }, found] = await Promise.all([
        parts.labelFacts(on, knownAt),
        labels(parts, [product], { on, knownAt }),
      ]);
      return { product: id, on, knownAt, edition: edition?.code ?? null, items: found.get(id) ?? [] };
    },
  };
}

function read({ clock }: CertificateParts, certificate: Certificate): Certificate {
  return { ...certificate, status: statusOn(certificate, clock.today(), clock.now()) };
}

async function readOne(parts: CertificateParts, id: string): Promise<Certificate> {
  const certificate = await parts.records.get(id);
  if (!certificate) throw new Problem('NOT_FOUND');
  return read(parts, certificate);
}

async function labels(
  { records, labelFacts }: CertificateParts,
  products: Product[],
  { on, knownAt }: { on: string; knownAt: string },
): Promise<Map<string, ProductLabel[]>> {
  const [certificates, facts] = await Promise.all([
    records.find({ products: { $in: products.map(({ id }) => id) } }),
    labelFacts(on, knownAt),
  ]);
  return new Map(products.map((product) => [product.id, labelsOf(product, { certificates, facts }, { on, knownAt })]));
}

async function register(
  parts: CertificateParts,
  { actor, input, idempotency }: { actor: Actor; input: CertificateInput; idempotency?: Idempotency },
): Promise<Certificate> {
  const { records, changed } = parts;
  const repeated = await records.repeated(input.holder, idempotency);
  if (repeated) return read(parts, repeated);
  const draft = await draftOf(parts, actor, input);
  const certificate = await records.insert((now) => withRuns({ ...draft, status: 'valid', recordedAt: now }, now), {
    idempotency,
    onDuplicate: () => existing(records, input),
  });
  changed();
  return read(parts, certificate);
}

async function addEvent(
  parts: CertificateParts,
  { actor, id, event, idempotency }: EventEntry & { actor: Actor; id: string },
): Promise<Certificate> {
  const certificate = await parts.records.change(
    id,
    async (before, now) => {
      const scheme = await schemeOf(parts, actor, before.scheme);
      refuse(refuseEvent(before, scheme, event));
      return withRuns({ ...before, events: [...before.events, { ...event, recordedAt: now }] }, now);
    },
    { idempotency },
  );
  parts.changed();
  return read(parts, certificate);
}

async function draftOf(
  parts: CertificateParts,
  actor: Actor,
  input: CertificateInput,
): Promise<Omit<Certificate, 'id' | 'recordedAt' | 'revision' | 'status'>> {
  const scheme = await schemeOf(parts, actor, input.scheme);
  const [criterion, products, organisations] = await Promise.all([
    input.criterion ? parts.criterion(input.criterion) : undefined,
    parts.products(input.products),
    parts.organisations([input.holder]),
  ]);
  if (criterion === null)
    throw broken({ pointer: '/criterion', code: 'UNKNOWN_CODE', params: { code: input.criterion ?? '' } });
  const holder = organisations.get(input.holder);
  if (!holder) throw broken({ pointer: '/holder', code: 'UNKNOWN_CODE', params: { code: input.holder } });
  const covered = input.products.map((id, index) => {
    const product = products.get(id);
    if (!product) throw broken({ pointer: `/products/${index}`, code: 'UNKNOWN_ID', params: { id } });
    return product;
  });
  refuse(refuseCertificate(input, { scheme, criterion, products: covered, holder }));
  return {
    ...input,
    validFrom: input.validFrom ?? input.issuedOn,
    validThrough: input.validThrough ?? defaultValidThrough(input.issuedOn, scheme.validityMonths),
    source: input.source ?? { kind: actor.role === 'operator' ? 'transcribed' : 'issuer' },
    events: [],
  };
}

/** The scheme, where the actor may write in it: a body for its own schemes, the operator as transcriber. */
async function schemeOf({ scheme, organisations }: CertificateParts, actor: Actor, code: string): Promise<LabelScheme> {
  const found = await scheme(code);
  if (!found) throw broken({ pointer: '/scheme', code: 'UNKNOWN_CODE', params: { code } });
  if (actor.role === 'operator') return found;
  const body = actor.org ? (await organisations([actor.org])).get(actor.org) : undefined;
  if (!body?.mayCertify?.some(({ scheme: may }) => may === code))
    throw new Problem('SCHEME_NOT_YOURS', { scheme: code });
  return found;
}

function refuse(refusal: Refusal | null): void {
  if (refusal) throw broken({ pointer: refusal.pointer, code: refusal.code as RuleCode });
}

function withRuns<T extends Parameters<typeof statusRuns>[0]>(
  certificate: T,
  now: string,
): T & Pick<StoredCertificate, 'statusRuns'> {
  const runs = statusRuns(certificate, now).map((run) => ({ ...run, through: run.through ?? lastDay }));
  return { ...certificate, statusRuns: runs };
}

async function existing(
  records: Records<StoredCertificate>,
  { scheme, number, issuedOn }: CertificateInput,
): Promise<Problem> {
  const [found] = await records.find({ scheme, number, issuedOn }, 1);
  return new Problem('CERTIFICATE_EXISTS', { id: found?.id ?? '' });
}
