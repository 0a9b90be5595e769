import type {
  Certificate,
  CertificateQuery,
  LabelsQuery,
  OrganisationLabels,
  ProductLabel,
  ProductLabels,
} from '../../schemas/types.d.ts';
import { knowledgeInstant, settledInstant, type Clock } from '../core/clock.ts';
import { Problem } from '../core/problem.ts';
import type { Filter, Page, Records } from '../core/records.ts';
import { labelsOf, labelsOfHolder, renewalsOf, type LabelFacts, type LabelSources } from './labels.rules.ts';
import { productsEver } from './state.rules.ts';
import { presentCertificate, type StoredCertificate } from './stored.rules.ts';

/** What certificates and labels are read from. */
export interface ReadingParts {
  records: Records<StoredCertificate>;
  /** The same with what the law of a moment ago says of their ends, which saves lists the reading of it. */
  listed: Pick<Records<StoredCertificate>, 'findFields'>;
  clock: Clock;
  /** Those of the ids that exist, each with its group as known at the instant. */
  productsKnownAt(ids: string[], knownAt: string): Promise<LabelledProduct[]>;
  isOrganisation(code: string): Promise<boolean>;
  /** Certificates that renew some of these, and maybe others. */
  renewing(ids: string[]): Promise<StoredCertificate[]>;
  labelFacts(on: string, knownAt: string): Promise<LabelFacts>;
}

interface LabelledProduct {
  id: string;
  group: string;
}
interface Moment {
  on: string;
  knownAt: string;
}

/** The certificates as they stand today. */
export async function read(parts: ReadingParts, certificates: StoredCertificate[]): Promise<Certificate[]> {
  const moment = { on: parts.clock.today(), knownAt: parts.clock.now() };
  const renewals = await renewalsAmong(parts, certificates);
  return certificates.map((certificate) =>
    presentCertificate(certificate, { ...moment, renewedBy: renewalsOf(certificate.id, renewals, moment.knownAt) }),
  );
}

/** The certificate as it is recorded. @throws Problem 404 */
export async function recorded({ records }: ReadingParts, id: string): Promise<StoredCertificate> {
  const certificate = await records.get(id);
  if (!certificate) throw new Problem('NOT_FOUND');
  return certificate;
}

/** A page of the register, newest first; with `changedSince` of the feed of changes. */
export async function readPage(
  parts: ReadingParts,
  { number, scheme, holder, product, status, changedSince, limit, cursor }: CertificateQuery,
): Promise<Page<Certificate>> {
  const { records, clock } = parts;
  const today = clock.today();
  const filter: Filter = {
    ...(scheme && { scheme }),
    ...(number && { 'found.numbers': number }),
    ...(holder && { 'found.holders': holder }),
    ...(product && { 'found.products': product }),
    ...(status && { statusRuns: { $elemMatch: { status, from: { $lte: today }, through: { $gte: today } } } }),
  };
  const since = changedSince && new Date(changedSince).toISOString();
  const page = since
    ? await records.feed(filter, { since, until: settledInstant(clock), limit, cursor })
    : await records.page(filter, { limit, cursor });
  return { ...page, items: await read(parts, page.items) };
}

/** What of a certificate labels are read from. */
const labelFields = [
  'number',
  'scheme',
  'level',
  'criterion',
  'holder',
  'products',
  'places',
  'issuedOn',
  'validFrom',
  'validThrough',
  'renews',
  'source',
  'events',
  'recordedAt',
  'demo',
];

/**
 * What gives the labels of each of the products on a day, as known at an instant; under a law that was just read, where it is
 * given. It does not say what renews them: that is read where one product's labels are looked at.
 */
export async function readLabels(
  parts: ReadingParts,
  products: string[],
  { law, ...moment }: Moment & { law?: LabelFacts },
): Promise<(product: LabelledProduct) => ProductLabel[]> {
  const [covering, facts] = await Promise.all([
    (law ? parts.listed : parts.records).findFields({ 'reach.products': { $in: products } }, labelFields),
    law ?? parts.labelFacts(moment.on, moment.knownAt),
  ]);
  const byProduct = new Map<string, StoredCertificate[]>();
  for (const certificate of covering)
    for (const id of productsEver(certificate)) byProduct.set(id, [...(byProduct.get(id) ?? []), certificate]);
  return (product) => labelsOf(product, { certificates: byProduct.get(product.id) ?? [], facts, renewals: [] }, moment);
}

/** The labels of one product. @throws Problem 404; 400 for knowledge that is not settled */
export async function labelsOfProduct(parts: ReadingParts, id: string, query: LabelsQuery): Promise<ProductLabels> {
  const moment = momentOf(parts, query);
  const [product] = await parts.productsKnownAt([id], moment.knownAt);
  if (!product) throw new Problem('NOT_FOUND');
  const sources = await sourcesOf(parts, { 'reach.products': id }, moment);
  const edition = sources.facts.edition?.code ?? null;
  return { product: id, ...moment, edition, items: labelsOf(product, sources, moment) };
}

/** The labels of an organisation. @throws Problem 404; 400 for knowledge that is not settled */
export async function labelsOfOrganisation(
  parts: ReadingParts,
  code: string,
  query: LabelsQuery,
): Promise<OrganisationLabels> {
  const moment = momentOf(parts, query);
  if (!(await parts.isOrganisation(code))) throw new Problem('NOT_FOUND');
  const sources = await sourcesOf(parts, { 'reach.holders': code }, moment);
  return { organisation: code, ...moment, items: labelsOfHolder(code, sources, moment) };
}

async function sourcesOf(parts: ReadingParts, filter: Filter, { on, knownAt }: Moment): Promise<LabelSources> {
  const [certificates, facts] = await Promise.all([parts.records.find(filter), parts.labelFacts(on, knownAt)]);
  return { certificates, facts, renewals: await renewalsAmong(parts, certificates) };
}

async function renewalsAmong({ renewing }: ReadingParts, certificates: Certificate[]): Promise<StoredCertificate[]> {
  return certificates.length === 0 ? [] : renewing(certificates.map(({ id }) => id));
}

function momentOf({ clock }: ReadingParts, { on = clock.today(), knownAt }: LabelsQuery): Moment {
  return { on, knownAt: knowledgeInstant(clock, knownAt) };
}
