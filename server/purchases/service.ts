import type {
  ClaimEntry,
  CorrectionInput,
  PageQuery as PageAsked,
  Purchase,
  PurchaseInput,
  PurchaseQuery,
} from '../../schemas/types.d.ts';
import { broken, Problem } from '../core/problem.ts';
import type { Filter, Page, Recorded } from '../core/records.ts';
import type { Actor, Idempotency } from '../core/route.ts';
import type { Members } from '../organisations/tree.rules.ts';
import { openClaims } from './claim.rules.ts';
import { applyCorrection } from './correcting.service.ts';
import type { Derived } from './derived.rules.ts';
import { refuseExisting } from './existing.service.ts';
import { withNames } from './names.service.ts';
import { recordPurchases, type PurchaseEntry, type PurchaseOutcome, type RecordingParts } from './recording.service.ts';

/** Purchases and their corrections; the only writer of their collection, with the decisions made again later. */
export interface PurchaseService {
  /**
   * Records a purchase and decides every line; with `preview` the same answer, its warnings, and nothing written.
   * @throws Problem 403 for another's agency, 409 where it is there already, 422 for what breaks a rule
   */
  create(actor: Actor, input: PurchaseInput, how: { preview: boolean; idempotency?: Idempotency }): Promise<Purchase>;
  /**
   * Records many purchases by the same rules, each by a write of its own, with everything that decides them read once.
   * Gives for each what became of it, and throws for none of them; `preview` tells it beforehand and writes nothing.
   */
  createMany(entries: PurchaseEntry[], how: { preview: boolean }): Promise<PurchaseOutcome[]>;
  /**
   * Takes lines back and records new ones in their place, or cancels all; with `preview` the same answer and nothing
   * written. @throws Problem 403, 404, 422
   */
  correct(actor: Actor, id: string, entry: CorrectionEntry): Promise<Purchase>;
  /** @throws Problem 403 for another's agency, 404 */
  get(actor: Actor, id: string): Promise<Purchase>;
  /** The ids of the agency's purchases that were recorded under these keys, by key. */
  recordedUnder(agency: string, keys: string[]): Promise<Map<string, string>>;
  /** @throws Problem 403 for another's agency */
  page(actor: Actor, query: PurchaseQuery): Promise<Page<Purchase>>;
  /** The queue of a scheme: what lines claim that the register lacks. @throws Problem 403 for another's scheme, 404 */
  claims(actor: Actor, scheme: string, query: PageAsked): Promise<Page<ClaimEntry>>;
}

/** A correction and how it is sent. */
export interface CorrectionEntry {
  correction: CorrectionInput;
  preview?: boolean;
  idempotency?: Idempotency | undefined;
}

/** A purchase beside what its indexes are made of. */
export type StoredPurchase = Purchase & Pick<Recorded, 'idempotency'> & Derived & { supplierKey: string; year: number };

interface PurchaseParts extends RecordingParts {
  /** When which agencies stood at or below the agency, as far as the actor reads them. */
  reach(actor: Actor, agency: string): Promise<Members[]>;
  /** Whether the certifier's organisation may certify for the scheme; null where there is no such scheme. */
  mayCertify(actor: Actor, scheme: string): Promise<boolean | null>;
  /** Says that a purchase was recorded or corrected. */
  changed(): void;
}

/** The purchases over their records. */
export function createPurchaseService(parts: PurchaseParts): PurchaseService {
  const { records, changed } = parts;
  return {
    async create(actor, input, { preview, idempotency }) {
      const [outcome] = await recordPurchases(parts, [{ actor, input, idempotency }], { preview });
      if ('problem' in outcome!) throw outcome.problem;
      if (!preview) changed();
      return named(parts, outcome!.purchase);
    },
    async createMany(entries, how) {
      const outcomes = await recordPurchases(parts, entries, how);
      if (how.preview) return refuseExisting(parts, outcomes);
      changed();
      return outcomes;
    },
    correct: (actor, id, entry) => correct(parts, { actor, id, ...entry }),
    get: async (actor, id) => named(parts, await visible(parts, actor, id)),
    async recordedUnder(agency, keys) {
      const found = keys.length > 0 ? await records.find({ agency, 'idempotency.key': { $in: keys } }) : [];
      return new Map(found.flatMap(({ id, idempotency = [] }) => idempotency.map(({ key }) => [key, id] as const)));
    },
    async page(actor, { limit, cursor, ...query }) {
      const page = await records.page(await filterOf(parts, actor, query), { limit, cursor });
      return { ...page, items: await withNames(parts, page.items) };
    },
    claims: (actor, scheme, query) => claims(parts, { actor, scheme, query }),
  };
}

async function named(parts: PurchaseParts, purchase: Purchase): Promise<Purchase> {
  const [answer] = await withNames(parts, [purchase]);
  return answer!;
}

async function visible({ records, lineage }: PurchaseParts, actor: Actor, id: string): Promise<StoredPurchase> {
  const purchase = await records.get(id);
  if (!purchase) throw new Problem('NOT_FOUND');
  if (actor.role === 'officer') refuseAbove(actor, purchase.agency, await lineage(purchase.agency));
  return purchase;
}

async function refuseOthersAgency({ lineage }: PurchaseParts, actor: Actor, agency: string): Promise<void> {
  const above = await lineage(agency);
  if (above.length === 0) throw broken({ pointer: '/agency', code: 'UNKNOWN_CODE', params: { code: agency } });
  refuseAbove(actor, agency, above);
}

function refuseAbove(actor: Actor, agency: string, lineage: string[]): void {
  if (!lineage.includes(actor.org ?? '')) throw new Problem('OTHER_ORGANISATION', { code: agency });
}

async function correct(
  parts: PurchaseParts,
  { actor, id, correction, preview, idempotency }: CorrectionEntry & { actor: Actor; id: string },
): Promise<Purchase> {
  const { records, clock, changed } = parts;
  const before = await visible(parts, actor, id);
  await refuseOthersAgency(parts, actor, before.agency);
  if (preview) {
    const corrected = await applyCorrection(parts, { before, correction, now: clock.now(), today: clock.today() });
    return named(parts, { ...corrected, preview: true });
  }
  const corrected = await records.change(
    id,
    (purchase, now) => applyCorrection(parts, { before: purchase, correction, now, today: clock.today() }),
    { by: actor, action: 'corrected', idempotency },
  );
  changed();
  return named(parts, corrected);
}

async function claims(
  parts: PurchaseParts,
  { actor, scheme, query }: { actor: Actor; scheme: string; query: PageAsked },
): Promise<Page<ClaimEntry>> {
  const isTheirs = await parts.mayCertify(actor, scheme);
  if (isTheirs === null) throw new Problem('NOT_FOUND');
  if (actor.role === 'certifier' && !isTheirs) throw new Problem('SCHEME_NOT_YOURS', { scheme });
  const page = await parts.records.page({ openClaims: scheme }, query);
  const purchases = await withNames(parts, page.items);
  const items = purchases.map(({ id, basisDate, recordedAt, lines }) => {
    const claimed = openClaims(lines).filter(({ labelClaim }) => labelClaim!.scheme === scheme);
    return { id, basisDate, recordedAt, claims: claimed.map((line) => ({ ...line, number: line.labelClaim!.number })) };
  });
  return { ...page, items };
}

async function filterOf(
  parts: PurchaseParts,
  actor: Actor,
  query: Omit<PurchaseQuery, 'limit' | 'cursor'>,
): Promise<Filter> {
  const { agency = actor.org, from, to, group, green, supplier, reference, notice, changedSince } = query;
  if (agency !== undefined && actor.role === 'officer') refuseAbove(actor, agency, await parts.lineage(agency));
  const all: Filter[] = [
    ...(agency === undefined ? [] : [withinReach(await parts.reach(actor, agency))]),
    ...(supplier === undefined ? [] : [{ $or: [{ 'supplier.code': supplier }, { 'supplier.taxCode': supplier }] }]),
  ];
  const line = { ...(group && { group }), ...(green && { status: green }) };
  return {
    ...(all.length > 0 && { $and: all }),
    ...((from ?? to) && { basisDate: { ...(from && { $gte: from }), ...(to && { $lte: to }) } }),
    ...(Object.keys(line).length > 0 && { standing: { $elemMatch: line } }),
    ...(reference && { reference }),
    // A notice is known with and without the number of its version (domain.md 6).
    ...(notice && { notice: { $regex: `^${notice.slice(0, 12)}(-|$)` } }),
    ...(changedSince && { redecidedAt: { $gte: new Date(changedSince).toISOString() } }),
  };
}

/** An agency means its whole subtree on the basis date; where nobody was moved, on any day. */
function withinReach(members: Members[]): Filter {
  const agency = { $in: [...new Set(members.flatMap(({ agencies }) => agencies))] };
  if (members.length === 1) return { agency };
  const $or = members.map(({ agencies, from, through }) => ({
    agency: { $in: agencies },
    basisDate: { $gte: from, $lte: through },
  }));
  return { agency, $or };
}
