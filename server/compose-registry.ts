import type { LocalisedText } from '../schemas/types.d.ts';
import { accreditationsOf } from './accreditation-endings.ts';
import { createCatalogueService, type CatalogueService } from './catalogue/service.ts';
import { unauthorised } from './certificates/model.ts';
import { createCertificateService, type CertificateService } from './certificates/service.ts';
import type { Collections } from './collections.ts';
import type { Clock } from './core/clock.ts';
import { oneAtATime } from './core/in-turn.ts';
import { keepEachForAMoment, keepForAMoment } from './core/kept-moment.ts';
import { newId } from './core/model.ts';
import { together } from './core/together.ts';
import { withEndings } from './criterion-endings.ts';
import { listCertificates } from './listed-certificates.ts';
import { lawOn, wholeLawOn, type WholeLaw } from './facts.ts';
import { createProvinceService, type ProvinceService } from './organisations/province.service.ts';
import { createOrganisationService, type OrganisationService } from './organisations/service.ts';
import { createPriorityListService, type PriorityListService } from './priority-lists/service.ts';
import { createReferenceService, type ReferenceService } from './reference/service.ts';

/** The services of what is registered: law, organisations, products, certificates, editions. */
export interface Registry {
  reference: ReferenceService;
  organisations: OrganisationService;
  provinces: ProvinceService;
  catalogue: CatalogueService;
  certificates: CertificateService;
  priorityLists: PriorityListService;
  /** The law of a day as known now, for search: of a write in this process at once, of one in another within half a second. */
  recentLaw(on: string): Promise<WholeLaw>;
  /** The names of organisations as they are today, by code, for search: as late as the law. */
  recentNames(codes: string[]): Promise<ReadonlyMap<string, LocalisedText>>;
}

const recentMs = 500;

/** Builds them, each with what it needs of the others. */
export function composeRegistry(records: Collections, clock: Clock, changed: () => void): Registry {
  const lawChanged = (): void => {
    law.forget();
    listed.forget();
    changed();
  };
  const reference = createReferenceService({ ...records, clock, newId, changed: lawChanged });
  const provinces = createProvinceService(records.provinces, clock);
  const organisations = createOrganisationService({
    records: records.organisations,
    clock,
    changed() {
      names.forget();
      listed.forget();
    },
    inTurn: oneAtATime(),
    isScheme: async (code) => (await reference.schemes.get(code)) !== null,
    isGroup: async (code) => (await reference.groups.get(code)) !== null,
    isProvince: async (code, on) => (await provinces.all()).byCode(code, on) !== undefined,
  });
  const names = keepEachForAMoment(organisations.names, recentMs);
  const priorityLists = createPriorityListService({
    records: records.priorityLists,
    clock,
    async nameable() {
      const { schemes, groups, criteria } = reference;
      const all = await Promise.all([schemes.all(), groups.all(), criteria.all()]);
      return { schemes: all[0], groups: all[1], criteria: all[2] };
    },
    changed: lawChanged,
  });
  const law = keepForAMoment((on) => wholeLawOn({ reference, priorityLists }, on, clock.now()), recentMs);
  const listed = listCertificates(records, reference, recentMs);
  const about = { reference, organisations, priorityLists, listed: listed.records };
  const goods = composeCertified({ records, clock, changed, ...about });
  return { reference, organisations, provinces, priorityLists, recentLaw: law.get, recentNames: names.get, ...goods };
}

interface CertifiedParts extends Pick<Registry, 'reference' | 'organisations' | 'priorityLists'> {
  records: Collections;
  listed: Collections['certificates'];
  clock: Clock;
  changed(): void;
}

/** Products and the certificates that cover them, which ask each other. */
function composeCertified(parts: CertifiedParts): Pick<Registry, 'catalogue' | 'certificates'> {
  const { records, listed, clock, changed, reference, organisations, priorityLists } = parts;
  const catalogue = createCatalogueService({
    records: records.products,
    group: reference.groups.get,
    organisations: organisations.byCode,
    isCovered: (product) => certificates.isCovered(product),
    changed,
  });
  const accreditations = accreditationsOf(reference.schemes.some, records.organisations.some);
  const registered = withEndings(records.certificates, reference.criteria.some, accreditations);
  const certificates = createCertificateService({
    records: registered,
    listed,
    accreditation: async (certificate) => (await accreditations([certificate]))[0],
    renewing: together(async (asked) => {
      const found = await registered.find({ 'reach.renews': { $in: [...new Set(asked.flat())] } });
      return asked.map(() => found);
    }),
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
  return { catalogue, certificates };
}
