import type { Purchase } from '../../schemas/types.d.ts';
import { createPause } from '../core/clock.ts';
import type { Filter } from '../core/records.ts';
import { evidenceOf } from '../purchases/claim.rules.ts';
import type { Asked, ShareParts } from './asked.service.ts';
import type { Days } from './period.rules.ts';
import { membersWithin } from './place.rules.ts';
import { underEdition } from './simulation.rules.ts';

/** Fields of a purchase that a share rests on. */
const FIELDS = ['agency', 'basisDate', 'method', 'kind', 'funding', 'supplier', 'currency'] as const;
const LINE_FIELDS = [
  'lineNo',
  'reverses',
  'recordedAt',
  'amountNet',
  'product',
  'group',
  'productKind',
  'modelDiffers',
  'nature',
  'exemption',
  'equivalence',
  'labelClaim',
  'green',
  'earlier',
] as const;
export const COUNTED_FIELDS = [...FIELDS, ...LINE_FIELDS.map((field) => `lines.${field}`)];

const batchSize = 1000;

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
  const pause = createPause();
  for (const purchase of purchases) {
    decided.push(underEdition(purchase, { facts, edition, knownAt }));
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
