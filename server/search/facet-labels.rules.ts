import type { FacetCount, GroupAttribute, LabelScheme, LocalisedText, ProductGroup } from '../../schemas/types.d.ts';
import { textIn } from '../core/localised.rules.ts';
import type { FacetName } from './query.rules.ts';

/** The records whose names the values stand for, and the reader's language. */
export interface Names {
  groups: ProductGroup[];
  schemes: LabelScheme[];
  suppliers: ReadonlyMap<string, LocalisedText>;
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
    return { value, label: name ? textIn(name, names.language) : value, count };
  });
}

/**
 * An attribute's values in words, in the reader's language: codes by their names; classes of a number in ascending order, as
 * “9,000 to under 12,000 BTU/h”.
 */
export function labelAttribute(
  attribute: GroupAttribute,
  values: { value: string; count: number }[],
  language: 'vi' | 'en',
): FacetCount[] {
  if (attribute.type === 'number') {
    const ascending = values.toSorted((a, b) => startOf(a.value) - startOf(b.value));
    return ascending.map(({ value, count }) => ({ value, label: classLabel(attribute, value, language), count }));
  }
  const names = attribute.type === 'code' ? attribute.codes : yesOrNo;
  return values.map(({ value, count }) => {
    const name = names?.find((code) => code.value === value)?.name;
    return { value, label: name ? textIn(name, language) : value, count };
  });
}

const yesOrNo = [
  { value: 'true', name: { vi: 'Có', en: 'Yes' } },
  { value: 'false', name: { vi: 'Không', en: 'No' } },
];

function startOf(value: string): number {
  return value.startsWith('..') ? -Infinity : Number.parseFloat(value);
}

function classLabel({ unit }: GroupAttribute, value: string, language: 'vi' | 'en'): string {
  const format = new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-GB', { maximumFractionDigits: 6 });
  const [from = '', to = ''] = value.split('..').map((end) => end.replace('<', ''));
  const number = (end: string) => format.format(Number(end));
  const isVi = language === 'vi';
  let said = isVi ? 'Mọi giá trị' : 'Any';
  if (from && to) said = isVi ? `${number(from)} đến dưới ${number(to)}` : `${number(from)} to under ${number(to)}`;
  else if (to) said = `${isVi ? 'Dưới' : 'Under'} ${number(to)}`;
  else if (from) said = isVi ? `Từ ${number(from)}` : `${number(from)} and more`;
  return unit ? `${said} ${unit.symbol}` : said;
}

function nameOf(facet: FacetName, value: string, { groups, schemes, suppliers }: Names): LocalisedText | undefined {
  if (facet === 'group') return groups.find(({ code }) => code === value)?.name;
  if (facet === 'family') return groups.find(({ family }) => family.code === value)?.family.name;
  if (facet === 'scheme') return schemes.find(({ code }) => code === value)?.name;
  if (facet === 'supplier') return suppliers.get(value);
  return words[facet]?.[value];
}
