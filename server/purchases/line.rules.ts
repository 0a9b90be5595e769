import type { Product, PurchaseInput, PurchaseLine, PurchaseLineInput, Supplier } from '../../schemas/types.d.ts';
import { isSameModel, type Facts } from './decision.rules.ts';
import { decisionHistory } from './history.rules.ts';
import { netOf } from './vat.rules.ts';

/** The purchase around a line, as far as its decision rests on it. */
export type LineFrame = Pick<PurchaseInput, 'basisDate'> & { supplier: Supplier };

/**
 * The line as it is recorded at an instant, with its decision. It keeps what its product was then: later changes of
 * the product do not reach it (contract, "Knowledge time").
 */
export function recordLine(
  input: PurchaseLineInput,
  { lineNo, recordedAt, product }: { lineNo: number; recordedAt: string; product: Product | undefined },
  { frame, facts }: { frame: LineFrame; facts: Facts },
): PurchaseLine {
  const group = product?.group ?? input.group;
  const differs =
    product !== undefined && input.asDelivered !== undefined && !isSameModel(input.asDelivered.model, product);
  const line = {
    ...input,
    amountNet: netOf(input),
    lineNo,
    ...(group !== undefined && { group }),
    ...(product && { productKind: product.kind }),
    ...(differs && { modelDiffers: true as const }),
    recordedAt,
  };
  return decideLine(line, { frame, facts });
}

/** The line with its decision, from the facts known when it was recorded. */
export function decideLine<L extends Omit<PurchaseLine, 'green' | 'earlier'>>(
  line: L,
  { frame: { basisDate, supplier }, facts }: { frame: LineFrame; facts: Facts },
): L & Pick<PurchaseLine, 'green' | 'earlier'> {
  return { ...line, ...splitHistory(decisionHistory({ ...line, basisDate, supplier }, facts, line.recordedAt)) };
}

/** The decision in force and those before it, from all of them in the order in which they became known. */
export function splitHistory<D>(history: D[]): { green: D; earlier: D[] } {
  return { green: history.at(-1)!, earlier: history.slice(0, -1) };
}
