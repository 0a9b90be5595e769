import type { PurchaseInput, PurchaseLine, PurchaseLineInput } from '../../../../schemas/types.d.ts';
import type { BasketItem } from '../../ui/basket.ts';

/** A line while it is typed: shaped like the wire, so that a pointer is a field; what is empty is not sent. */
export interface LineValues {
  /** Tells lines apart on the screen; never sent. */
  key: string;
  product: string;
  group: string;
  description: string;
  quantity: string;
  unit: string;
  amountNet: string;
  asDelivered: { brand: string; model: string };
}

/** A purchase while it is typed. */
export interface PurchaseValues {
  agency: string;
  reference: string;
  notice: string;
  method: PurchaseInput['method'];
  basisDate: string;
  supplier: { code: string; name: string; taxCode: string };
  lines: LineValues[];
}

/** The methods of selection, in the order of the form. */
export const methods: PurchaseInput['method'][] = [
  'open',
  'restricted',
  'quotation',
  'direct',
  'direct-purchase',
  'negotiation',
  'self-performed',
  'community',
  'call-off',
  'petty',
  'unknown',
];

let lastKey = 0;

/** A line with nothing in it. */
export function emptyLine(): LineValues {
  lastKey += 1;
  return {
    key: `line-${lastKey}`,
    product: '',
    group: '',
    description: '',
    quantity: '',
    unit: '',
    amountNet: '',
    asDelivered: { brand: '', model: '' },
  };
}

/** A line for a product of the basket, in the reader's words. */
export function lineOf(item: BasketItem, description: string, unit: string): LineValues {
  return { ...emptyLine(), product: item.product, group: item.group, description, unit };
}

/** A recorded line, to be typed over. */
export function lineFrom(line: PurchaseLine): LineValues {
  return {
    ...emptyLine(),
    product: line.product ?? '',
    group: line.group ?? '',
    description: line.description,
    quantity: line.quantity,
    unit: line.unit,
    amountNet: line.amountNet,
    asDelivered: { brand: line.asDelivered?.brand ?? '', model: line.asDelivered?.model ?? '' },
  };
}

/** What is sent for a line. */
export function toLineInput({ asDelivered, product, group, ...line }: LineValues): PurchaseLineInput {
  const { description, quantity, unit, amountNet } = line;
  const { brand, model } = asDelivered;
  return {
    description: description.trim(),
    quantity,
    unit: unit.trim(),
    amountNet,
    ...(product !== '' && { product }),
    ...(group !== '' && { group }),
    ...(model.trim() !== '' && {
      asDelivered: { model: model.trim(), ...(brand.trim() !== '' && { brand: brand.trim() }) },
    }),
  };
}

/** What is sent for a purchase. */
export function toPurchaseInput({ supplier, notice, lines, ...values }: PurchaseValues): PurchaseInput {
  return {
    agency: values.agency,
    reference: values.reference.trim(),
    method: values.method,
    basisDate: values.basisDate,
    ...(notice.trim() !== '' && { notice: notice.trim() }),
    supplier: withoutEmpty(supplier),
    lines: lines.map(toLineInput),
  };
}

function withoutEmpty(supplier: PurchaseValues['supplier']): PurchaseInput['supplier'] {
  const given = Object.entries(supplier).filter(([, value]) => value.trim() !== '');
  return Object.fromEntries(given.map(([name, value]) => [name, value.trim()]));
}
