import type { DemoCalendar } from './demo-calendar.ts';
import { wasFoundValid, type DemoCertificate } from './demo-certificates.ts';
import { editionStarts } from './demo-lists.ts';
import { isOnSale, type DemoProduct } from './demo-products.ts';

/** What a buyer finds in the catalogue on a day. */
export interface DemoShelf {
  /** Products of the group that can be bought, labelled ones that count on the day apart. */
  find(group: string, day: string): { green: DemoProduct[]; plain: DemoProduct[] };
}

const goodLevels = new Set(['4', '5']);

/**
 * The catalogue as its fictional buyers see it. It steers what they choose and decides nothing: whether a line is green
 * is found by the register's own rules when the purchase is recorded.
 */
export function demoShelf(calendar: DemoCalendar, products: DemoProduct[], certificates: DemoCertificate[]): DemoShelf {
  const [, energyLabelsFrom] = editionStarts(calendar);
  const isCounted = ({ input: { scheme, level = '' } }: DemoCertificate, day: string): boolean =>
    scheme === 'VN-ECOLABEL' || (goodLevels.has(level) && day >= energyLabelsFrom);
  const found = new Map<string, ReturnType<DemoShelf['find']>>();
  return {
    find(group, day) {
      const known = found.get(`${group} ${day}`);
      if (known) return known;
      const counting = certificates.filter(
        (certificate) => isCounted(certificate, day) && wasFoundValid(certificate, day),
      );
      const labelled = new Set(counting.flatMap(({ input }) => input.products));
      const onSale = products.filter((product) => product.input.group === group && isOnSale(product, day));
      const shelf = {
        green: onSale.filter(({ key }) => labelled.has(key)),
        plain: onSale.filter(({ key }) => !labelled.has(key)),
      };
      found.set(`${group} ${day}`, shelf);
      return shelf;
    },
  };
}
