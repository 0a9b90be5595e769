import { applicationOperations } from './demo-applications.ts';
import { demoCalendar } from './demo-calendar.ts';
import { certificateOperations, demoCertificates } from './demo-certificates.ts';
import { criterionOperations, listOperations, schemeOperations } from './demo-lists.ts';
import { inTimeOrder, type DemoOperation } from './demo-operation.ts';
import { organisationOperations } from './demo-organisations.ts';
import { demoProducts, productOperations } from './demo-products.ts';
import { allPurchases, purchaseOperations } from './demo-purchases.ts';
import { demoShelf } from './demo-shelf.ts';

/** How much of the register; all of it where nothing is said. Tests do with less. */
export interface DemoSize {
  /** The first so many products, with the certificates that cover none but them. */
  products?: number;
  purchases?: number;
}

/**
 * The fictional register as it would have grown up to the day, in time order: the same entries for the same day. Nothing
 * is recorded on the day itself, so that no entry lies ahead of the clock.
 */
export function buildDemo(
  today: string,
  { products: offered, purchases = allPurchases }: DemoSize = {},
): DemoOperation[] {
  const calendar = demoCalendar(today);
  const products = demoProducts(calendar).slice(0, offered);
  const certificates = demoCertificates(calendar, products);
  return inTimeOrder([
    ...organisationOperations(calendar),
    ...schemeOperations(calendar),
    ...criterionOperations(calendar),
    ...listOperations(calendar),
    ...productOperations(products),
    ...certificateOperations(certificates),
    ...applicationOperations(calendar, products),
    ...purchaseOperations(calendar, demoShelf(calendar, products, certificates), purchases),
  ]);
}
