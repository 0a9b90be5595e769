import type { Certificate, PriorityList } from '../../schemas/types.d.ts';
import { reachOf } from '../certificates/state.rules.ts';
import { Problem } from '../core/problem.ts';
import type { Filter, Recorded, Records } from '../core/records.ts';
import { evidenceOf, type Evidence } from './claim.rules.ts';
import type { Facts } from './decision.rules.ts';
import { withDerived } from './derived.rules.ts';
import { decisionHistory, mergeHistory } from './history.rules.ts';
import { splitHistory } from './line.rules.ts';
import type { StoredPurchase } from './service.ts';

/** Decides lines again when something became known that bears on them: a late certificate, an event, an edition, the law. */
export interface RedecisionService {
  /** Does some of the waiting work; how many marks it took off. */
  pass(): Promise<number>;
  /** The instant since when work waits; null where every consequence is worked in. */
  waitingSince(): Promise<string | null>;
}

interface RedecisionParts {
  purchases: Records<StoredPurchase>;
  certificates: Records<Certificate>;
  editions: Records<PriorityList>;
  /** Changes of schemes, criteria documents and agreements. */
  law: LawChanges;
  /** The last is set where a decision changed: the sums of the purchase are to be made again. */
  marks: { certificate: string; edition: string; purchase: string; cell: string };
  facts(evidence: Evidence): Promise<Facts>;
  now(): string;
}

/** Changes of the law that wait, the longest first, each with every product whose labels it bears on. */
export interface LawChanges {
  pending(most: number): Promise<{ products: string[]; settle(): Promise<void> }[]>;
  waitingSince(): Promise<string | null>;
}

const batchSize = 100;
const productsAtOnce = 500;
const marksAPass = 20;

/**
 * The work that the marks ask for. A mark is set in the write that made it necessary and taken off, for that very
 * revision, when it is done; decisions are a pure function of the facts, so doing it twice changes nothing.
 */
export function createRedecisionService(parts: RedecisionParts): RedecisionService {
  const { purchases, certificates, editions, marks } = parts;
  return {
    async pass() {
      const counts = [
        await work(certificates, marks.certificate, async (certificate) => {
          const { products, numbers, from } = reachOf(certificate);
          await redecide(parts, { 'lines.product': { $in: products }, basisDate: { $gte: from } });
          // A claim of its number waits for it on whatever day the line was bought.
          const claim = { 'labelClaim.number': { $in: numbers }, 'labelClaim.scheme': certificate.scheme };
          await redecide(parts, { lines: { $elemMatch: claim } });
        }),
        await work(editions, marks.edition, ({ status, effectiveFrom }) =>
          status === 'draft' ? Promise.resolve() : redecide(parts, { basisDate: { $gte: effectiveFrom } }),
        ),
        await followLaw(parts),
        await settleNew(parts),
      ];
      return counts.reduce((sum, count) => sum + count, 0);
    },
    async waitingSince() {
      const since = await Promise.all([
        certificates.waitingSince(marks.certificate),
        editions.waitingSince(marks.edition),
        parts.law.waitingSince(),
        purchases.waitingSince(marks.purchase),
      ]);
      return since.reduce((first, next) => (first === null || (next !== null && next < first) ? next : first), null);
    },
  };
}

async function work<T extends Recorded>(
  records: Records<T>,
  mark: string,
  consequences: (record: T) => Promise<void>,
): Promise<number> {
  const waiting = await records.marked(mark, marksAPass);
  for (const record of waiting) {
    await consequences(record);
    await records.unmark([record], mark);
  }
  return waiting.length;
}

/** A change of the law bears on the lines of every product that has a label under it, whatever their day. */
async function followLaw(parts: RedecisionParts): Promise<number> {
  const waiting = await parts.law.pending(marksAPass);
  for (const { products, settle } of waiting) {
    for (let at = 0; at < products.length; at += productsAtOnce)
      await redecide(parts, { 'lines.product': { $in: products.slice(at, at + productsAtOnce) } });
    await settle();
  }
  return waiting.length;
}

/**
 * A purchase rests on facts that were read before it was committed. Whatever was recorded in between marks itself
 * before or after this second look, so one of the two sees the other.
 */
async function settleNew(parts: RedecisionParts): Promise<number> {
  const { purchases, marks } = parts;
  const waiting = await purchases.marked(marks.purchase, batchSize);
  await redecideAll(parts, waiting);
  await purchases.unmark(waiting, marks.purchase);
  return waiting.length;
}

async function redecide(parts: RedecisionParts, filter: Filter): Promise<void> {
  let batch: StoredPurchase[] = [];
  for await (const purchase of parts.purchases.stream(filter)) {
    batch.push(purchase);
    if (batch.length < batchSize) continue;
    await redecideAll(parts, batch);
    batch = [];
  }
  await redecideAll(parts, batch);
}

async function redecideAll(parts: RedecisionParts, batch: StoredPurchase[]): Promise<void> {
  if (batch.length === 0) return;
  const facts = await parts.facts(evidenceOf(batch.flatMap(({ lines }) => lines)));
  for (const purchase of batch) {
    const decided = withDecisions(purchase, facts, parts.now());
    if (decided)
      await parts.purchases
        .change(purchase.id, () => decided, { marks: [parts.marks.cell], expected: purchase.revision })
        .catch(isLeft);
  }
}

/** A purchase that was corrected meanwhile is left to its own mark: the new lines rest on facts that were not read here. */
function isLeft(error: unknown): void {
  if (!(error instanceof Problem && error.code === 'PRECONDITION_FAILED')) throw error;
}

/** The purchase with its lines decided from the facts; null where every decision stands. */
function withDecisions(purchase: StoredPurchase, facts: Facts, now: string): StoredPurchase | null {
  const { basisDate, supplier } = purchase;
  let isChanged = false;
  const lines = purchase.lines.map((line) => {
    const merged = mergeHistory(
      [...line.earlier, line.green],
      decisionHistory({ ...line, basisDate, supplier }, facts, now),
    );
    if (!merged) return line;
    isChanged = true;
    return { ...line, ...splitHistory(merged) };
  });
  return isChanged ? withDerived({ ...purchase, lines }) : null;
}
