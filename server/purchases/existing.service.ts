import { Problem } from '../core/problem.ts';
import type { Draft, Records } from '../core/records.ts';
import type { PurchaseOutcome } from './recording.service.ts';
import type { StoredPurchase } from './service.ts';

interface ExistingParts {
  records: Pick<Records<StoredPurchase>, 'find'>;
}

/** What previewed purchases would meet: a 409 in the place of each that is there already. */
export async function refuseExisting(parts: ExistingParts, previews: PurchaseOutcome[]): Promise<PurchaseOutcome[]> {
  const drafts = previews.map((outcome) => ('purchase' in outcome ? (outcome.purchase as StoredPurchase) : null));
  const ids = await idsOfExisting(parts, drafts);
  return previews.map((outcome, index) => {
    const id = ids[index];
    return id === undefined ? outcome : { problem: new Problem('PURCHASE_EXISTS', { id }) };
  });
}

/** The ids of the purchases that have the natural keys of these. */
export async function idsOfExisting(
  { records }: ExistingParts,
  drafts: (Draft<StoredPurchase> | null)[],
): Promise<(string | undefined)[]> {
  const known = drafts.filter((draft) => draft !== null);
  if (known.length === 0) return drafts.map(() => undefined);
  const there = await records.find({
    agency: { $in: [...new Set(known.map(({ agency }) => agency))] },
    supplierKey: { $in: [...new Set(known.map(({ supplierKey }) => supplierKey))] },
    reference: { $in: [...new Set(known.map(({ reference }) => reference))] },
  });
  const ids = new Map(there.map((purchase) => [naturalKeyOf(purchase), purchase.id]));
  return drafts.map((draft) => (draft ? ids.get(naturalKeyOf(draft)) : undefined));
}

function naturalKeyOf({ agency, supplierKey, reference, year }: Draft<StoredPurchase>): string {
  return JSON.stringify([agency, supplierKey, reference, year]);
}
