import type { Product, PurchaseLineInput } from '../../schemas/types.d.ts';
import { decide, type Facts } from './decision.rules.ts';

/** Why a line cannot be recorded, and its place in the body. */
export interface LineFault {
  pointer: string;
  code: 'UNKNOWN_ID' | 'UNKNOWN_CODE' | 'PRODUCT_WITHDRAWN' | 'NOT_THE_PRODUCTS_GROUP' | 'GREEN_PRODUCT_EXISTS';
  params: Record<string, string>;
}

/** What the register knows of the lines' products, groups and labels. */
export interface LineKnowledge {
  products: ReadonlyMap<string, Product>;
  groups: ReadonlySet<string>;
  schemes: ReadonlySet<string>;
  /** The products of each group that a line says has none. */
  offered: ReadonlyMap<string, readonly Product[]>;
  facts: Facts;
}

/** The day that decides, and until when the register is read. */
export interface LineDay {
  basisDate: string;
  knownAt: string;
}

/** Everything that keeps the lines from being recorded on that day; `at` is the pointer of the list. */
export function lineFaults(lines: PurchaseLineInput[], day: LineDay, knowledge: LineKnowledge): LineFault[] {
  return lines.flatMap((line, index) => {
    const faults = [
      productFault(line, day, knowledge),
      claimFault(line, knowledge),
      equivalenceFault(line, knowledge),
      exemptionFault(line, day, knowledge),
    ];
    return faults.flatMap((fault) =>
      fault === null ? [] : [{ ...fault, pointer: `/lines/${index}/${fault.pointer}` }],
    );
  });
}

function productFault(
  { product: id, group }: PurchaseLineInput,
  { basisDate }: LineDay,
  { products, groups }: LineKnowledge,
): LineFault | null {
  if (group !== undefined && !groups.has(group))
    return { pointer: 'group', code: 'UNKNOWN_CODE', params: { code: group } };
  if (id === undefined) return null;
  const product = products.get(id);
  if (!product) return { pointer: 'product', code: 'UNKNOWN_ID', params: { id } };
  if (isWithdrawn(product, basisDate)) {
    return { pointer: 'product', code: 'PRODUCT_WITHDRAWN', params: { on: product.withdrawal!.on } };
  }
  if (group === undefined || group === product.group) return null;
  return { pointer: 'group', code: 'NOT_THE_PRODUCTS_GROUP', params: { group: product.group } };
}

function claimFault({ labelClaim }: PurchaseLineInput, { schemes }: LineKnowledge): LineFault | null {
  if (labelClaim === undefined || schemes.has(labelClaim.scheme)) return null;
  return { pointer: 'labelClaim/scheme', code: 'UNKNOWN_CODE', params: { code: labelClaim.scheme } };
}

function equivalenceFault({ equivalence }: PurchaseLineInput, { facts }: LineKnowledge): LineFault | null {
  const id = equivalence?.certificate;
  if (id === undefined || facts.certificates.some((certificate) => certificate.id === id)) return null;
  return { pointer: 'equivalence/certificate', code: 'UNKNOWN_ID', params: { id } };
}

/** "No product" is refused while the catalogue contradicts it; whether its provider is the buyer's is another matter. */
function exemptionFault(line: PurchaseLineInput, day: LineDay, knowledge: LineKnowledge): LineFault | null {
  const group = groupWithout(line, knowledge.products);
  const offered = group === undefined ? [] : (knowledge.offered.get(group) ?? []);
  const found = offered.find((product) => isGreenOffer(product, day, knowledge.facts));
  if (found === undefined) return null;
  const params = { name: found.name.vi, id: found.id, on: day.basisDate };
  return { pointer: 'exemption/code', code: 'GREEN_PRODUCT_EXISTS', params };
}

/** The group of which a line says that no product of it has a valid label. */
export function groupWithout(
  { exemption, product, group }: PurchaseLineInput,
  products: ReadonlyMap<string, Product>,
): string | undefined {
  return exemption?.code === 'NO_PRODUCT' ? (products.get(product ?? '')?.group ?? group) : undefined;
}

function isGreenOffer(product: Product, { basisDate, knownAt }: LineDay, facts: Facts): boolean {
  if (isWithdrawn(product, basisDate)) return false;
  const line = { product: product.id, group: product.group, productKind: 'good' as const, basisDate, supplier: {} };
  return decide(line, facts, knownAt).status === 'green';
}

function isWithdrawn({ withdrawal }: Product, basisDate: string): boolean {
  return withdrawal !== undefined && withdrawal.on <= basisDate;
}
