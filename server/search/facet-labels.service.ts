import type { SearchResult } from '../../schemas/types.d.ts';
import { attributeName } from './attribute-query.rules.ts';
import type { Asked } from './explain.service.ts';
import { labelAttribute, labelFacet } from './facet-labels.rules.ts';
import type { Facets } from './port.ts';
import { facetNames } from './query.rules.ts';

/** The counts of an answer with their values in the reader's language. */
export async function labelFacets(
  facets: Facets,
  { law, language, attributes }: Asked,
): Promise<SearchResult['facets']> {
  const suppliers = await law.suppliers(facets['supplier']?.values.map(({ value }) => value) ?? []);
  const names = { ...law, suppliers, language };
  const ofAttributes = [...attributes.values()].flatMap((attribute) => {
    const name = attributeName(attribute.key);
    return facets[name] ? [[name, labelAttribute(attribute, facets[name].values, language)] as const] : [];
  });
  return Object.fromEntries([
    ...facetNames.flatMap((name) =>
      facets[name] ? [[name, labelFacet(name, facets[name].values, names)] as const] : [],
    ),
    ...ofAttributes,
  ]);
}
