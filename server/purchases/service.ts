import type { CorrectionInput, Purchase, PurchaseInput, PurchaseQuery } from '../../schemas/types.d.ts';
import { broken, Problem } from '../core/problem.ts';
import type { Filter, Page, Recorded } from '../core/records.ts';
import type { Actor, Idempotency } from '../core/route.ts';
import type { Members } from '../organisations/tree.rules.ts';
import { planCorrection } from './correction.rules.ts';
import { decideLine, lineFaults, recordLine } from './line.rules.ts';
import {
  knowledgeOfLines,
  recordPurchases,
  refuseExisting,
  type PurchaseEntry,
  type PurchaseOutcome,
  type RecordingParts,
} from './recording.service.ts';

/** Purchases and their corrections; the only writer of their collection, with the decisions made again later. */
export interface PurchaseService {
  /**
   * Records a purchase and decides every line; with `preview` the same answer and nothing written.
   * @throws Problem 403 for another's agency, 409 where it is there already, 422 for what breaks a rule
   */
  create(actor: Actor, input: PurchaseInput, how: { preview: boolean; idempotency?: Idempotency }): Promise<Purchase>;
  /**
   * Records many purchases by the same rules, each by a write of its own, with everything that decides them read once.
   * Gives for each what became of it, and throws for none of them; `preview` tells it beforehand and writes nothing.
   */
  createMany(entries: PurchaseEntry[], how: { preview: boolean }): Promise<PurchaseOutcome[]>;
  /** Takes lines back and records new ones in their place, or cancels all. @throws Problem 403, 404, 422 */
  correct(actor: Actor, id: string, entry: CorrectionEntry): Promise<Purchase>;
  /** @throws Problem 403 for another's agency, 404 */
  get(actor: Actor, id: string): Promise<Purchase>;
  /** The ids of the agency's purchases that were recorded under these keys, by key. */
  recordedUnder(agency: string, keys: string[]): Promise<Map<string, string>>;
  /** @throws Problem 403 for another's agency */
  page(actor: Actor, query: PurchaseQuery): Promise<Page<Purchase>>;
}

/** A correction and the key under which it is sent. */
export interface CorrectionEntry {
  correction: CorrectionInput;
  idempotency?: Idempotency | undefined;
}

/** A purchase beside what its unique index is made of. */
export type StoredPurchase = Purchase & Pick<Recorded, 'idempotency'> & { supplierKey: string; year: number };

interface PurchaseParts extends RecordingParts {
  /** When which agencies stood at or below the agency, as far as the actor reads them. */
  reach(actor: Actor, agency: string): Promise<Members[]>;
  /** Says that a purchase was recorded or corrected. */
  changed(): void;
}

const mostLines = 2000;

/** The purchases over their records. */
export function createPurchaseService(parts: PurchaseParts): PurchaseService {
  const { records, changed } = parts;
  return {
    async create(actor, input, { preview, idempotency }) {
      const [outcome] = await recordPurchases(parts, [{ actor, input, idempotency }], { preview });
      if ('problem' in outcome!) throw outcome.problem;
      if (!preview) changed();
      return outcome!.purchase;
    },
    async createMany(entries, how) {
      const outcomes = await recordPurchases(parts, entries, how);
      if (how.preview) return refuseExisting(parts, outcomes);
      changed();
      return outcomes;
    },
    async correct(actor, id, { correction, idempotency }) {
      const { agency } = await visible(parts, actor, id);
      await refuseOthersAgency(parts, actor, agency);
      const corrected = await records.change(id, (before, now) => applyCorrection(parts, { before, correction, now }), {
        idempotency,
      });
      changed();
      return corrected;
    },
    get: (actor, id) => visible(parts, actor, id),
    async recordedUnder(agency, keys) {
      const found = keys.length > 0 ? await records.find({ agency, 'idempotency.key': { $in: keys } }) : [];
      return new Map(found.flatMap(({ id, idempotency = [] }) => idempotency.map(({ key }) => [key, id] as const)));
    },
    async page(actor, { limit, cursor, ...query }) {
      return records.page(await filterOf(parts, actor, query), { limit, cursor });
    },
  };
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

async function applyCorrection(
  parts: PurchaseParts,
  { before, correction, now }: { before: StoredPurchase; correction: CorrectionInput; now: string },
): Promise<StoredPurchase> {
  const plan = planCorrection(before, correction);
  if ('refusals' in plan) {
    throw broken(
      ...plan.refusals.map(({ code, pointer, live }) => ({ code, pointer, params: { lineNo: live ?? '–' } })),
    );
  }
  const replacements = 'lines' in correction ? correction.lines : [];
  const [{ knowledge, facts }, reversedFacts] = await Promise.all([
    knowledgeOfLines(parts, replacements),
    parts.facts(plan.reversals.flatMap(({ product }) => product ?? [])),
  ]);
  const faults = lineFaults(replacements, before.basisDate, knowledge);
  if (faults.length > 0) throw broken(...faults);
  const reversals = plan.reversals.map((line) =>
    decideLine({ ...line, recordedAt: now }, { frame: before, facts: reversedFacts }),
  );
  const lines = replacements.map(({ corrects, ...input }, index) => {
    const at = {
      lineNo: plan.newLineNos[index]!,
      recordedAt: now,
      product: knowledge.products.get(input.product ?? ''),
    };
    return { ...recordLine(input, at, { frame: before, facts }), corrects };
  });
  const all = [...before.lines, ...reversals, ...lines];
  if (all.length > mostLines) throw broken({ pointer: '/lines', code: 'TOO_MANY_LINES', params: { most: mostLines } });
  const added = [...reversals, ...lines].map(({ lineNo }) => lineNo);
  const entry = {
    reason: correction.reason,
    ...('cancel' in correction && { cancel: true as const }),
    lines: added,
    recordedAt: now,
  };
  return { ...before, lines: all, corrections: [...before.corrections, entry] };
}

async function filterOf(
  parts: PurchaseParts,
  actor: Actor,
  query: Omit<PurchaseQuery, 'limit' | 'cursor'>,
): Promise<Filter> {
  const { agency = actor.org, from, to, group, green, supplier, reference, notice } = query;
  if (agency !== undefined && actor.role === 'officer') refuseAbove(actor, agency, await parts.lineage(agency));
  return {
    ...(agency !== undefined && withinReach(await parts.reach(actor, agency))),
    ...((from ?? to) && { basisDate: { ...(from && { $gte: from }), ...(to && { $lte: to }) } }),
    ...(group && { 'lines.group': group }),
    ...(green && { 'lines.green.status': green }),
    ...(supplier && { 'supplier.code': supplier }),
    ...(reference && { reference }),
    // A notice is known with and without the number of its version (domain.md 6).
    ...(notice && { notice: { $regex: `^${notice.slice(0, 12)}(-|$)` } }),
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
