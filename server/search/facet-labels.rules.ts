import type { FacetCount, LabelScheme, LocalisedText, ProductGroup } from '../../schemas/types.d.ts';
import type { FacetName } from './query.rules.ts';

/** The records whose names the values stand for, and the reader's language. */
export interface Names {
  groups: ProductGroup[];
  schemes: LabelScheme[];
  suppliers: Map<string, LocalisedText>;
  language: 'vi' | 'en';
}

const words: Partial<Record<FacetName, Record<string, LocalisedText>>> = {
  kind: { good: { vi: 'Hàng hóa', en: 'Goods' }, service: { vi: 'Dịch vụ', en: 'Services' } },
  tier: {
    A: { vi: 'Bậc A: luật công nhận', en: 'Tier A: recognised by law' },
    B: { vi: 'Bậc B: đạt mức danh mục yêu cầu', en: 'Tier B: reaches the level the list asks for' },
  },
  priority: {
    true: { vi: 'Thuộc danh mục ưu tiên', en: 'On the priority list' },
    false: { vi: 'Không thuộc danh mục ưu tiên', en: 'Not on the priority list' },
  },
};

/** A facet's values with their names in the reader's language; a value without a name stands for itself. */
export function labelFacet(facet: FacetName, values: { value: string; count: number }[], names: Names): FacetCount[] {
  return values.map(({ value, count }) => {
    const name = nameOf(facet, value, names);
    return { value, label: name?.[names.language] ?? name?.vi ?? value, count };
  });
}

function nameOf(facet: FacetName, value: string, { groups, schemes, suppliers }: Names): LocalisedText | undefined {
  if (facet === 'group') return groups.find(({ code }) => code === value)?.name;
  if (facet === 'family') return groups.find(({ family }) => family.code === value)?.family.name;
  if (facet === 'scheme') return schemes.find(({ code }) => code === value)?.name;
  if (facet === 'supplier') return suppliers.get(value);
  return words[facet]?.[value];
}
