import type { Certificate, PriorityList } from '../../schemas/types.d.ts';
import { reachOf } from '../certificates/state.rules.ts';
import { createPause } from '../core/clock.ts';
import type { Filter, Records } from '../core/records.ts';
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

const batchSize = 500;
const productsAtOnce = 500;
const marksAPass = 1000;
const [FIRST_DAY, LAST_DAY] = ['0001-01-01', '9999-12-31'];

/**
 * The work that the marks ask for. A mark is set in the write that made it necessary and taken off, for that very
 * revision, when it is done; decisions are a pure function of the facts, so doing it twice changes nothing. What several
 * marks bear on is decided once for all of them.
 */
export function createRedecisionService(parts: RedecisionParts): RedecisionService {
  const { purchases, certificates, editions, marks } = parts;
  return {
    async pass() {
      const [ofCertificates, ofEditions, ofLaw] = await Promise.all([
        certificates.marked(marks.certificate, marksAPass),
        editions.marked(marks.edition, marksAPass),
        parts.law.pending(marksAPass),
      ]);
      const until = await followEditions(parts, ofEditions);
      await followProducts(parts, [...reachesOf(ofCertificates), ...ofLaw.map(everyDay)], until);
      await followClaims(parts, ofCertificates);
      await Promise.all([
        certificates.unmark(ofCertificates, marks.certificate),
        editions.unmark(ofEditions, marks.edition),
        ...ofLaw.map(({ settle }) => settle()),
      ]);
      return ofCertificates.length + ofEditions.length + ofLaw.length + (await settleNew(parts));
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

/** Decides every purchase since the first day of an edition again; gives the day up to which none was. */
async function followEditions(parts: RedecisionParts, editions: PriorityList[]): Promise<string | undefined> {
  const [first] = editions.flatMap(({ status, effectiveFrom }) => (status === 'draft' ? [] : effectiveFrom)).toSorted();
  if (first !== undefined) await redecide(parts, { basisDate: { $gte: first } });
  return first;
}

/** Products whose lines are to be decided again, of purchases since a day. */
interface Reached {
  products: string[];
  from: string;
}

function reachesOf(certificates: Certificate[]): Reached[] {
  return certificates.map((certificate) => reachOf(certificate));
}

/** A change of the law bears on the lines of every product that has a label under it, whatever their day. */
function everyDay({ products }: { products: string[] }): Reached {
  return { products, from: FIRST_DAY };
}

/** Decides the lines of the products again, each once, up to the day before `until`. */
async function followProducts(parts: RedecisionParts, reached: Reached[], until: string | undefined): Promise<void> {
  const since = new Map<string, string>();
  for (const { products, from } of reached)
    for (const id of products) if (from < (since.get(id) ?? LAST_DAY)) since.set(id, from);
  const waiting = [...since].toSorted(([, one], [, other]) => (one < other ? -1 : Number(one > other)));
  for (let at = 0; at < waiting.length; at += productsAtOnce) {
    const some = waiting.slice(at, at + productsAtOnce);
    await redecide(parts, {
      'lines.product': { $in: some.map(([id]) => id) },
      basisDate: { $gte: some[0]![1], ...(until !== undefined && { $lt: until }) },
    });
  }
}

/** A claim of a certificate's number waits for it on whatever day the line was bought. */
async function followClaims(parts: RedecisionParts, certificates: Certificate[]): Promise<void> {
  const numbers = certificates.flatMap((certificate) => reachOf(certificate).numbers);
  if (numbers.length > 0) await redecide(parts, { 'lines.labelClaim.number': { $in: numbers } });
}

/**
 * A purchase rests on facts that were read before it was committed. Whatever was recorded in between marks itself
 * before or after this second look, so one of the two sees the other.
 */
async function settleNew(parts: RedecisionParts): Promise<number> {
  const waiting = await parts.purchases.marked(parts.marks.purchase, batchSize);
  await redecideAll(parts, waiting);
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

/** Each of them is looked at for the second time by this, whatever it was read for. */
async function redecideAll({ purchases, marks, ...parts }: RedecisionParts, batch: StoredPurchase[]): Promise<void> {
  if (batch.length === 0) return;
  const facts = await parts.facts(evidenceOf(batch.flatMap(({ lines }) => lines)));
  const pause = createPause();
  const decided: (StoredPurchase | null)[] = [];
  for (const purchase of batch) {
    await pause();
    decided.push(withDecisions(purchase, facts, parts.now()));
  }
  await purchases.replaceAll(
    decided.filter((purchase) => purchase !== null),
    // One that was corrected meanwhile is left to its own mark: the new lines rest on facts that were not read here.
    { set: [marks.cell], clear: [marks.purchase] },
  );
  const standing = batch.filter((purchase, at) => decided[at] === null && isMarked(purchase, marks.purchase));
  await purchases.unmark(standing, marks.purchase);
}

function isMarked(purchase: object, mark: string): boolean {
  return (purchase as Record<string, unknown>)[mark] !== undefined;
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
