import { demoCalendar } from './demo-calendar.ts';
import { certificateOperations, demoCertificates } from './demo-certificates.ts';
import { criterionOperations, listOperations } from './demo-lists.ts';
import { inTimeOrder, type DemoOperation } from './demo-operation.ts';
import { organisationOperations } from './demo-organisations.ts';
import { demoProducts, productOperations } from './demo-products.ts';
import { purchaseOperations } from './demo-purchases.ts';
import { demoShelf } from './demo-shelf.ts';

/**
 * The fictional register as it would have grown up to the day, in time order: the same entries for the same day. Nothing
 * is recorded on the day itself, so that no entry lies ahead of the clock.
 */
export function buildDemo(today: string): DemoOperation[] {
  const calendar = demoCalendar(today);
  const products = demoProducts(calendar);
  const certificates = demoCertificates(calendar, products);
  return inTimeOrder([
    ...organisationOperations(calendar),
    ...criterionOperations(calendar),
    ...listOperations(calendar),
    ...productOperations(products),
    ...certificateOperations(certificates),
    ...purchaseOperations(calendar, demoShelf(calendar, products, certificates)),
  ]);
}
