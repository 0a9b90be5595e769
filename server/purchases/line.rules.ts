import type { Product, PurchaseInput, PurchaseLine, PurchaseLineInput, Supplier } from '../../schemas/types.d.ts';
import { isSameModel, type Facts } from './decision.rules.ts';
import { decisionHistory } from './history.rules.ts';
import { netOf } from './vat.rules.ts';

/** Why a line cannot be recorded, and its place in the body. */
export interface LineFault {
  pointer: string;
  code: 'UNKNOWN_ID' | 'UNKNOWN_CODE' | 'PRODUCT_WITHDRAWN' | 'NOT_THE_PRODUCTS_GROUP';
  params: Record<string, string>;
}

/** What the catalogue knows of the lines' products and groups. */
export interface LineKnowledge {
  products: ReadonlyMap<string, Product>;
  groups: ReadonlySet<string>;
}

/** The purchase around a line, as far as its decision rests on it. */
export type LineFrame = Pick<PurchaseInput, 'basisDate'> & { supplier: Supplier };

/** Everything that keeps the lines from being recorded on that day; `at` is the pointer of the list. */
export function lineFaults(
  lines: PurchaseLineInput[],
  basisDate: string,
  { products, groups }: LineKnowledge,
): LineFault[] {
  return lines.flatMap(({ product: id, group }, index): LineFault[] => {
    const at = `/lines/${index}`;
    if (group !== undefined && !groups.has(group))
      return [{ pointer: `${at}/group`, code: 'UNKNOWN_CODE', params: { code: group } }];
    if (id === undefined) return [];
    const product = products.get(id);
    if (!product) return [{ pointer: `${at}/product`, code: 'UNKNOWN_ID', params: { id } }];
    if (product.withdrawal && product.withdrawal.on <= basisDate) {
      return [{ pointer: `${at}/product`, code: 'PRODUCT_WITHDRAWN', params: { on: product.withdrawal.on } }];
    }
    if (group !== undefined && group !== product.group) {
      return [{ pointer: `${at}/group`, code: 'NOT_THE_PRODUCTS_GROUP', params: { group: product.group } }];
    }
    return [];
  });
}

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
