import type { DemoCalendar } from './demo-calendar.ts';
import { wasFoundValid, type DemoCertificate } from './demo-certificates.ts';
import { editionStarts } from './demo-lists.ts';
import { isOnSale, type DemoProduct } from './demo-products.ts';
import lists from './data/demo-lists.json' with { type: 'json' };

/** What a buyer finds in the catalogue on a day. */
export interface DemoShelf {
  /** Products of the group that can be bought, labelled ones that count on the day apart. */
  find(group: string, day: string): { green: DemoProduct[]; plain: DemoProduct[] };
  /** A certificate of the product that a buyer found valid on the day. */
  certificateOf(product: string, day: string): DemoCertificate | undefined;
  /** Whether the edition of the day obliges to buy labelled products of the group. */
  isMandatory(group: string, day: string): boolean;
}

const goodLevels = new Set(['4', '5']);

/**
 * The catalogue as its fictional buyers see it. It steers what they choose and decides nothing: whether a line is green
 * is found by the register's own rules when the purchase is recorded.
 */
export function demoShelf(calendar: DemoCalendar, products: DemoProduct[], certificates: DemoCertificate[]): DemoShelf {
  const [firstEdition, energyLabelsFrom] = editionStarts(calendar);
  const isCounted = ({ input: { scheme, level = '' } }: DemoCertificate, day: string): boolean =>
    scheme === 'VN-ECOLABEL' || (goodLevels.has(level) && day >= energyLabelsFrom);
  const found = new Map<string, ReturnType<DemoShelf['find']>>();
  const ofGroup = new Map<string, DemoProduct[]>();
  for (const product of products)
    ofGroup.set(product.input.group, [...(ofGroup.get(product.input.group) ?? []), product]);
  const byProduct = certificatesByProduct(certificates);
  return {
    certificateOf: (product, day) => byProduct.get(product)?.find((certificate) => wasFoundValid(certificate, day)),
    isMandatory(group, day) {
      if (day < firstEdition) return false;
      const edition = lists[day < energyLabelsFrom ? 0 : 1];
      return edition?.entries.some((entry) => entry.group === group && entry.obligation === 'mandatory') ?? false;
    },
    find(group, day) {
      const known = found.get(`${group} ${day}`);
      if (known) return known;
      const onSale = (ofGroup.get(group) ?? []).filter((product) => isOnSale(product, day));
      const isLabelled = ({ key }: DemoProduct): boolean =>
        (byProduct.get(key) ?? []).some(
          (certificate) => isCounted(certificate, day) && wasFoundValid(certificate, day),
        );
      const shelf = {
        green: onSale.filter(isLabelled),
        plain: onSale.filter((product) => !isLabelled(product)),
      };
      found.set(`${group} ${day}`, shelf);
      return shelf;
    },
  };
}

function certificatesByProduct(certificates: DemoCertificate[]): Map<string, DemoCertificate[]> {
  const found = new Map<string, DemoCertificate[]>();
  for (const certificate of certificates)
    for (const key of certificate.input.products) found.set(key, [...(found.get(key) ?? []), certificate]);
  return found;
}
