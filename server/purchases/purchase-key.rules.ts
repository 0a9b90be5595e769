import type { PurchaseInput } from '../../schemas/types.d.ts';
import { fold } from '../search/fold.rules.ts';

/** What says that two purchases are one supplier's: the tax code, or the folded name (contract, "Purchases"). */
export function supplierKeyOf({ taxCode, name, code }: PurchaseInput['supplier']): string {
  return taxCode ?? fold(name ?? code ?? '');
}
