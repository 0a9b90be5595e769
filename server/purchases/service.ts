import type {
  CorrectionInput,
  Organisation,
  Purchase,
  PurchaseInput,
  PurchaseLineInput,
  PurchaseQuery,
} from '../../schemas/types.d.ts';
import type { Clock } from '../core/clock.ts';
import { broken, Problem } from '../core/problem.ts';
import type { Draft, Filter, Page, Records } from '../core/records.ts';
import type { Actor, Idempotency } from '../core/route.ts';
import { fold } from '../search/fold.rules.ts';
import { planCorrection } from './correction.rules.ts';
import type { Facts } from './decision.rules.ts';
import { decideLine, lineFaults, recordLine, type LineFrame, type LineKnowledge } from './line.rules.ts';

/** Purchases and their corrections; the only writer of their collection, with the decisions made again later. */
export interface PurchaseService {
  /**
   * Records a purchase and decides every line; with `preview` the same answer and nothing written.
   * @throws Problem 403 for another's agency, 409 where it is there already, 422 for what breaks a rule
   */
  create(actor: Actor, input: PurchaseInput, how: { preview: boolean; idempotency?: Idempotency }): Promise<Purchase>;
  /** Takes lines back and records new ones in their place, or cancels all. @throws Problem 403, 404, 422 */
  correct(actor: Actor, id: string, entry: CorrectionEntry): Promise<Purchase>;
  /** @throws Problem 403 for another's agency, 404 */
  get(actor: Actor, id: string): Promise<Purchase>;
  /** @throws Problem 403 for another's agency */
  page(actor: Actor, query: PurchaseQuery): Promise<Page<Purchase>>;
}

/** A correction and the key under which it is sent. */
export interface CorrectionEntry {
  correction: CorrectionInput;
  idempotency?: Idempotency | undefined;
}

/** A purchase beside what its unique index is made of. */
export type StoredPurchase = Purchase & { supplierKey: string; year: number };

interface PurchaseParts {
  records: Records<StoredPurchase>;
  clock: Clock;
  newId(): string;
  /** The agency and those above it; empty where there is no such agency. */
  lineage(agency: string): Promise<string[]>;
  subtree(agency: string): Promise<string[]>;
  organisations(codes: string[]): Promise<Map<string, Organisation>>;
  lineKnowledge(products: string[], groups: string[]): Promise<LineKnowledge>;
  /** Everything that decides lines of these products. */
  facts(products: string[]): Promise<Facts>;
  /** Says that a purchase was recorded or corrected. */
  changed(): void;
}

const mostLines = 2000;

/** The purchases over their records. */
export function createPurchaseService(parts: PurchaseParts): PurchaseService {
  const { records, clock, changed } = parts;
  return {
    async create(actor, input, { preview, idempotency }) {
      const repeated = preview ? null : await records.repeated(input.agency, idempotency);
      if (repeated) return repeated;
      await refuseOthersAgency(parts, actor, input.agency);
      if (input.basisDate > clock.today()) throw broken({ pointer: '/basisDate', code: 'IN_THE_FUTURE' });
      const make = await prepare(parts, input);
      if (preview) {
        const now = clock.now();
        return { ...make(now), id: parts.newId(), recordedAt: now, revision: 1, preview: true };
      }
      const purchase = await records.insert(make, {
        idempotency,
        onDuplicate: () => existing(records, input, make(clock.now())),
      });
      changed();
      return purchase;
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

/** Everything that is read once for a purchase; what it gives is made anew for the instant of each try to write it. */
async function prepare(parts: PurchaseParts, input: PurchaseInput): Promise<(now: string) => Draft<StoredPurchase>> {
  const { products, facts } = await readLines(parts, input.lines, input.basisDate);
  const supplier = await completeSupplier(parts, input.supplier);
  const frame: LineFrame = { basisDate: input.basisDate, supplier };
  return (recordedAt) => ({
    ...input,
    supplier,
    currency: 'VND',
    lines: input.lines.map((line, index) =>
      recordLine(line, { lineNo: index + 1, recordedAt, product: products.get(line.product ?? '') }, { frame, facts }),
    ),
    corrections: [],
    supplierKey: supplier.taxCode ?? fold(supplier.name ?? supplier.code ?? ''),
    year: Number(input.basisDate.slice(0, 4)),
  });
}

async function readLines(
  parts: PurchaseParts,
  lines: PurchaseLineInput[],
  basisDate: string,
): Promise<Pick<LineKnowledge, 'products'> & { facts: Facts }> {
  const ids = lines.flatMap(({ product }) => product ?? []);
  const groups = lines.flatMap(({ group }) => group ?? []);
  const [knowledge, facts] = await Promise.all([parts.lineKnowledge(ids, groups), parts.facts(ids)]);
  const faults = lineFaults(lines, basisDate, knowledge);
  if (faults.length > 0) throw broken(...faults);
  return { products: knowledge.products, facts };
}

/** The supplier with the name and tax code that the register has for its code. */
async function completeSupplier(
  { organisations }: PurchaseParts,
  supplier: PurchaseInput['supplier'],
): Promise<PurchaseInput['supplier']> {
  const { code } = supplier;
  if (code === undefined) return supplier;
  const found = (await organisations([code])).get(code);
  if (!found) throw broken({ pointer: '/supplier/code', code: 'UNKNOWN_CODE', params: { code } });
  return { name: found.name.vi, ...(found.taxCode && { taxCode: found.taxCode }), ...supplier };
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
  const [{ products, facts }, reversedFacts] = await Promise.all([
    readLines(parts, replacements, before.basisDate),
    parts.facts(plan.reversals.flatMap(({ product }) => product ?? [])),
  ]);
  const reversals = plan.reversals.map((line) =>
    decideLine({ ...line, recordedAt: now }, { frame: before, facts: reversedFacts }),
  );
  const lines = replacements.map(({ corrects, ...input }, index) => {
    const at = { lineNo: plan.newLineNos[index]!, recordedAt: now, product: products.get(input.product ?? '') };
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
    ...(agency !== undefined && { agency: { $in: await parts.subtree(agency) } }),
    ...((from ?? to) && { basisDate: { ...(from && { $gte: from }), ...(to && { $lte: to }) } }),
    ...(group && { 'lines.group': group }),
    ...(green && { 'lines.green.status': green }),
    ...(supplier && { 'supplier.code': supplier }),
    ...(reference && { reference }),
    // A notice is known with and without the number of its version (domain.md 6).
    ...(notice && { notice: { $regex: `^${notice.slice(0, 12)}(-|$)` } }),
  };
}

async function existing(
  records: Records<StoredPurchase>,
  { agency, reference }: PurchaseInput,
  draft: Draft<StoredPurchase>,
): Promise<Problem> {
  const [found] = await records.find({ agency, supplierKey: draft.supplierKey, reference, year: draft.year }, 1);
  return new Problem('PURCHASE_EXISTS', { id: found?.id ?? '' });
}
