import type { Product, ProductInput, ProductPatch, WithdrawalInput } from '../../schemas/types.d.ts';
import { Problem } from '../core/problem.ts';
import type { Filter, Page, PageQuery, Records } from '../core/records.ts';
import { system, type Author } from '../core/author.rules.ts';
import type { Actor, Idempotency } from '../core/route.ts';
import { amendedAttributes, withAttributes } from './attributes.service.ts';
import { refuseChange, refuseEntry, refuseOthers, type EntryParts } from './entry.service.ts';
import { groupKnownAt, withGroupHistory, type FormerGroup } from './group-history.rules.ts';
import { codesOf, identitiesOf, placeOfIdentity, type Named } from './identity.rules.ts';

/** Products and services; the only writer of their collection. */
export interface CatalogueService {
  /** @throws Problem 403 for another supplier's product, 409 where the model or a spelling of it is there already, 422 for an unknown group or organisation, and for attributes that are not the group's */
  create(actor: Actor, input: ProductInput, idempotency?: Idempotency): Promise<Product>;
  /** @throws Problem 403 also where a certified product's identity is not the actor's to change; 412 where `revision` is stale */
  amend(actor: Actor, id: string, change: { revision: number; patch: ProductPatch }): Promise<Product>;
  /** @throws Problem 409 where it is withdrawn already */
  withdraw(actor: Actor, id: string, entry: WithdrawalEntry): Promise<Product>;
  /** @throws Problem 404 */
  get(id: string): Promise<Product>;
  /** Those of the ids that exist, by id. */
  byId(ids: string[]): Promise<Map<string, Product>>;
  /** A page of the accepted products of kinds, groups and suppliers (all where none is named) that are offered on a day, the latest first. */
  browse(
    filter: { kinds: string[]; groups: string[]; suppliers: string[]; on: string },
    page: { limit: number; skip: number },
  ): Promise<Page<Product>>;
  /** The products that wait for the operator's acceptance, a supplier's own only, the latest first. */
  unreviewed(actor: Actor, query: PageQuery): Promise<Page<Product>>;
  /** Those of the ids that exist, each with the group that it was known to be of at an instant. */
  knownAt(ids: string[], instant: string): Promise<Pick<Product, 'id' | 'group'>[]>;
  /** Makes an organisation authorised to hold certificates for the products, where it is not yet. */
  authorise(ids: string[], organisation: string): Promise<void>;
  /** Accepts products into public search, where they are not yet. */
  accept(by: Author, ids: string[]): Promise<void>;
  /** Every product of the groups. */
  ofGroups(groups: string[]): Promise<Product[]>;
  /** Products with one of the codes, or with one that begins so; folded as a model is. */
  byCode(asked: { codes: string[] } | { begin: string; most: number }): Promise<Product[]>;
}

/** A withdrawal and the key under which it is sent. */
export interface WithdrawalEntry {
  withdrawal: WithdrawalInput;
  idempotency?: Idempotency | undefined;
}

/** A product beside what is derived for its index and kept for answers about the past. */
export type StoredProduct = Product & {
  /** Keys by which no other product may be known; none for a product without a model. */
  identities?: string[];
  /** What a look-up finds it by; absent where it was last written by an earlier version. */
  codes?: string[];
  /** The groups that it was of before, each with the instant at which the register learned of the next. */
  formerGroups?: FormerGroup[];
};

interface CatalogueParts extends EntryParts {
  records: Records<StoredProduct>;
  /** Says that a product changed. */
  changed(): void;
}

/** The catalogue over its records. */
export function createCatalogueService(parts: CatalogueParts): CatalogueService {
  const { records } = parts;
  return {
    create: (actor, input, idempotency) => create(parts, { actor, input, idempotency }),
    amend: (actor, id, sent) => amend(parts, { actor, id, ...sent }),
    withdraw: (actor, id, entry) => withdraw(parts, { actor, id, ...entry }),
    async get(id) {
      const product = await records.get(id);
      if (!product) throw new Problem('NOT_FOUND');
      return product;
    },
    async byId(ids) {
      const found = await records.some(ids);
      return new Map(found.map((product) => [product.id, product]));
    },
    browse({ kinds, groups, suppliers, on }, page) {
      const filter: Filter = {
        listing: 'accepted',
        $or: [{ withdrawal: { $exists: false } }, { 'withdrawal.on': { $gt: on } }],
        ...(kinds.length > 0 && { kind: { $in: kinds } }),
        ...(groups.length > 0 && { group: { $in: groups } }),
        ...(suppliers.length > 0 && { supplier: { $in: suppliers } }),
      };
      return records.page(filter, page);
    },
    unreviewed(actor, query) {
      const own = actor.role === 'supplier' && { supplier: actor.org };
      return records.page({ listing: 'unreviewed', withdrawal: { $exists: false }, ...own }, query);
    },
    async knownAt(ids, instant) {
      const found = await records.some(ids);
      return found.map((product) => ({ id: product.id, group: groupKnownAt(product, instant) }));
    },
    authorise: (ids, organisation) => authorise(parts, ids, organisation),
    accept: (by, ids) => accept(parts, by, ids),
    byCode: createLookUp(parts),
    ofGroups: (groups) => records.find({ group: { $in: groups } }),
  };
}

const filledAtOnce = 500;
const mostFound = 50;

/** Looks products up by what is printed on them; records of an earlier version get their codes first, once. */
function createLookUp({ records }: CatalogueParts): CatalogueService['byCode'] {
  const fill = async (): Promise<void> => {
    const lacking = await records.find({ codes: { $exists: false } }, filledAtOnce);
    await records.replaceAll(lacking.map(withIdentities), { set: [], clear: [] });
    if (lacking.length === filledAtOnce) await fill();
  };
  let filled: Promise<void> | null = null;
  return async (asked) => {
    await (filled ??= fill());
    if ('codes' in asked) return records.find({ codes: { $in: asked.codes } }, mostFound);
    const { begin, most } = asked;
    return records.find({ codes: { $gte: begin, $lt: `${begin}\uffff` } }, most, { codes: 1 });
  };
}

async function amend(
  parts: CatalogueParts,
  { actor, id, revision, patch }: { actor: Actor; id: string } & Parameters<CatalogueService['amend']>[2],
): Promise<StoredProduct> {
  const { records, changed } = parts;
  const product = await records.change(id, (before, now) => applyPatch(parts, { actor, before, patch, now }), {
    by: actor,
    expected: revision,
    onDuplicate: async () => existing(records, patched((await records.get(id))!, patch)),
  });
  changed();
  return product;
}

async function create(
  parts: CatalogueParts,
  { actor, input, idempotency }: { actor: Actor; input: ProductInput; idempotency?: Idempotency },
): Promise<Product> {
  const { records, changed } = parts;
  const repeated = await records.repeated(input.supplier, idempotency);
  if (repeated) return repeated;
  refuseOthers(actor, input.supplier);
  await refuseEntry(parts, input);
  const listing = actor.role === 'supplier' ? ('unreviewed' as const) : ('accepted' as const);
  const { attributes, ...fields } = input;
  const draft = await withAttributes(parts.group, { aliases: [], authorised: [], ...fields, listing }, attributes);
  const product = await records.insert(() => withIdentities(draft), {
    by: actor,
    idempotency,
    onDuplicate: () => existing(records, draft),
  });
  changed();
  return product;
}

async function withdraw(
  { records, changed }: CatalogueParts,
  { actor, id, withdrawal, idempotency }: WithdrawalEntry & { actor: Actor; id: string },
): Promise<Product> {
  const withdrawn = await records.change(
    id,
    (before, now) => {
      refuseOthers(actor, before.supplier);
      if (before.withdrawal) throw new Problem('ALREADY_WITHDRAWN', { on: before.withdrawal.on });
      return { ...before, withdrawal: { ...withdrawal, recordedAt: now } };
    },
    { by: actor, action: 'withdrawn', idempotency },
  );
  changed();
  return withdrawn;
}

async function applyPatch(
  parts: CatalogueParts,
  { actor, before, patch, now }: { actor: Actor; before: StoredProduct; patch: ProductPatch; now: string },
): Promise<StoredProduct> {
  refuseOthers(actor, before.supplier);
  await refuseChange(parts, actor, { before, patch });
  const { attributes, ...fields } = patch;
  const after = patched(before, fields);
  refuseOthers(actor, after.supplier);
  await refuseEntry(parts, after);
  const changed = await amendedAttributes(parts.group, { before, after }, attributes);
  return withIdentities(withGroupHistory(before, changed, now));
}

async function authorise({ records, changed }: CatalogueParts, ids: string[], organisation: string): Promise<void> {
  const lacking = await records.find({ _id: { $in: ids }, authorised: { $ne: organisation } });
  const options = { by: system, action: 'holder-authorised' };
  for (const { id } of lacking) await records.change(id, (before) => authorising(before, organisation), options);
  if (lacking.length > 0) changed();
}

async function accept({ records, changed }: CatalogueParts, by: Author, ids: string[]): Promise<void> {
  const lacking = await records.find({ _id: { $in: ids }, listing: 'unreviewed' });
  for (const { id } of lacking)
    await records.change(id, (before) => ({ ...before, listing: 'accepted' }), { by, action: 'listing-accepted' });
  if (lacking.length > 0) changed();
}

function authorising(product: StoredProduct, organisation: string): StoredProduct {
  const { authorised } = product;
  return authorised.includes(organisation) ? product : { ...product, authorised: [...authorised, organisation] };
}

/** One model a product: the keys by which the catalogue knows that it, or another spelling of it, is there already. */
function withIdentities<T extends Named & Partial<Product> & { identities?: string[] }>(product: T): T {
  const identities = identitiesOf(product);
  return { ...product, identities: identities.length > 0 ? identities : undefined, codes: codesOf(product) };
}

/** The product without what the change takes away, and with what it gives. */
function patched(before: StoredProduct, patch: Omit<ProductPatch, 'attributes'>): StoredProduct {
  const after = Object.entries({ ...before, ...patch }).filter(([, value]) => value !== null);
  return Object.fromEntries(after) as unknown as StoredProduct;
}

async function existing(records: Records<StoredProduct>, product: Named & { id?: string }): Promise<Problem> {
  const found = await records.find({ identities: { $in: identitiesOf(product) } }, 2);
  const other = found.find(({ id }) => id !== product.id);
  const pointer = placeOfIdentity(product, other?.identities ?? []);
  return new Problem('PRODUCT_EXISTS', { id: other?.id ?? '' }, [{ pointer, code: 'MODEL_OF_ANOTHER' }]);
}
