import type { LocalisedText, Product, ProductGroup, ProductLabel, SearchHit } from '../../schemas/types.d.ts';
import { hasAttributes } from './attribute-query.rules.ts';
import type { Asked, ReadProducts } from './explain.service.ts';
import { buildHit, isAsked } from './hit.rules.ts';
import { highlightsOf } from './highlight.rules.ts';
import { whyHere, type WhyParts } from './why.rules.ts';

/** What rows are read from. */
export interface RowParts {
  /** Those of the ids that exist. */
  products: ReadProducts;
  /** What gives the labels of each of the products on the law's day, as the store has them. */
  labels(ids: string[], law: Asked['law']): Promise<(product: Product) => ProductLabel[]>;
}

/** The page's rows from the store; a row that is gone or no longer what was asked for is left out. */
export async function readRows(parts: RowParts, ids: string[], asked: Asked): Promise<SearchHit[]> {
  const { query, law, attributes, reading, words, named, request, language } = asked;
  const [{ products, suppliers }, labels] = await Promise.all([
    parts.products(ids).then(async (found) => ({ products: found, suppliers: await suppliersOf(found, law) })),
    parts.labels(ids, law),
  ]);
  const productOf = new Map(products.map((product) => [product.id, product]));
  const groupOf = new Map(law.groups.map((group) => [group.code, group]));
  const reasons = (hit: SearchHit, group: ProductGroup): WhyParts => {
    const source = { product: productOf.get(hit.id)!, group, supplierNames: [hit.supplierName] };
    return { hit, source, words, prefixLast: request.prefixLast, named, law };
  };
  return ids.flatMap((id) => {
    const product = productOf.get(id);
    if (!product) return [];
    const group = groupOf.get(product.group);
    const about = { product, labels: labels(product), group, supplierName: suppliers.get(product.supplier) };
    const hit = buildHit(about, law);
    const why = query.why && group && words.length > 0 ? { why: whyHere(reasons(hit, group), language) } : {};
    const highlights =
      query.highlight && words.length > 0
        ? { highlights: highlightsOf(product, { words, prefixLast: request.prefixLast }, language) }
        : {};
    const ways = [query, ...reading.understood.flatMap(({ asks }) => asks ?? [])];
    const isStill = ways.every((way) => isAsked(hit, way, { family: group?.family.code, on: law.on }));
    return isStill && hasAttributes(hit.attributes, query, attributes) ? [{ ...hit, ...why, ...highlights }] : [];
  });
}

function suppliersOf(products: Product[], { suppliers }: Asked['law']): Promise<ReadonlyMap<string, LocalisedText>> {
  return suppliers([...new Set(products.map(({ supplier }) => supplier))]);
}
