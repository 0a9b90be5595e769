import type { ProductInput } from '../schemas/types.d.ts';
import { addDays, instantAt, type DemoCalendar } from './demo-calendar.ts';
import type { DemoOperation } from './demo-operation.ts';
import rows from './data/demo-products.json' with { type: 'json' };

/** A fictional product with what the purchases need to buy it: its usual price in đồng before VAT for one unit. */
export interface DemoProduct {
  key: string;
  unit: string;
  price: number;
  input: ProductInput;
  /** The day on which it was entered. */
  listedOn: string;
  /** The first day on which it can no longer be bought. */
  withdrawal?: { on: string; reason: string };
}

interface ProductRow extends Pick<DemoProduct, 'key' | 'unit' | 'price' | 'input'> {
  /** Base units of the group in one unit, where they are not the same. */
  packFactor?: string;
  /** Days before the load on which it was entered; without it, when the register opened. */
  listed?: number;
  withdrawn?: { ago: number; reason: string };
}

/** Every fictional product and service, with its days. */
export function demoProducts(calendar: DemoCalendar): DemoProduct[] {
  return (rows as ProductRow[]).map((row) => productOf(row, calendar));
}

/** The products' entry into the catalogue, and the end of those that are withdrawn. */
export function productOperations(products: DemoProduct[]): DemoOperation[] {
  return products.flatMap(({ key, input, listedOn, withdrawal }): DemoOperation[] => {
    const entry: DemoOperation = { at: instantAt(listedOn, '09:00'), key, do: 'product', input };
    if (!withdrawal) return [entry];
    const at = instantAt(withdrawal.on, '11:00');
    return [entry, { at, key: `${key} withdrawn`, do: 'withdrawal', product: key, input: withdrawal }];
  });
}

/** Whether the product can be bought on the day: it was entered before, and is not withdrawn. */
export function isOnSale({ listedOn, withdrawal }: DemoProduct, day: string): boolean {
  return listedOn < day && (!withdrawal || day < withdrawal.on);
}

function productOf({ listed, withdrawn, packFactor, ...row }: ProductRow, calendar: DemoCalendar): DemoProduct {
  const listedOn = listed === undefined ? openingDay(row, calendar) : calendar.ago(listed);
  const { unit, price } = row;
  const offered = { amountNet: String(price), unit, ...(packFactor !== undefined && { packFactor }), asOf: listedOn };
  const product = { ...row, input: { ...row.input, price: offered }, listedOn };
  if (!withdrawn) return product;
  return { ...product, withdrawal: { on: calendar.ago(withdrawn.ago), reason: withdrawn.reason } };
}

// The catalogue was filled over the first two weeks, supplier by supplier.
function openingDay({ input }: Pick<DemoProduct, 'input'>, calendar: DemoCalendar): string {
  return calendar.recorded(addDays(calendar.opening, Number(input.supplier.slice(-2)) % 14), 0);
}
