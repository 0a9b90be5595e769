import type { ImportMapping, PurchaseInput, PurchaseLineInput } from '../../schemas/types.d.ts';
import { fold } from '../search/fold.rules.ts';
import {
  decimalText,
  readDay,
  readDecimal,
  wholeOf,
  type Cell,
  type DateOrder,
  type Decimal,
  type NumberStyle,
} from './ledger-cell.rules.ts';
import { methodWords, type LedgerField } from './ledger-words.rules.ts';

/** Why a cell cannot be read; codes of `rule-codes.json`. */
export interface CellFault {
  field: LedgerField;
  value: string;
  code:
    | 'CELL_MISSING'
    | 'CELL_NOT_A_DAY'
    | 'CELL_NOT_A_NUMBER'
    | 'CELL_NEGATIVE'
    | 'CELL_NOT_WHOLE'
    | 'CELL_TOO_LARGE'
    | 'CELL_NO_METHOD'
    | 'CELL_NO_RATE';
}

/** A mapping with nothing left to ask, and where its columns stand. */
export interface LedgerPlan {
  places: ReadonlyMap<LedgerField, number>;
  basis: NonNullable<ImportMapping['amountBasis']>;
  factor: bigint;
  vatRate: string | undefined;
  styles: { amount: NumberStyle; quantity: NumberStyle };
  order: DateOrder;
  /** Stands for the file in the number of a purchase, where each row is one. */
  fileMark: string | undefined;
}

/** The purchase that a row belongs to, as far as the row says it. */
export type LedgerFrame = Pick<PurchaseInput, 'reference' | 'basisDate' | 'supplier' | 'method' | 'notice'>;

/** A row as it was read: its purchase and line, or what keeps it from being one. `amount` is in whole đồng. */
export type LedgerRow =
  { faults: CellFault[]; amount: string | undefined } | { frame: LedgerFrame; line: PurchaseLineInput; amount: string };

const factors = { dong: 1n, thousand: 1000n, million: 1_000_000n };
const most = BigInt(Number.MAX_SAFE_INTEGER);
// One unit of "lump sum" (UN/ECE Recommendation 20) where a ledger of sums says no quantity.
const lump = { quantity: '1', unit: 'LS' };

/** What each amount is multiplied by to be đồng. */
export function factorOf(unit: NonNullable<ImportMapping['amountUnit']>): bigint {
  return factors[unit];
}

/** Whether a row holds nothing at all. */
export function isBlank(cells: readonly Cell[]): boolean {
  return cells.every((cell) => String(cell).trim() === '');
}

/** Reads one row; everything that is wrong with it is named, not only the first fault. */
export function readRow(cells: readonly Cell[], row: number, plan: LedgerPlan): LedgerRow {
  const faults: CellFault[] = [];
  const cellOf = (field: LedgerField): Cell => cells[plan.places.get(field) ?? -1] ?? '';
  const reader: RowReader = {
    plan,
    cell: cellOf,
    text: (field) => String(cellOf(field)).normalize('NFC').replace(/\s+/g, ' ').trim(),
    refuse(field, code) {
      faults.push({ field, code, value: String(cellOf(field)).slice(0, 200) });
      return undefined;
    },
  };
  const amount = readAmount(reader);
  const frame = readFrame(reader, row);
  const line = readLine(reader, amount);
  return faults.length > 0 || amount === undefined ? { faults, amount } : { frame, line, amount };
}

interface RowReader {
  plan: LedgerPlan;
  cell(field: LedgerField): Cell;
  text(field: LedgerField): string;
  /** Notes what is wrong; gives nothing, for the reader to give on. */
  refuse(field: LedgerField, code: CellFault['code']): undefined;
}

/** The amount in whole đồng. A negative one is a credit note, which is a correction of the purchase (contract, "Purchases"). */
function readAmount({ plan, cell, text, refuse }: RowReader): string | undefined {
  if (text('amount') === '') return refuse('amount', 'CELL_MISSING');
  const number = readDecimal(cell('amount'), plan.styles.amount);
  if (!number) return refuse('amount', 'CELL_NOT_A_NUMBER');
  if (number.isNegative && number.digits > 0n) return refuse('amount', 'CELL_NEGATIVE');
  const whole = wholeOf(number, plan.factor);
  if (whole === null) return refuse('amount', 'CELL_NOT_WHOLE');
  if (BigInt(whole) > most) return refuse('amount', 'CELL_TOO_LARGE');
  return whole;
}

function readFrame(reader: RowReader, row: number): LedgerFrame {
  const { plan, cell, text, refuse } = reader;
  const reference = plan.fileMark === undefined ? text('reference') : `${plan.fileMark}-${row}`;
  if (reference === '') refuse('reference', 'CELL_MISSING');
  const basisDate = readDay(cell('basisDate'), plan.order) ?? '';
  if (basisDate === '') refuse('basisDate', text('basisDate') === '' ? 'CELL_MISSING' : 'CELL_NOT_A_DAY');
  const notice = text('notice');
  return {
    reference,
    basisDate,
    supplier: readSupplier(reader),
    method: readMethod(reader),
    ...(notice && { notice }),
  };
}

function readSupplier({ cell, text, refuse }: RowReader): PurchaseInput['supplier'] {
  const [name, code] = [text('supplierName'), text('supplierCode')];
  const taxCode = readTaxCode(cell('supplierTaxCode'));
  if (!name && !code && !taxCode) refuse('supplierName', 'CELL_MISSING');
  return { ...(name && { name }), ...(code && { code }), ...(taxCode && { taxCode }) };
}

/** A tax code as the register writes it: a spreadsheet's number has lost its leading zero, 13 digits their hyphen. */
function readTaxCode(cell: Cell): string {
  const text = String(cell).replace(/[\s.]/g, '');
  const digits = typeof cell === 'number' && text.length === 9 ? `0${text}` : text;
  return digits.replace(/^(\d{10})(\d{3})$/, '$1-$2');
}

function readMethod({ text, refuse }: RowReader): PurchaseInput['method'] {
  const method = text('method');
  if (method === '') return 'unknown';
  const known = Object.values(methodWords).find((code) => code === method) ?? methodWords[fold(method)];
  if (known === undefined && method !== 'unknown') refuse('method', 'CELL_NO_METHOD');
  return known ?? 'unknown';
}

function readLine(reader: RowReader, amount = '0'): PurchaseLineInput {
  const { plan, text, refuse } = reader;
  const description = text('description');
  if (description === '') refuse('description', 'CELL_MISSING');
  const vatRate = readRate(reader) ?? plan.vatRate;
  if (vatRate === undefined && plan.basis === 'gross') refuse('vatRate', 'CELL_MISSING');
  const optional = Object.fromEntries(
    (['product', 'group', 'nature'] as const).flatMap((field) => (text(field) ? [[field, text(field)]] : [])),
  );
  const [brand, model] = [text('brand'), text('model')];
  return {
    description,
    ...optional,
    quantity: readQuantity(reader),
    unit: text('unit') || lump.unit,
    ...(plan.basis === 'gross' ? { amountGross: amount } : { amountNet: amount }),
    ...(vatRate !== undefined && { vatRate }),
    ...(model && { asDelivered: { model, ...(brand && { brand }) } }),
  };
}

function readQuantity({ plan, cell, text, refuse }: RowReader): string {
  if (text('quantity') === '') return lump.quantity;
  const number = readDecimal(cell('quantity'), plan.styles.quantity);
  if (number?.isNegative) refuse('quantity', 'CELL_NEGATIVE');
  if (!number || number.places > 6) refuse('quantity', 'CELL_NOT_A_NUMBER');
  return number ? decimalText(number) : '0';
}

/** VAT in percent: `8`, `8%`, a spreadsheet's 0.08; goods outside the tax (KCT) have none. */
function readRate({ cell, text, refuse }: RowReader): string | undefined {
  const given = text('vatRate');
  if (given === '') return undefined;
  if (/^(?:kct|kkknt|khong chiu thue|exempt)$/.test(fold(given))) return '0';
  const number = readDecimal(cell('vatRate'), 'comma') ?? readDecimal(cell('vatRate'), 'dot');
  if (!number || number.isNegative) return refuse('vatRate', 'CELL_NO_RATE');
  const rate = decimalText(typeof cell('vatRate') === 'number' ? asPercent(number) : number);
  return /^(?:0|[1-9]\d?)(?:\.\d{1,4})?$/.test(rate) ? rate : refuse('vatRate', 'CELL_NO_RATE');
}

/** A cell formatted as 8 % holds 0.08; no rate of VAT lies below one percent. */
function asPercent(number: Decimal): Decimal {
  const isFraction = number.digits > 0n && number.digits < 10n ** BigInt(number.places);
  return isFraction ? { digits: number.digits * 100n, places: number.places } : number;
}
