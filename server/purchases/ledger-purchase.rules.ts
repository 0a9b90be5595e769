import type { PurchaseInput, PurchaseLineInput } from '../../schemas/types.d.ts';
import type { LedgerFrame } from './ledger.rules.ts';
import type { LedgerField } from './ledger-words.rules.ts';

/** A row beside its number and the line that it is. */
export interface JoinedRow {
  row: number;
  frame: LedgerFrame;
  line: PurchaseLineInput;
}

/** One purchase of the rows of one key, in their order; the fields of the purchase in which they contradict each other. */
export function joinRows(
  agency: string,
  rows: readonly JoinedRow[],
): { input: PurchaseInput; disagree: LedgerField[] } {
  const frames = rows.map(({ frame }) => frame);
  const methods = new Set(frames.flatMap(({ method }) => (method === 'unknown' ? [] : method)));
  const notices = new Set(frames.flatMap(({ notice }) => notice ?? []));
  const days = new Set(frames.map(({ basisDate }) => basisDate));
  const [first] = frames;
  const [method = 'unknown'] = methods;
  const [notice] = notices;
  const input: PurchaseInput = {
    agency,
    ...first!,
    method,
    ...(notice !== undefined && { notice }),
    lines: rows.map(({ line }) => line),
  };
  const counts = [
    ['basisDate', days.size] as const,
    ['method', methods.size] as const,
    ['notice', notices.size] as const,
  ];
  return { input, disagree: counts.flatMap(([field, count]) => (count > 1 ? [field] : [])) };
}

/** The field whose column a pointer into a purchase means: `/lines/3/amountNet` is `amount`. */
export function fieldAt(pointer: string): LedgerField | null {
  const path = pointer.replace(/^\/lines\/\d+/, '').slice(1);
  const special: Record<string, LedgerField> = {
    'supplier/name': 'supplierName',
    'supplier/taxCode': 'supplierTaxCode',
    'supplier/code': 'supplierCode',
    amountNet: 'amount',
    amountGross: 'amount',
    'asDelivered/model': 'model',
    'asDelivered/brand': 'brand',
  };
  const own = ['reference', 'basisDate', 'description', 'quantity', 'unit', 'vatRate', 'method', 'notice'] as const;
  const more = ['product', 'group', 'nature'] as const;
  return special[path] ?? [...own, ...more].find((field) => field === path) ?? null;
}
