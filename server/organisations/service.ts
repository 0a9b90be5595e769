import type {
  LocalisedText,
  Organisation,
  OrganisationChange,
  OrganisationDayQuery,
  OrganisationInput,
  OrganisationQuery,
} from '../../schemas/types.d.ts';
import { knowledgeInstant, type Clock } from '../core/clock.ts';
import { broken, Problem } from '../core/problem.ts';
import type { Page, Records } from '../core/records.ts';
import type { Author } from '../core/author.rules.ts';
import type { Actor, Idempotency } from '../core/route.ts';
import { fold } from '../search/fold.rules.ts';
import { draftOf, refuseUnknown, taken, type StoredOrganisation } from './entry.service.ts';
import { hiddenAgencies, presentTo, readsAll, seesUnverified } from './publication.rules.ts';
import { organisationOn, stateOn, withState } from './state.rules.ts';
import { enterUnverified, vouch } from './verifying.service.ts';
import { createKnownTrees, type KnownTrees } from './tree.service.ts';
import type { DatedTree, Members } from './tree.rules.ts';

/** Agencies, suppliers, certification bodies and laboratories; the only writer of their collection. */
export interface OrganisationService {
  /** @throws Problem 409 for a code or tax code that is taken, 422 for an unknown code, dates that contradict each other or a tree that goes round */
  create(by: Author, input: OrganisationInput, idempotency?: Idempotency): Promise<Organisation>;
  /**
   * Renames, moves, merges, closes: the whole organisation as it is to stand, with its dates. `revision` 0 creates it.
   * @throws Problem as `create`; 404, 412 where `revision` is stale
   */
  put(by: Author, code: string, change: { revision: number; input: OrganisationChange }): Promise<Organisation>;
  /** The supplier of the tax code, entered as one whom nobody has looked at where the register lacks it. */
  enterUnverified(by: Author, company: { taxCode: string; name: string }): Promise<Organisation>;
  /** Says that the organisation is there, where nobody has said so yet. @throws Problem 404 */
  vouch(by: Author, code: string): Promise<Organisation>;
  /** As it is today; null where there is none. */
  byTaxCode(taxCode: string): Promise<Organisation | null>;
  /** Those that the caller may see, as they are on the day. */
  page(actor: Actor | null, query: OrganisationQuery): Promise<Page<Organisation>>;
  /** As it was on a day, as known at an instant; both are now by default. @throws Problem 404, also for what the caller may not see */
  show(actor: Actor | null, code: string, query: OrganisationDayQuery): Promise<Organisation>;
  /** As it is today. @throws Problem 404 */
  get(code: string): Promise<Organisation>;
  /** Those of the codes that exist, by code, as they are today. */
  byCode(codes: string[]): Promise<Map<string, Organisation>>;
  /** The names of those of the codes that exist, by code, as they are today. */
  names(codes: string[]): Promise<Map<string, LocalisedText>>;
  /** Those of the codes that were known at an instant, by code, as they were on a day. */
  byCodeOn(codes: string[], on: string, knownAt: string): Promise<Map<string, Organisation>>;
  /** The agency and those above it today, up to the root: their officers read and write it. Empty where there is no such agency. */
  lineage(agency: string): Promise<string[]>;
  /**
   * When which agencies stood at or below the agency: what "its whole subtree on the basis date" means. For an officer only
   * agencies that stand below its own today: those are the ones it reads.
   */
  reach(actor: Actor, agency: string): Promise<Members[]>;
  /** The tree of agencies on every day, as it was known at the instant. */
  tree(knownAt: string): Promise<DatedTree>;
  /** Agencies of which this caller sees nothing but the national sum, as it is today: an access rule, so never as of an earlier instant. */
  hiddenFrom(actor: Actor | null): Promise<Set<string>>;
}

export interface OrganisationParts {
  records: Records<StoredOrganisation>;
  clock: Clock;
  isScheme(code: string): Promise<boolean>;
  isGroup(code: string): Promise<boolean>;
  /** Whether the province code means one on the day. */
  isProvince(code: string, on: string): Promise<boolean>;
  /** Called after every write. */
  changed(): void;
  /** Lets one write at a time: two moves at once could close a circle that neither of them sees. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
}

/** The organisations over their records. */
export function createOrganisationService(parts: OrganisationParts): OrganisationService {
  const trees = createKnownTrees(parts.records);
  return { ...readers(parts, trees), ...writers(parts, trees) };
}

type Writers = Pick<OrganisationService, 'create' | 'put' | 'enterUnverified' | 'vouch'>;

function writers(parts: OrganisationParts, trees: KnownTrees): Writers {
  const write = (work: () => Promise<StoredOrganisation>): Promise<Organisation> =>
    parts.inTurn(async () => {
      const written = await work();
      trees.learn(written);
      parts.changed();
      return stateOn(written, parts.clock.today());
    });
  return {
    create: (by, input, idempotency) => write(() => create(parts, trees, { by, input, idempotency })),
    put: (by, code, change) => write(() => put(parts, trees, { by, code, ...change })),
    enterUnverified: (by, company) => write(() => enterUnverified(parts, by, company)),
    vouch: (by, code) => write(() => vouch(parts, by, code)),
  };
}

function readers(parts: OrganisationParts, trees: KnownTrees): Omit<OrganisationService, keyof Writers> {
  const { records, clock } = parts;
  const today = (organisation: StoredOrganisation) => stateOn(organisation, clock.today());
  const hiddenFrom = (actor: Actor | null) => hidden(trees, clock, actor);
  return {
    page: async (actor, query) => page(parts, query, { actor, hiddenCodes: await hiddenFrom(actor) }),
    async show(actor, code, { on = clock.today(), knownAt }) {
      const [record, hiddenCodes] = await Promise.all([records.get(code), hiddenFrom(actor)]);
      const known = record && organisationOn(record, on, knowledgeInstant(clock, knownAt));
      if (!known || hiddenCodes.has(code) || (record.unverified && !seesUnverified(actor, code)))
        throw new Problem('NOT_FOUND');
      return presentTo(actor, known, hiddenCodes);
    },
    async get(code) {
      const organisation = await records.get(code);
      if (!organisation) throw new Problem('NOT_FOUND');
      return today(organisation);
    },
    async byTaxCode(taxCode) {
      const [found] = await records.find({ taxCode }, 1);
      return found ? today(found) : null;
    },
    ...readersOfMany(parts),
    lineage: async (agency) => (await trees.at(clock.now())).lineageOn(agency, clock.today()),
    reach: async (actor, agency) => reach(await trees.at(clock.now()), clock.today(), { actor, agency }),
    tree: (knownAt) => trees.at(knownAt),
    hiddenFrom,
  };
}

function readersOfMany({
  records,
  clock,
}: OrganisationParts): Pick<OrganisationService, 'byCode' | 'names' | 'byCodeOn'> {
  return {
    async byCode(codes) {
      const [found, today] = [await records.some(codes), clock.today()];
      return new Map(found.map((organisation) => [organisation.code, stateOn(organisation, today)]));
    },
    async names(codes) {
      const found = codes.length === 0 ? [] : await records.some(codes, ['code', 'names']);
      const today = clock.today();
      return new Map(found.map((organisation) => [organisation.code, stateOn(organisation, today).name]));
    },
    async byCodeOn(codes, on, knownAt) {
      const found = await records.find({ _id: { $in: [...new Set(codes)] } });
      const known = found.flatMap((organisation) => organisationOn(organisation, on, knownAt) ?? []);
      return new Map(known.map((organisation) => [organisation.code, organisation]));
    },
  };
}

function reach(
  tree: DatedTree,
  today: string,
  { actor: { role, org }, agency }: { actor: Actor; agency: string },
): Members[] {
  const members = tree.membersOf(agency);
  if (role !== 'officer') return members;
  const own = new Set(tree.subtreeOn(org ?? '', today));
  return members.map((run) => ({ ...run, agencies: run.agencies.filter((code) => own.has(code)) }));
}

async function create(
  parts: OrganisationParts,
  trees: KnownTrees,
  { by, input, idempotency }: { by: Author; input: OrganisationInput; idempotency?: Idempotency | undefined },
): Promise<StoredOrganisation> {
  const { records, clock } = parts;
  const repeated = await records.repeated(undefined, idempotency);
  if (repeated) return repeated;
  const draft = draftOf(input.code, input);
  await refuseUnknown(parts, await trees.at(clock.now()), { input, draft });
  return records.insert((now) => ({ ...draft, knownFrom: now }), {
    by,
    idempotency,
    onDuplicate: (keys) => taken(keys, input.code),
  });
}

async function put(
  parts: OrganisationParts,
  trees: KnownTrees,
  { by, code, revision, input }: { by: Author; code: string; revision: number; input: OrganisationChange },
): Promise<StoredOrganisation> {
  const { records, clock } = parts;
  if (input.code !== undefined && input.code !== code)
    throw broken({ pointer: '/code', code: 'CODE_OF_PATH', params: { code } });
  if (revision === 0) {
    if (await records.get(code)) throw new Problem('PRECONDITION_FAILED');
    return create(parts, trees, { by, input: { ...input, code } });
  }
  const draft = draftOf(code, input);
  await refuseUnknown(parts, await trees.at(clock.now()), { input, draft });
  return records.change(
    code,
    (before, now) => {
      const { kind } = before;
      if (input.kind !== kind) throw broken({ pointer: '/kind', code: 'KIND_STAYS', params: { kind } });
      return withState(before, draft, now);
    },
    { by, expected: revision, onDuplicate: (keys) => taken(keys, code) },
  );
}

async function page(
  { records, clock }: OrganisationParts,
  { kind, parent, q, on = clock.today(), ...query }: OrganisationQuery,
  { actor, hiddenCodes }: { actor: Actor | null; hiddenCodes: Set<string> },
): Promise<Page<Organisation>> {
  const words = q ? fold(q).split(' ') : [];
  const starts = words.map((word) => ({ words: { $regex: `^${word}` } }));
  const filter = {
    ...(kind && { kind }),
    ...(parent && { parentRuns: { $elemMatch: { code: parent, from: { $lte: on }, through: { $gte: on } } } }),
    ...(starts.length > 0 && { $and: starts }),
    ...(!readsAll(actor) && { unverified: { $exists: false } }),
    ...(hiddenCodes.size > 0 && { _id: { $nin: [...hiddenCodes] } }),
  };
  const found = await records.page(filter, query);
  const items = found.items.map((item) => presentTo(actor, stateOn(item, on), hiddenCodes));
  // Of an agency that is hidden nothing is said, not even how many stand below it.
  return parent !== undefined && hiddenCodes.has(parent) ? { items: [], total: 0, next: null } : { ...found, items };
}

async function hidden(trees: KnownTrees, clock: Clock, actor: Actor | null): Promise<Set<string>> {
  if (readsAll(actor)) return new Set();
  const marked = await trees.unpublished();
  if (marked.length === 0) return new Set();
  const tree = await trees.at(clock.now());
  const today = clock.today();
  const own = actor?.role === 'officer' && actor.org ? tree.subtreeOn(actor.org, today) : [];
  return hiddenAgencies(marked, (code) => tree.subtreeOn(code, today), own);
}
