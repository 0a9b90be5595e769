import type { ImportMapping } from '../../schemas/types.d.ts';
import {
  decideOrder,
  decideStyle,
  weighDay,
  weighNumber,
  type Cell,
  type DateEvidence,
  type NumberEvidence,
} from './ledger-cell.rules.ts';
import { guessMoney } from './ledger-header.rules.ts';
import { factorOf, type LedgerPlan } from './ledger.rules.ts';
import type { LedgerField } from './ledger-words.rules.ts';

/** Something that neither header nor values say, and that the mapping must. */
export interface LedgerQuestion {
  field: LedgerField | keyof ImportMapping;
  code:
    | 'ASK_COLUMN'
    | 'ASK_COLUMN_UNKNOWN'
    | 'ASK_REFERENCE'
    | 'ASK_AMOUNT_BASIS'
    | 'ASK_AMOUNT_UNIT'
    | 'ASK_NUMBER_STYLE'
    | 'ASK_DATE_ORDER'
    | 'ASK_VAT_RATE';
  params?: Record<string, string>;
  choices?: string[];
}

/** What all values of the columns that matter say of how they are written. */
export interface LedgerEvidence {
  amount: NumberEvidence;
  quantity: NumberEvidence;
  day: DateEvidence;
}

/** The state of a count before the first row. */
export function noEvidence(): LedgerEvidence {
  return {
    amount: { dot: 0, comma: 0, unclear: 0 },
    quantity: { dot: 0, comma: 0, unclear: 0 },
    day: { dmy: 0, mdy: 0 },
  };
}

/** Where the columns of a mapping stand. */
export function placesOf(mapping: ImportMapping, columns: readonly string[]): Map<LedgerField, number> {
  const entries = Object.entries(mapping.columns ?? {}) as [LedgerField, string][];
  return new Map(
    entries.map(([field, column]) => [field, columns.indexOf(column)] as const).filter(([, at]) => at >= 0),
  );
}

/** Counts what a row says of how its columns are written. */
export function weighRow(
  evidence: LedgerEvidence,
  cells: readonly Cell[],
  places: ReadonlyMap<LedgerField, number>,
): void {
  const cellOf = (field: LedgerField) => cells[places.get(field) ?? -1] ?? '';
  weighNumber(evidence.amount, cellOf('amount'));
  weighNumber(evidence.quantity, cellOf('quantity'));
  weighDay(evidence.day, cellOf('basisDate'));
}

/** The mapping with what the heading of the amounts and all values say, where it leaves them open. */
export function completeMapping(mapping: ImportMapping, evidence: LedgerEvidence): ImportMapping {
  const money = guessMoney(mapping.columns?.amount ?? '');
  const style = decideStyle(evidence.amount);
  const order = decideOrder(evidence.day);
  return { ...money, ...(style && { numberStyle: style }), ...(order && { dateOrder: order }), ...mapping };
}

const needed = ['basisDate', 'amount', 'description'] as const;

/** Everything that is still open in a completed mapping; without a question it can be read by. */
export function questionsOf(
  mapping: ImportMapping,
  columns: readonly string[],
  evidence: LedgerEvidence,
): LedgerQuestion[] {
  const named = Object.entries(mapping.columns ?? {}) as [LedgerField, string][];
  const unknown = named.filter(([, column]) => !columns.includes(column));
  const has = (field: LedgerField) => mapping.columns?.[field] !== undefined;
  const hasSupplier = has('supplierName') || has('supplierTaxCode') || has('supplierCode');
  return [
    ...unknown.map(([field, column]) => ({ field, code: 'ASK_COLUMN_UNKNOWN' as const, params: { column } })),
    ...needed.filter((field) => !has(field)).map((field) => ({ field, code: 'ASK_COLUMN' as const })),
    ...(hasSupplier ? [] : [{ field: 'supplierName' as const, code: 'ASK_COLUMN' as const }]),
    ...(has('reference') || mapping.eachRow ? [] : [{ field: 'reference' as const, code: 'ASK_REFERENCE' as const }]),
    ...(columns.includes(mapping.columns?.amount ?? '') ? questionsOnMoney(mapping, evidence) : []),
    ...(has('basisDate') && !mapping.dateOrder
      ? [{ field: 'dateOrder' as const, code: 'ASK_DATE_ORDER' as const, choices: ['dmy', 'mdy'] }]
      : []),
  ];
}

function questionsOnMoney(mapping: ImportMapping, evidence: LedgerEvidence): LedgerQuestion[] {
  const { amountBasis, amountUnit, numberStyle, vatRate, columns } = mapping;
  const lacksRate = amountBasis === 'gross' && !columns?.vatRate && vatRate === undefined;
  const isOpen = numberStyle === undefined || quantityStyle(mapping, evidence) === null;
  return [
    ...(amountBasis
      ? []
      : [{ field: 'amountBasis' as const, code: 'ASK_AMOUNT_BASIS' as const, choices: ['net', 'gross'] }]),
    ...(amountUnit
      ? []
      : [{ field: 'amountUnit' as const, code: 'ASK_AMOUNT_UNIT' as const, choices: ['dong', 'thousand', 'million'] }]),
    ...(isOpen
      ? [{ field: 'numberStyle' as const, code: 'ASK_NUMBER_STYLE' as const, choices: ['dot', 'comma'] }]
      : []),
    ...(lacksRate ? [{ field: 'vatRate' as const, code: 'ASK_VAT_RATE' as const }] : []),
  ];
}

/** Quantities by their own values; where those leave it open, as the amounts are written. */
function quantityStyle({ numberStyle }: ImportMapping, { quantity }: LedgerEvidence): 'dot' | 'comma' | null {
  return decideStyle(quantity) ?? numberStyle ?? null;
}

/** How to read the rows, from a mapping without a question. */
export function planOf(
  mapping: ImportMapping,
  { columns, evidence, fileMark }: { columns: readonly string[]; evidence: LedgerEvidence; fileMark: string },
): LedgerPlan {
  return {
    places: placesOf(mapping, columns),
    basis: mapping.amountBasis ?? 'net',
    factor: factorOf(mapping.amountUnit ?? 'dong'),
    vatRate: mapping.vatRate,
    styles: { amount: mapping.numberStyle ?? 'dot', quantity: quantityStyle(mapping, evidence) ?? 'dot' },
    order: mapping.dateOrder ?? 'dmy',
    fileMark: mapping.columns?.reference === undefined ? fileMark : undefined,
  };
}
