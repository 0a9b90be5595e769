import type { LocalisedText, Organisation, Product, ProductGroup } from '../schemas/types.d.ts';
import { unindexed as unindexedProduct } from './catalogue/model.ts';
import { unindexed as unindexedCertificate } from './certificates/model.ts';
import type { CertificateService } from './certificates/service.ts';
import { asEntered, coversEver } from './certificates/state.rules.ts';
import type { StoredCertificate } from './certificates/stored.rules.ts';
import { validRuns } from './certificates/validity.rules.ts';
import type { Collections } from './collections.ts';
import type { Clock } from './core/clock.ts';
import type { OrganisationService } from './organisations/service.ts';
import type { ReferenceService } from './reference/service.ts';
import { keepEachForAMoment, type KeptEach } from './core/kept-moment.ts';
import { readAhead } from './core/read-ahead.ts';
import { earliest, unindexedLaw } from './law-changes.ts';
import type { SearchSource } from './search/document.rules.ts';
import type { PendingWrite, UpkeepParts } from './search/upkeep.service.ts';

interface Registry {
  reference: ReferenceService;
  organisations: OrganisationService;
  certificates: Pick<CertificateService, 'bearingOn'>;
}

/** What products are indexed with, read once for all of them. */
interface Around {
  groupOf: Map<string, ProductGroup>;
  schemeNames: Map<string, LocalisedText>;
  suppliers: KeptEach<Organisation>;
  bearingOn: CertificateService['bearingOn'];
  now: string;
}

const batchSize = 200;

/** What keeps the search index in step with the catalogue and the registry: the waiting writes, and every product with what is around it. */
export function searchUpkeep(
  records: Collections,
  registry: Registry,
  clock: Clock,
): Omit<UpkeepParts, 'port' | 'messages'> {
  return {
    sources: (ids) => readAhead(sources({ records, registry, clock }, ids)),
    ...waitingWrites(records),
    async *revisions() {
      for await (const { id, revision } of records.products.stream({}, ['revision'])) yield { id, seq: revision };
    },
  };
}

async function* sources(
  { records, registry, clock }: { records: Collections; registry: Registry; clock: Clock },
  ids: string[] | undefined,
): AsyncGenerator<SearchSource[]> {
  const { reference, organisations } = registry;
  const [groups, schemes] = await Promise.all([reference.groups.all(), reference.schemes.all()]);
  const around: Around = {
    groupOf: new Map(groups.map((group) => [group.code, group])),
    schemeNames: new Map(schemes.map(({ code, name }) => [code, name])),
    // What changes while they are read is marked, and its products are indexed again.
    suppliers: keepEachForAMoment(organisations.byCode, Infinity),
    bearingOn: registry.certificates.bearingOn,
    now: clock.now(),
  };
  let batch: Product[] = [];
  for await (const product of records.products.stream(ids ? { _id: { $in: ids } } : {})) {
    batch.push(product);
    if (batch.length < batchSize) continue;
    yield await sourcesOf(batch, around);
    batch = [];
  }
  if (batch.length > 0) yield await sourcesOf(batch, around);
}

function waitingWrites(records: Collections): Pick<UpkeepParts, 'pending' | 'waitingSince'> {
  const law = unindexedLaw(records);
  return {
    async pending(limit) {
      const [products, certificates, lawWrites] = await Promise.all([
        records.products.marked(unindexedProduct, limit),
        records.certificates.marked(unindexedCertificate, limit),
        law.pending(limit),
      ]);
      return [
        ...lawWrites,
        ...products.map((product): PendingWrite => ({
          products: [product.id],
          settle: () => records.products.unmark([product], unindexedProduct),
        })),
        ...certificates.map((certificate): PendingWrite => ({
          products: certificate.reach.products,
          settle: () => records.certificates.unmark([certificate], unindexedCertificate),
        })),
      ];
    },
    waitingSince: async () =>
      earliest(
        await Promise.all([
          records.products.waitingSince(unindexedProduct),
          records.certificates.waitingSince(unindexedCertificate),
          law.waitingSince(),
        ]),
      ),
  };
}

async function sourcesOf(products: Product[], around: Around): Promise<SearchSource[]> {
  const { groupOf, schemeNames, now } = around;
  const [suppliers, recorded] = await Promise.all([
    around.suppliers.get(products.map(({ supplier }) => supplier)),
    around.bearingOn({ products: products.map(({ id }) => id), claims: [], accepted: [] }),
  ]);
  const reaching = byReach(recorded);
  return products.flatMap((product) => {
    const group = groupOf.get(product.group);
    const supplier = suppliers.get(product.supplier);
    if (!group || !supplier) return [];
    const covering = (reaching.get(product.id) ?? []).filter((certificate) => coversEver(certificate, product.id));
    return [
      {
        product,
        group,
        supplierNames: supplier.names.map(({ name }) => name),
        certificates: covering.map((certificate) =>
          certificateSource(certificate, { product: product.id, schemeNames, now }),
        ),
      },
    ];
  });
}

/** By product, the certificates that were ever said to cover it. */
function byReach(certificates: StoredCertificate[]): Map<string, StoredCertificate[]> {
  const reaching = new Map<string, StoredCertificate[]>();
  for (const certificate of certificates)
    for (const id of certificate.reach.products) {
      const known = reaching.get(id);
      if (known) known.push(certificate);
      else reaching.set(id, [certificate]);
    }
  return reaching;
}

function certificateSource(
  certificate: StoredCertificate,
  { product, schemeNames, now }: { product: string; schemeNames: Map<string, Product['name']>; now: string },
): SearchSource['certificates'][number] {
  const { scheme, level, criterion } = asEntered(certificate);
  return {
    scheme,
    schemeName: schemeNames.get(scheme) ?? { vi: scheme },
    ...(level !== undefined && { level }),
    ...(criterion !== undefined && { criterion }),
    numbers: certificate.found.numbers,
    runs: validRuns(certificate, now, product),
    changedAt: certificate.changedAt,
  };
}
