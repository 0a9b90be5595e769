import type { Exemption, PurchaseInput, PurchaseLine, PurchaseLineInput } from '../../../../schemas/types.d.ts';
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
  /** The amount that is typed is the one with VAT. */
  withVat: boolean;
  amountGross: string;
  vatRate: string;
  nature: string;
  cpv: string;
  packFactor: string;
  asDelivered: { brand: string; model: string; gtin: string };
  labelClaim: { scheme: string; number: string };
  equivalence: { certificate: string; acceptedBy: string; evidence: string };
  exemption: { code: string; text: string };
}

/** A purchase while it is typed. */
export interface PurchaseValues {
  agency: string;
  reference: string;
  notice: string;
  method: PurchaseInput['method'];
  kind: string;
  funding: string;
  basisDate: string;
  basisRule: string;
  awardedOn: string;
  currency: string;
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

export const kinds = ['contract', 'callOff', 'framework'] as const satisfies PurchaseInput['kind'][];
export const fundings = [
  'recurrent',
  'investment',
  'ownRevenue',
  'oda',
  'other',
] as const satisfies PurchaseInput['funding'][];
export const basisRules = ['signed', 'ordered', 'callOff', 'invoiced'] as const satisfies PurchaseInput['basisRule'][];
export const natures = [
  'goods',
  'services',
  'consulting',
  'works',
  'mixed',
] as const satisfies PurchaseLineInput['nature'][];
export const exemptionCodes = [
  'NO_PRODUCT',
  'NO_FIT',
  'NO_SUPPLY',
  'PRICE',
  'EMERGENCY',
  'EXISTING_CONTRACT',
  'DONATED_OR_TIED',
  'SECURITY',
] as const satisfies Exemption['code'][];

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
    withVat: false,
    amountGross: '',
    vatRate: '',
    nature: '',
    cpv: '',
    packFactor: '',
    asDelivered: { brand: '', model: '', gtin: '' },
    labelClaim: { scheme: '', number: '' },
    equivalence: { certificate: '', acceptedBy: '', evidence: '' },
    exemption: { code: '', text: '' },
  };
}

/** A line for a product of the basket, in the reader's words. */
export function lineOf(item: BasketItem, description: string, unit: string): LineValues {
  return { ...emptyLine(), product: item.product, group: item.group, description, unit };
}

/** A recorded line, to be typed over. */
export function lineFrom(line: PurchaseLine): LineValues {
  const empty = emptyLine();
  const { product, group, description, quantity, unit, nature, cpv, packFactor } = line;
  return {
    ...empty,
    ...withoutMissing({ product, group, description, quantity, unit, nature, cpv, packFactor }),
    withVat: line.amountGross !== undefined,
    amountNet: line.amountGross === undefined ? line.amountNet : '',
    amountGross: line.amountGross ?? '',
    vatRate: line.vatRate ?? '',
    asDelivered: { ...empty.asDelivered, ...line.asDelivered },
    labelClaim: { ...empty.labelClaim, ...line.labelClaim },
    equivalence: { ...empty.equivalence, ...line.equivalence },
    exemption: { ...empty.exemption, ...line.exemption },
  };
}

/** Whether something is typed where few lines need it. */
export function hasMore({ withVat, vatRate, nature, cpv, packFactor, ...line }: LineValues): boolean {
  const { labelClaim, equivalence, exemption } = line;
  const nested = [labelClaim, equivalence, exemption].flatMap((part) => Object.values(part));
  return withVat || [vatRate, nature, cpv, packFactor, ...nested].some((value) => value !== '');
}

/** What is sent for a line. */
export function toLineInput({ key: _key, withVat, amountNet, amountGross, ...line }: LineValues): PurchaseLineInput {
  return given({ ...line, ...(withVat ? { amountGross } : { amountNet }) }) as unknown as PurchaseLineInput;
}

/** What is sent for a purchase. */
export function toPurchaseInput({ lines, ...head }: PurchaseValues): PurchaseInput {
  return { supplier: {}, ...given(head), lines: lines.map(toLineInput) } as unknown as PurchaseInput;
}

/** Trimmed, without what is empty: the server says what is missing, and where. */
function given(values: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]: [string, unknown]) => {
      const kept = typeof value === 'object' && value !== null ? given(value) : String(value).trim();
      const isEmpty = typeof kept === 'string' ? kept === '' : Object.keys(kept).length === 0;
      return isEmpty ? [] : [[name, kept]];
    }),
  );
}

function withoutMissing(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
