import type { Purchase } from '../../schemas/types.d.ts';
import { createPause } from '../core/clock.ts';
import type { Filter } from '../core/records.ts';
import { evidenceOf } from '../purchases/claim.rules.ts';
import type { Asked, ShareParts } from './asked.service.ts';
import type { Days } from './period.rules.ts';
import { membersWithin } from './place.rules.ts';
import { underEdition } from './simulation.rules.ts';

/** What a share rests on of a purchase, and of its lines beside the decisions on them. */
const FIELDS = ['agency', 'basisDate', 'method', 'kind', 'funding', 'supplier', 'currency'];
const LINE_FIELDS = ['lineNo', 'reverses', 'recordedAt', 'amountNet', 'group', 'nature', 'exemption'];
/** What a line is decided from under another edition, which makes no use of the decisions that it has. */
const DECIDING = ['product', 'productKind', 'modelDiffers', 'equivalence', 'labelClaim'];
export const COUNTED_FIELDS = fieldsOf([...LINE_FIELDS, 'green', 'earlier']);
const SIMULATED_FIELDS = fieldsOf([...LINE_FIELDS, ...DECIDING]);

function fieldsOf(line: string[]): string[] {
  return [...FIELDS, ...line.map((field) => `lines.${field}`)];
}

/** The fields that a figure is folded from. */
export function fieldsFor({ edition }: Asked): readonly string[] {
  return edition === null ? COUNTED_FIELDS : SIMULATED_FIELDS;
}

/** Purchases whose evidence is read at once: few, because what all of them hold is moved about in memory as long as they wait. */
const batchSize = 100;

interface Wanted {
  days: Days;
  /** Only this one of the agencies that are asked for. */
  agency?: string;
  fields?: readonly string[];
  narrowed?: Filter;
}

/** The purchases of the days below the asked agency; with `fields` only those fields of them. */
export async function* purchasesOf(
  parts: ShareParts,
  asked: Asked,
  { days, agency, fields, narrowed = {} }: Wanted,
): AsyncIterable<Purchase> {
  const filter = filterOf(asked, days, agency);
  if (filter === null) return;
  const stream = parts.purchases.stream({ ...filter, ...narrowed }, fields);
  if (asked.edition === null) yield* stream;
  else for await (const batch of inBatches(stream)) yield* await decidedAsAsked(parts, asked, batch);
}

/** The purchases with their own decisions, or with those under the edition that was asked for. */
export async function decidedAsAsked(parts: ShareParts, asked: Asked, purchases: Purchase[]): Promise<Purchase[]> {
  const { edition, cutOff: knownAt } = asked;
  if (edition === null) return purchases;
  const facts = await parts.facts(evidenceOf(purchases.flatMap(({ lines }) => lines)));
  const decided: Purchase[] = [];
  const decideUnder = underEdition({ facts, edition, knownAt });
  const pause = createPause();
  for (const purchase of purchases) {
    decided.push(decideUnder(purchase));
    await pause();
  }
  return decided;
}

/** Which purchases are asked for; null for none. An agency means its subtree on the basis date. */
export function filterOf({ query, places }: Asked, days: Days, only?: string): Filter | null {
  const { agency: top } = query;
  if (top === undefined) return { ...(only !== undefined && { agency: only }), ...within(days) };
  const runs = membersWithin(places, top, days).flatMap(({ agencies, ...run }) => {
    const wanted = only === undefined ? agencies : agencies.filter((agency) => agency === only);
    return wanted.length > 0 ? [{ agency: { $in: wanted }, ...within(run) }] : [];
  });
  return runs.length < 2 ? (runs[0] ?? null) : { $or: runs };
}

function within({ from, to }: Days): Filter {
  return { basisDate: { $gte: from, $lte: to } };
}

async function* inBatches<T>(items: AsyncIterable<T>): AsyncIterable<T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
