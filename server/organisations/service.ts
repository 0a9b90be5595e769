import type { Organisation, OrganisationInput, OrganisationQuery } from '../../schemas/types.d.ts';
import { broken, Problem } from '../core/problem.ts';
import type { Page, Records } from '../core/records.ts';
import type { Idempotency } from '../core/route.ts';
import { fold } from '../search/fold.rules.ts';
import { agencyTree, datedTree, type AgencyTree, type DatedTree } from './tree.rules.ts';

/** Agencies, suppliers, certification bodies and laboratories; the only writer of their collection. */
export interface OrganisationService {
  /** @throws Problem 409 for a code or tax code that is taken, 422 for an unknown parent or scheme */
  create(input: OrganisationInput, idempotency?: Idempotency): Promise<Organisation>;
  page(query: OrganisationQuery): Promise<Page<Organisation>>;
  /** The organisation. @throws Problem 404 */
  get(code: string): Promise<Organisation>;
  /** Those of the codes that exist, by code. */
  byCode(codes: string[]): Promise<Map<string, Organisation>>;
  /** The agency and those above it, up to the root; empty where there is no such agency. */
  lineage(agency: string): Promise<string[]>;
  /** The agency and all below it. */
  subtree(agency: string): Promise<string[]>;
  /** The tree of agencies on every day, as it was known at the instant. */
  tree(knownAt: string): Promise<DatedTree>;
  /** The whole tree of agencies as it was known. */
  agencies(knownAt: string): Promise<AgencyTree>;
}

interface OrganisationParts {
  records: Records<Organisation & { words: string[] }>;
  isScheme(code: string): Promise<boolean>;
}

// A country has some 40,000 buying units with a budget code of their own.
const mostAgencies = 100_000;

/** The organisations over their records. */
export function createOrganisationService(parts: OrganisationParts): OrganisationService {
  const { records } = parts;
  return {
    create: (input, idempotency) => create(parts, input, idempotency),
    page({ kind, parent, q, ...query }) {
      const words = q ? fold(q).split(' ') : [];
      const starts = words.map((word) => ({ words: { $regex: `^${word}` } }));
      const filter = { ...(kind && { kind }), ...(parent && { parent }), ...(starts.length > 0 && { $and: starts }) };
      return records.page(filter, query);
    },
    async get(code) {
      const organisation = await records.get(code);
      if (!organisation) throw new Problem('NOT_FOUND');
      return organisation;
    },
    async byCode(codes) {
      const found = await records.find({ _id: { $in: [...new Set(codes)] } });
      return new Map(found.map((organisation) => [organisation.code, organisation]));
    },
    lineage: (agency) => lineage(records, agency),
    subtree: (agency) => subtree(records, agency),
    async tree(knownAt) {
      const agencies = await records.find({ kind: 'agency', recordedAt: { $lte: knownAt } }, mostAgencies);
      return datedTree(agencies.map(({ code, parent }) => ({ code, parents: parent ? [{ code: parent }] : [] })));
    },
    async agencies(knownAt) {
      return agencyTree(await records.find({ kind: 'agency', recordedAt: { $lte: knownAt } }, mostAgencies));
    },
  };
}

type OrganisationRecords = OrganisationParts['records'];

async function create(
  parts: OrganisationParts,
  input: OrganisationInput,
  idempotency?: Idempotency,
): Promise<Organisation> {
  const { records } = parts;
  const repeated = await records.repeated(undefined, idempotency);
  if (repeated) return repeated;
  await refuseUnknown(parts, input);
  const words = [...new Set(fold(`${input.code} ${input.name.vi} ${input.name.en ?? ''}`).split(' '))];
  return records.insert(() => ({ ...input, words }), {
    idempotency,
    onDuplicate: (keys) =>
      keys === 'taxCode' ? new Problem('TAX_CODE_TAKEN') : new Problem('CODE_TAKEN', { code: input.code }),
  });
}

async function refuseUnknown({ records, isScheme }: OrganisationParts, input: OrganisationInput): Promise<void> {
  const { kind, parent, mayCertify = [] } = input;
  if (parent !== undefined) {
    const above = await records.get(parent);
    if (!above) throw broken({ pointer: '/parent', code: 'UNKNOWN_CODE', params: { code: parent } });
    if (above.kind !== 'agency' || kind !== 'agency') {
      throw broken({ pointer: '/parent', code: 'WRONG_KIND', params: { code: parent, kind: 'agency' } });
    }
  }
  for (const [index, scheme] of mayCertify.entries()) {
    if (await isScheme(scheme)) continue;
    throw broken({ pointer: `/mayCertify/${index}`, code: 'UNKNOWN_CODE', params: { code: scheme } });
  }
}

async function lineage(records: OrganisationRecords, agency: string): Promise<string[]> {
  const found: string[] = [];
  for (let code: string | undefined = agency; code !== undefined;) {
    const organisation: Organisation | null = await records.get(code);
    if (organisation?.kind !== 'agency') break;
    found.push(code);
    code = organisation.parent;
  }
  return found;
}

async function subtree(records: OrganisationRecords, agency: string): Promise<string[]> {
  const found = [agency];
  for (let level = found; level.length > 0;) {
    const below = await records.find({ parent: { $in: level } }, mostAgencies);
    level = below.map(({ code }) => code);
    found.push(...level);
  }
  return found;
}
