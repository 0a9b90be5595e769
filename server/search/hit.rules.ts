import type {
  LocalisedText,
  Product,
  ProductGroup,
  ProductLabel,
  SearchHit,
  SearchQuery,
  Tier,
} from '../../schemas/types.d.ts';
import { pricePerBaseUnit } from '../catalogue/price.rules.ts';
import { isUnderCriteria } from '../reference/tier.rules.ts';
import { type FacetName, facetNames, valuesOf } from './query.rules.ts';
import { entryFor, type LawOnDay, reachesLevel } from './tier-clauses.rules.ts';

/** A product's row with what a hit shows of the records around it. */
export interface HitParts {
  product: Product;
  /** On the day. */
  labels: ProductLabel[];
  group: ProductGroup | undefined;
  supplierName: LocalisedText | undefined;
}

/** A product as search shows it. */
export function buildHit({ product, labels, group, supplierName }: HitParts, law: LawOnDay): SearchHit {
  const { id, kind, name, description, brand, model, supplier, listing, withdrawal, recordedAt, demo } = product;
  return {
    id,
    kind,
    name,
    ...(description && { description }),
    ...(brand !== undefined && { brand }),
    ...(model !== undefined && { model }),
    group: product.group,
    supplier,
    ...(product.price && { price: product.price }),
    ...basePrice(product),
    ...(product.attributes && { attributes: product.attributes }),
    ...(product.attributesEntered && { attributesEntered: product.attributesEntered }),
    listing,
    ...(withdrawal && { withdrawal }),
    recordedAt,
    groupName: group?.name ?? { vi: product.group },
    supplierName: supplierName ?? { vi: supplier },
    labels,
    tier: bestTier(labels),
    priority: isPriority(product.group, labels, law),
    ...(demo && { demo }),
  };
}

/** Whether the row still is what was asked for: the index may be behind the store. */
export function isAsked(
  hit: SearchHit,
  query: Partial<SearchQuery>,
  about: { family: string | undefined; on: string },
): boolean {
  const isListed = hit.listing === 'accepted' || hit.labels.length > 0;
  const isOffered = hit.withdrawal === undefined || hit.withdrawal.on > about.on;
  const valid = hit.labels.filter((label) => label.valid);
  const own: Record<FacetName, (string | undefined | null)[]> = {
    kind: [hit.kind],
    group: [hit.group],
    family: [about.family],
    supplier: [hit.supplier],
    scheme: valid.map((label) => label.scheme),
    level: valid.map((label) => label.level),
    tier: [hit.tier],
    priority: [String(hit.priority)],
  };
  const isMet = (facet: FacetName) => {
    const chosen = query[facet];
    return chosen === undefined || valuesOf(String(chosen)).some((value) => own[facet].includes(value));
  };
  return isListed && isOffered && isInPrice(hit, query) && facetNames.every(isMet);
}

/** What it is sorted and filtered by among the products of its group. */
function basePrice({ price }: Product): Pick<SearchHit, 'basePrice'> {
  const amount = price && pricePerBaseUnit(price);
  return amount === undefined ? {} : { basePrice: String(amount) };
}

function isInPrice({ basePrice: own }: SearchHit, { minPrice, maxPrice }: Partial<SearchQuery>): boolean {
  if (minPrice === undefined && maxPrice === undefined) return true;
  const isLow = own !== undefined && Number(own) < Number(minPrice ?? 0);
  const isHigh = own !== undefined && Number(own) > Number(maxPrice ?? Infinity);
  return own !== undefined && !isLow && !isHigh;
}

function bestTier(labels: ProductLabel[]): Tier | null {
  const counting = labels.flatMap(({ valid, tier }) => (valid && tier ? [tier] : []));
  return counting.sort()[0] ?? null;
}

function isPriority(group: string, labels: ProductLabel[], { edition, schemes }: LawOnDay): boolean {
  const accepts = entryFor(edition, group)?.accepts ?? [];
  return accepts.some(({ scheme, minLevel, criteria }) => {
    const levels = schemes.find(({ code }) => code === scheme)?.levels ?? [];
    const isReached = ({ level }: ProductLabel) => minLevel === undefined || reachesLevel(levels, level, minLevel);
    const isAccepted = (label: ProductLabel) => isReached(label) && isUnderCriteria(criteria, label.criterion);
    return labels.some((label) => label.valid && label.scheme === scheme && isAccepted(label));
  });
}
