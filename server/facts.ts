import type { CriteriaDocument, ProductGroup } from '../schemas/types.d.ts';
import type { LabelFacts } from './certificates/labels.rules.ts';
import type { CertificateService } from './certificates/service.ts';
import { reachOf } from './certificates/state.rules.ts';
import type { OrganisationService } from './organisations/service.ts';
import { editionInForce } from './priority-lists/edition.rules.ts';
import type { PriorityListService } from './priority-lists/service.ts';
import { together } from './core/together.ts';
import type { Evidence } from './purchases/claim.rules.ts';
import type { Facts } from './purchases/decision.rules.ts';
import { recordOn, recordsOn } from './reference/dated.rules.ts';
import type { ReferenceService } from './reference/service.ts';

/** The features that what decides is read from. */
interface FactSources {
  certificates: CertificateService;
  reference: ReferenceService;
  priorityLists: PriorityListService;
  organisations: OrganisationService;
}

/** Schemes, agreements and the edition in force as they are on a day, as known at an instant. */
export function lawOn(
  reference: ReferenceService,
  lists: PriorityListService,
): (on: string, knownAt: string) => Promise<LabelFacts> {
  return async (on, knownAt) => {
    const [schemes, agreements, editions] = await Promise.all([
      reference.schemes.all(),
      reference.agreements.all(),
      lists.published(),
    ]);
    return {
      schemes: schemes.map((scheme) => recordOn(scheme, on, knownAt)),
      agreements: recordsOn(agreements, on, knownAt),
      edition: editionInForce(editions, on, knownAt),
    };
  };
}

/** What is read of the law for one search. */
export interface WholeLaw extends LabelFacts {
  on: string;
  groups: ProductGroup[];
  criteria: CriteriaDocument[];
}

/** The whole law of a day as known at an instant. */
export async function wholeLawOn(
  { reference, priorityLists }: Pick<FactSources, 'reference' | 'priorityLists'>,
  on: string,
  knownAt: string,
): Promise<WholeLaw> {
  const [facts, groups, criteria] = await Promise.all([
    lawOn(reference, priorityLists)(on, knownAt),
    reference.groups.all(),
    reference.criteria.all(),
  ]);
  return { on, ...facts, groups, criteria };
}

/** Everything that decides lines, by what their certificates are found by. */
export function decisionFacts({
  certificates,
  reference,
  priorityLists,
  organisations,
}: FactSources): (evidence: Evidence) => Promise<Facts> {
  // Those who ask at the same moment get the same facts: what bears on other lines is passed over by the rules.
  const ask = together(async (asked: Evidence[]) => {
    const facts = await readFacts(joined(asked));
    return asked.map(() => facts);
  });
  const readFacts = async (evidence: Evidence): Promise<Facts> => {
    const [covering, agreements, editions] = await Promise.all([
      certificates.bearingOn(evidence),
      reference.agreements.all(),
      priorityLists.published(),
    ]);
    const [schemes, holders] = await Promise.all([
      reference.schemes.some(covering.map(({ scheme }) => scheme)),
      organisations.byCode(covering.flatMap((certificate) => reachOf(certificate).holders)),
    ]);
    const taxCodes = [...holders.values()].flatMap(({ code, taxCode }) => (taxCode ? [[code, taxCode] as const] : []));
    return { certificates: covering, schemes, agreements, editions, taxCodes: Object.fromEntries(taxCodes) };
  };
  return ask;
}

function joined(asked: Evidence[]): Evidence {
  const [only] = asked;
  if (asked.length === 1 && only) return only;
  return {
    products: [...new Set(asked.flatMap(({ products }) => products))],
    claims: asked.flatMap(({ claims }) => claims),
    accepted: [...new Set(asked.flatMap(({ accepted }) => accepted))],
  };
}
