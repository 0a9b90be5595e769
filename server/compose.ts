import type { Connection } from 'mongoose';
import { hashSecret, newSecret } from './accounts/secret.adapter.ts';
import { createAccountService, type AccountService, type DemoActors } from './accounts/service.ts';
import { createCatalogueService, type CatalogueService } from './catalogue/service.ts';
import { unauthorised, unrippled as unrippledCertificate } from './certificates/model.ts';
import { withEndings } from './criterion-endings.ts';
import { createCertificateService, type CertificateService } from './certificates/service.ts';
import { openCollections, type Collections } from './collections.ts';
import type { Clock } from './core/clock.ts';
import { backgroundWork } from './background.ts';
import { composeImports } from './compose-imports.ts';
import { createDrain } from './core/drain.ts';
import type { Logger } from './core/log.ts';
import { newId } from './core/model.ts';
import { decisionFacts, lawOn } from './facts.ts';
import { openCellStore } from './green-share/cell-store.adapter.ts';
import { createShareCells } from './green-share/cells.service.ts';
import type { ShareLinesService } from './green-share/lines.service.ts';
import type { ShareService } from './green-share/service.ts';
import { unrippledLaw } from './law-changes.ts';
import { createProvinceService, type ProvinceService } from './organisations/province.service.ts';
import { createOrganisationService, type OrganisationService } from './organisations/service.ts';
import { unrippled as unrippledEdition } from './priority-lists/model.ts';
import { createPriorityListService, type PriorityListService } from './priority-lists/service.ts';
import type { Evidence } from './purchases/claim.rules.ts';
import type { Facts } from './purchases/decision.rules.ts';
import { uncounted, unsettled } from './purchases/model.ts';
import { createRedecisionService, type RedecisionService } from './purchases/redecision.service.ts';
import type { ImportService } from './purchases/import.service.ts';
import { createPurchaseService, type PurchaseService } from './purchases/service.ts';
import { createReferenceService, type ReferenceService } from './reference/service.ts';
import type { SearchPort } from './search/port.ts';
import { createSearchService, type SearchParts, type SearchService } from './search/service.ts';
import { searchUpkeep } from './search-upkeep.ts';
import { composeShare, organisationNames } from './share-sources.ts';

/** Every service over one database. */
export interface Services {
  accounts: AccountService;
  reference: ReferenceService;
  organisations: OrganisationService;
  provinces: ProvinceService;
  catalogue: CatalogueService;
  certificates: CertificateService;
  priorityLists: PriorityListService;
  purchases: PurchaseService;
  imports: ImportService;
  share: ShareService;
  shareLines: ShareLinesService;
  search: SearchService;
  /** Builds the search index and begins the background work. */
  start(): Promise<void>;
  /** Resolves once the background work that earlier writes asked for is done, or has failed and waits for its next turn. */
  settle(): Promise<void>;
  /** Ends the background work; the database and the search engine stay open. */
  close(): Promise<void>;
}

export interface Composition {
  connection: Connection;
  clock: Clock;
  log: Logger;
  searchPort: SearchPort;
  /** Everything written belongs to the demonstration register. */
  writesDemo: boolean;
  /** For whom each offered role acts where the register is a demonstration; null where it is none. */
  demo: DemoActors | null;
}

/** Builds every service once; the only place where features meet: each gets what it needs of another as a function. */
export async function composeServices(composition: Composition): Promise<Services> {
  const { connection, clock, log, demo } = composition;
  const records = await openCollections(connection, clock, composition.writesDemo);
  const indexing = createDrain({ name: 'search index', pass: () => search.drain(), log });
  const redeciding = createDrain({ name: 'decisions', pass: () => redecision.pass(), log });
  const authorising = createDrain({ name: 'holders', pass: () => registry.certificates.authoriseSome(), log });
  const drains = [indexing, redeciding, authorising];
  const changed = () => drains.forEach((drain) => drain.nudge());
  const registry = composeRegistry(records, clock, changed);
  const facts = decisionFacts(registry);
  const redecision = composeRedecision(records, {
    law: unrippledLaw(records, registry.certificates.restate),
    facts,
    now: clock.now,
  });
  const store = await openCellStore(connection);
  const cells = createShareCells({ store, purchases: records.purchases, mark: uncounted });
  const counting = createDrain({ name: 'share cells', pass: cells.pass, log });
  const search = createSearchService(searchParts(records, registry, composition));
  const purchases = composePurchases({ records, registry, clock, facts, changed });
  const importing = await composeImports({ ...composition, ...registry, records, purchases });
  return {
    ...registry,
    accounts: composeAccounts(records, registry, composition),
    purchases,
    imports: importing.imports,
    ...composeShare({ ...registry, records, clock, facts, cells, redeciding, redecision, isDemo: demo !== null }),
    search,
    ...backgroundWork({ search, importing, drains, counting }),
  };
}

type Registry = Pick<
  Services,
  'reference' | 'organisations' | 'provinces' | 'catalogue' | 'certificates' | 'priorityLists'
>;

function composeAccounts(
  records: Collections,
  { organisations }: Registry,
  { clock, demo }: Composition,
): AccountService {
  return createAccountService({
    ...records,
    secrets: { newSecret, hashSecret },
    organisation: organisations.get,
    clock,
    demo: demo ?? {},
  });
}

function composeRegistry(records: Collections, clock: Clock, changed: () => void): Registry {
  const reference = createReferenceService({ ...records, clock, newId, changed });
  const provinces = createProvinceService(records.provinces, clock);
  const organisations = createOrganisationService({
    records: records.organisations,
    clock,
    isScheme: async (code) => (await reference.schemes.get(code)) !== null,
    isGroup: async (code) => (await reference.groups.get(code)) !== null,
    isProvince: async (code, on) => (await provinces.all()).byCode(code, on) !== undefined,
  });
  const priorityLists = createPriorityListService({
    records: records.priorityLists,
    clock,
    async nameable() {
      const { schemes, groups, criteria } = reference;
      const all = await Promise.all([schemes.all(), groups.all(), criteria.all()]);
      return { schemes: all[0], groups: all[1], criteria: all[2] };
    },
    changed,
  });
  const catalogue = createCatalogueService({
    records: records.products,
    group: reference.groups.get,
    organisations: organisations.byCode,
    isCovered: (product) => certificates.isCovered(product),
    changed,
  });
  const certificates = createCertificateService({
    records: withEndings(records.certificates, reference.criteria.some),
    clock,
    scheme: reference.schemes.get,
    criterion: reference.criteria.get,
    products: catalogue.byId,
    productsKnownAt: catalogue.knownAt,
    organisations: organisations.byCode,
    isOrganisation: async (code) =>
      (await organisations.byCode([code])).has(code) && !(await organisations.hiddenFrom(null)).has(code),
    labelFacts: lawOn(reference, priorityLists),
    unauthorised,
    authorise: catalogue.authorise,
    changed,
  });
  return { reference, organisations, provinces, catalogue, certificates, priorityLists };
}

function composeRedecision(
  records: Collections,
  parts: Pick<Parameters<typeof createRedecisionService>[0], 'law' | 'facts' | 'now'>,
): RedecisionService {
  return createRedecisionService({
    purchases: records.purchases,
    certificates: records.certificates,
    editions: records.priorityLists,
    marks: { certificate: unrippledCertificate, edition: unrippledEdition, purchase: unsettled, cell: uncounted },
    ...parts,
  });
}

interface PurchaseComposition {
  records: Collections;
  registry: Registry;
  clock: Clock;
  facts(evidence: Evidence): Promise<Facts>;
  changed(): void;
}

function composePurchases({ records, registry, clock, facts, changed }: PurchaseComposition): PurchaseService {
  const { organisations, catalogue, reference, certificates } = registry;
  return createPurchaseService({
    records: records.purchases,
    clock,
    newId,
    lineage: organisations.lineage,
    reach: organisations.reach,
    organisations: organisations.byCode,
    products: catalogue.byId,
    offered: catalogue.ofGroups,
    async codes({ groups, schemes }) {
      const [knownGroups, knownSchemes] = await Promise.all([
        reference.groups.some(groups),
        reference.schemes.some(schemes),
      ]);
      return { groups: codesOf(knownGroups), schemes: codesOf(knownSchemes) };
    },
    mayCertify: certificates.mayCertify,
    facts,
    changed,
  });
}

function searchParts(records: Collections, registry: Registry, { searchPort, clock }: Composition): SearchParts {
  const { organisations, catalogue, certificates, reference, priorityLists } = registry;
  const law = lawOn(reference, priorityLists);
  return {
    ...searchUpkeep(records, registry, clock),
    port: searchPort,
    clock,
    async facts(on) {
      const [facts, groups] = await Promise.all([law(on, clock.now()), reference.groups.all()]);
      return { ...facts, groups, suppliers: async (codes) => organisationNames(await organisations.byCode(codes)) };
    },
    browse: catalogue.browse,
    products: async (ids) => [...(await catalogue.byId(ids)).values()],
    labels: async (ids, on) =>
      certificates.labels([...(await catalogue.byId(ids)).values()], { on, knownAt: clock.now() }),
  };
}

function codesOf(records: { code: string }[]): Set<string> {
  return new Set(records.map(({ code }) => code));
}
