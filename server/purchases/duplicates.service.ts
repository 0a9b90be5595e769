import type { Purchase, PurchaseWarning } from '../../schemas/types.d.ts';
import type { Actor } from '../core/route.ts';
import { liveLines } from './correction.rules.ts';
import type { RecordingParts } from './recording.service.ts';
import type { StoredPurchase } from './service.ts';

/** A purchase that is only previewed, and for whom. */
export interface Previewed {
  actor: Actor;
  purchase: StoredPurchase;
}

/**
 * For each preview a warning for every purchase of the same supplier, reference and amount in another agency (contract,
 * "Purchases"); the other one is named only to an officer who may read it.
 */
export async function possibleDuplicates(parts: RecordingParts, previews: Previewed[]): Promise<PurchaseWarning[][]> {
  if (previews.length === 0) return [];
  const candidates = await parts.records.find({
    reference: { $in: [...new Set(previews.map(({ purchase }) => purchase.reference))] },
    supplierKey: { $in: [...new Set(previews.map(({ purchase }) => purchase.supplierKey))] },
  });
  return Promise.all(
    previews.map(({ actor, purchase }) => {
      const same = candidates.filter(
        (other) => other.agency !== purchase.agency && orderOf(other) === orderOf(purchase),
      );
      return Promise.all(same.map((other) => warningOf(parts, actor, other)));
    }),
  );
}

function orderOf({ supplierKey, reference, currency, lines }: StoredPurchase): string {
  const total = liveLines(lines, '9999').reduce((sum, { amountNet }) => sum + BigInt(amountNet), 0n);
  return JSON.stringify([supplierKey, reference, currency, String(total)]);
}

async function warningOf(
  { lineage }: RecordingParts,
  { org }: Actor,
  { id, agency }: Purchase,
): Promise<PurchaseWarning> {
  const isReadable = org !== undefined && (await lineage(agency)).includes(org);
  return { code: 'POSSIBLE_DUPLICATE', ...(isReadable && { agency, purchase: id }) };
}
