import type { Organisation, Purchase, PurchaseInput } from '../../schemas/types.d.ts';
import { createPause, type Clock } from '../core/clock.ts';
import { broken, Problem, type Fault } from '../core/problem.ts';
import type { Draft, Records } from '../core/records.ts';
import type { Actor, Idempotency } from '../core/route.ts';
import { settlementFault } from './correction.rules.ts';
import { withDerived } from './derived.rules.ts';
import { possibleDuplicates } from './duplicates.service.ts';
import { idsOfExisting } from './existing.service.ts';
import { lineFaults, type LineKnowledge } from './line-faults.rules.ts';
import { knowledgeOfLines, type LineSources } from './line-knowledge.service.ts';
import { recordLine, type LineFrame } from './line.rules.ts';
import { supplierKeyOf } from './purchase-key.rules.ts';
import type { StoredPurchase } from './service.ts';

/** A purchase to be recorded, for whom, and the key under which it is sent. */
export interface PurchaseEntry {
  actor: Actor;
  input: PurchaseInput;
  idempotency?: Idempotency | undefined;
}

/** What became of an entry: the purchase, `isNew` where this call recorded it, or why it cannot be recorded. */
export type PurchaseOutcome = { purchase: Purchase; isNew: boolean } | { problem: Problem };

export interface RecordingParts extends LineSources {
  records: Records<StoredPurchase>;
  clock: Clock;
  newId(): string;
  /** The agency and those above it; empty where there is no such agency. */
  lineage(agency: string): Promise<string[]>;
  organisations(codes: string[]): Promise<Map<string, Organisation>>;
}

type Make = (now: string) => Draft<StoredPurchase>;
interface Prepared {
  entry: PurchaseEntry;
  at: number;
  make: Make;
}

/**
 * Records purchases, each by a write of its own, with everything that decides them read once; with `preview` the same
 * answers and nothing written. Outcomes come in the order of the entries.
 */
export async function recordPurchases(
  parts: RecordingParts,
  entries: PurchaseEntry[],
  { preview }: { preview: boolean },
): Promise<PurchaseOutcome[]> {
  const outcomes = preview ? entries.map(() => null) : await repeatedOutcomes(parts, entries);
  const fresh = [...entries.entries()].filter(([at]) => outcomes[at] === null);
  const knowledge = await readKnowledge(
    parts,
    fresh.map(([, { input }]) => input),
  );
  const prepared: Prepared[] = [];
  const pause = createPause();
  for (const [at, entry] of fresh) {
    await pause();
    const problem = problemOf(entry, knowledge, parts.clock);
    if (problem) outcomes[at] = { problem };
    else prepared.push({ at, entry, make: draftOf(entry.input, knowledge) });
  }
  const made = await (preview ? previewPrepared(parts, prepared) : insertPrepared(parts, prepared));
  for (const [index, { at }] of prepared.entries()) outcomes[at] = made[index]!;
  return outcomes.map((outcome) => outcome!);
}

async function repeatedOutcomes(
  { records }: RecordingParts,
  entries: PurchaseEntry[],
): Promise<(PurchaseOutcome | null)[]> {
  const keys = entries.map(({ input, idempotency }) => ({ owner: input.agency, idempotency }));
  const repeated = await records.allRepeated(keys);
  return repeated.map((found) => {
    if (found === null) return null;
    return found instanceof Problem ? { problem: found } : { purchase: found, isNew: false };
  });
}

/** What is read for many purchases at once. */
interface PurchaseKnowledge extends LineKnowledge {
  lineages: ReadonlyMap<string, string[]>;
  organisations: ReadonlyMap<string, Organisation>;
}

async function readKnowledge(parts: RecordingParts, inputs: PurchaseInput[]): Promise<PurchaseKnowledge> {
  const agencies = [...new Set(inputs.map(({ agency }) => agency))];
  const codes = [...new Set(inputs.flatMap(({ supplier }) => supplier.code ?? []))];
  const [lineages, organisations, lines] = await Promise.all([
    Promise.all(agencies.map(async (agency) => [agency, await parts.lineage(agency)] as const)),
    parts.organisations([...agencies, ...codes]),
    knowledgeOfLines(
      parts,
      inputs.flatMap((input) => input.lines),
    ),
  ]);
  return { ...lines, lineages: new Map(lineages), organisations };
}

/** Why the entry cannot be recorded; null where it can. */
function problemOf({ actor, input }: PurchaseEntry, knowledge: PurchaseKnowledge, clock: Clock): Problem | null {
  const [today, knownAt] = [clock.today(), clock.now()];
  const { agency, supplier, basisDate, awardedOn = basisDate, settledOn, lines } = input;
  const above = knowledge.lineages.get(agency) ?? [];
  if (above.length === 0) return broken({ pointer: '/agency', code: 'UNKNOWN_CODE', params: { code: agency } });
  if (!above.includes(actor.org ?? '')) return new Problem('OTHER_ORGANISATION', { code: agency });
  if (basisDate > today) return broken({ pointer: '/basisDate', code: 'IN_THE_FUTURE' });
  if (awardedOn > today) return broken({ pointer: '/awardedOn', code: 'IN_THE_FUTURE' });
  const unsettled = settlementFault({ basisDate, ...(settledOn !== undefined && { settledOn }) }, today);
  if (unsettled) return broken({ pointer: '/settledOn', code: unsettled, params: { on: basisDate } });
  const faults: Fault[] = [
    ...datesFault(knowledge.organisations.get(agency), basisDate),
    ...lineFaults(lines, { basisDate, knownAt }, knowledge),
  ];
  if (supplier.code !== undefined && !knowledge.organisations.has(supplier.code)) {
    faults.push({ pointer: '/supplier/code', code: 'UNKNOWN_CODE', params: { code: supplier.code } });
  }
  return faults.length > 0 ? broken(...faults) : null;
}

/** An agency buys nothing before its first day and after its last one. */
function datesFault(agency: Organisation | undefined, basisDate: string): Fault[] {
  const { from, through } = agency ?? {};
  if ((from ?? basisDate) <= basisDate && basisDate <= (through ?? basisDate)) return [];
  const params = { from: from ?? '–', through: through ?? '–' };
  return [{ pointer: '/basisDate', code: 'OUTSIDE_AGENCY_DATES', params }];
}

/** The purchase made anew for the instant of each try to write it, from what was read once. */
function draftOf(input: PurchaseInput, knowledge: PurchaseKnowledge): Make {
  const { products, facts } = knowledge;
  const supplier = completeSupplier(input.supplier, knowledge);
  const frame: LineFrame = { basisDate: input.basisDate, supplier };
  return (recordedAt) =>
    withDerived({
      ...input,
      kind: input.kind ?? (input.method === 'call-off' ? 'callOff' : 'contract'),
      supplier,
      currency: input.currency ?? 'VND',
      lines: input.lines.map((line, index) =>
        recordLine(
          line,
          { lineNo: index + 1, recordedAt, product: products.get(line.product ?? '') },
          { frame, facts },
        ),
      ),
      corrections: [],
      supplierKey: supplierKeyOf(supplier),
      year: Number(input.basisDate.slice(0, 4)),
    });
}

/** The supplier with the name and tax code that the register has for its code. */
function completeSupplier(
  supplier: PurchaseInput['supplier'],
  { organisations }: Pick<PurchaseKnowledge, 'organisations'>,
): PurchaseInput['supplier'] {
  const found = organisations.get(supplier.code ?? '');
  return found ? { name: found.name.vi, ...(found.taxCode && { taxCode: found.taxCode }), ...supplier } : supplier;
}

async function previewPrepared(parts: RecordingParts, prepared: Prepared[]): Promise<PurchaseOutcome[]> {
  const now = parts.clock.now();
  const previews = prepared.map(({ make, entry: { actor } }) => {
    const purchase = { ...make(now), id: parts.newId(), recordedAt: now, revision: 1, preview: true as const };
    return { actor, purchase };
  });
  const warnings = await possibleDuplicates(parts, previews);
  return previews.map(({ purchase }, at) => {
    const found = warnings[at]!;
    return { purchase: { ...purchase, ...(found.length > 0 && { warnings: found }) }, isNew: true };
  });
}

async function insertPrepared(parts: RecordingParts, prepared: Prepared[]): Promise<PurchaseOutcome[]> {
  const inserts = prepared.map(({ make, entry: { actor, idempotency } }) => ({ make, by: actor, idempotency }));
  const inserted = await parts.records.insertAll(inserts);
  const refused = prepared.filter((_, index) => inserted[index] === null);
  const reasons = refused.length > 0 ? await whyRefused(parts, refused) : new Map<number, PurchaseOutcome>();
  return prepared.map(({ at }, index) => {
    const purchase = inserted[index];
    return purchase ? { purchase, isNew: true } : reasons.get(at)!;
  });
}

/** A unique index refused them: the same call was under way twice and the other has won, or the purchase is there. */
async function whyRefused(parts: RecordingParts, refused: Prepared[]): Promise<Map<number, PurchaseOutcome>> {
  const repeated = await repeatedOutcomes(
    parts,
    refused.map(({ entry }) => entry),
  );
  const ids = await idsOfExisting(
    parts,
    refused.map(({ make }) => make(parts.clock.now())),
  );
  return new Map(
    refused.map(({ at }, index) => [
      at,
      repeated[index] ?? { problem: new Problem('PURCHASE_EXISTS', { id: ids[index] ?? '' }) },
    ]),
  );
}
