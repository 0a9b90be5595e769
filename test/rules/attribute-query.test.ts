import { describe, expect, it } from '@jest/globals';
import type { GroupAttribute, SearchQuery } from '../../schemas/types.d.ts';
import {
  attributeFacet,
  attributeFilters,
  attributesOf,
  hasAttributes,
  unknownAttribute,
} from '../../server/search/attribute-query.rules.ts';
import { labelAttribute } from '../../server/search/facet-labels.rules.ts';
import { aDoc, aGroup, meets } from '../search/support.ts';

const grammage: GroupAttribute = {
  key: 'grammage',
  name: { vi: 'Định lượng' },
  type: 'number',
  unit: { code: 'GM', symbol: 'g/m²' },
  steps: [75, 90],
};
const size: GroupAttribute = {
  key: 'size',
  name: { vi: 'Khổ' },
  type: 'code',
  codes: [{ value: 'A4', name: { vi: 'A4' } }],
};
const wide: GroupAttribute = { ...size, codes: [{ value: 'A3', name: { vi: 'Khổ A3', en: 'Size A3' } }] };
const recycled: GroupAttribute = { key: 'recycled', name: { vi: 'Tái chế' }, type: 'boolean' };
const paper = aGroup('paper', { attributes: [grammage, size, recycled] });
const card = aGroup('card', { attributes: [{ ...grammage, steps: [200] }, wide] });
const asked = (attr: Record<string, string>, parts: Partial<SearchQuery> = {}): SearchQuery => ({
  page: 1,
  limit: 20,
  attr,
  ...parts,
});
const facets = 'attr.grammage,attr.size,attr.recycled';
const attributes = attributesOf([paper, card], { facets });
const docs = [70, 75, 80, 90, 90.5].map((value, at) =>
  aDoc(at, 'x', { attr_grammage: value, attr_recycled: String(at > 2) }),
);
const found = (attr: Record<string, string>) => {
  const filters = attributeFilters(asked(attr), attributes);
  return docs.filter((doc) => filters.every(({ where }) => meets(doc, where))).map((doc) => doc['attr_grammage']);
};

describe('an attribute in a search', () => {
  it.each([
    ['80', [80]],
    ['75..90', [75, 80, 90]],
    ['75..<90', [75, 80]],
    ['90..', [90, 90.5]],
    ['..75', [70, 75]],
    ['..<75', [70]],
    ['..', [70, 75, 80, 90, 90.5]],
    ['70, 90.5', [70, 90.5]],
  ])('takes %s as numbers', (text, expected) => {
    expect(found({ grammage: text })).toEqual(expected);
  });

  it('means “or” inside a parameter and “and” between them', () => {
    expect(found({ grammage: '70,90..', recycled: 'true' })).toEqual([90, 90.5]);
    expect(found({ recycled: 'true,false' })).toHaveLength(5);
  });

  it.each([
    [{ weight: '1' }, { parameter: 'attr.weight', value: 'weight' }],
    [{ grammage: 'A4' }, { parameter: 'attr.grammage', value: 'A4' }],
    [{ grammage: '70..<' }, { parameter: 'attr.grammage', value: '70..<' }],
    [{ grammage: '1e3' }, { parameter: 'attr.grammage', value: '1e3' }],
    [{ grammage: '70,' }, { parameter: 'attr.grammage', value: '' }],
    [{ size: 'A4,A9' }, { parameter: 'attr.size', value: 'A9' }],
    [{ recycled: 'yes' }, { parameter: 'attr.recycled', value: 'yes' }],
    [{ size: 'A3' }, null],
    [{}, null],
  ])('%j: what nobody knows is named', (attr, expected) => {
    expect(unknownAttribute(asked(attr), attributes)).toEqual(expected);
  });

  it('has the classes of the groups asked about, or of all, and the codes of every group', () => {
    const steps = (parts: Partial<SearchQuery>) =>
      attributesOf([paper, card], { facets, ...parts }).get('grammage')?.steps;
    expect(steps({})).toEqual([75, 90, 200]);
    expect(steps({ group: 'card' })).toEqual([200]);
    expect(steps({ group: 'paper,card' })).toEqual([75, 90, 200]);
    expect(attributesOf([paper, card], { facets, group: 'paper' }).get('size')?.codes).toHaveLength(2);
  });

  it('reads no more of them than the query names', () => {
    expect([...attributesOf([paper, card], asked({ size: 'A4' }, { facets: 'kind,attr.grammage' })).keys()]).toEqual([
      'grammage',
      'size',
    ]);
    expect(attributesOf([paper, card], asked({})).size).toBe(0);
  });

  it('counts classes that leave no gap and do not overlap, each a value to filter by', () => {
    const facet = attributeFacet({ ...grammage, steps: [75, 90] });
    const values = 'values' in facet ? facet.values : [];
    expect(values.map(({ value }) => value)).toEqual(['..<75', '75..<90', '90..']);
    for (const doc of docs) expect(values.filter(({ where }) => meets(doc, where))).toHaveLength(1);
    for (const { value, where } of values)
      expect(found({ grammage: value })).toEqual(
        docs.filter((doc) => meets(doc, where)).map((doc) => doc['attr_grammage']),
      );
  });

  it('is looked at again in the row that is shown', () => {
    const own = { grammage: 80, size: 'A4', recycled: false };
    expect(hasAttributes(own, asked({ grammage: '75..<90', size: 'A4,A3', recycled: 'false' }), attributes)).toBe(true);
    expect(hasAttributes(own, asked({ grammage: '75..<80' }), attributes)).toBe(false);
    expect(hasAttributes(own, asked({ recycled: 'true' }), attributes)).toBe(false);
    expect(hasAttributes({}, asked({ size: 'A4' }), attributes)).toBe(false);
    expect(hasAttributes(undefined, asked({}), attributes)).toBe(true);
  });

  it('is said in the reader’s language', () => {
    const counts = ['90..', '..<75', '75..<90', '1000..<2000.5'].map((value) => ({ value, count: 1 }));
    const labels = (language: 'vi' | 'en') => labelAttribute(grammage, counts, language).map(({ label }) => label);
    expect(labels('en')).toEqual([
      'Under 75 g/m²',
      '75 to under 90 g/m²',
      '90 and more g/m²',
      '1,000 to under 2,000.5 g/m²',
    ]);
    expect(labels('vi')[3]).toBe('1.000 đến dưới 2.000,5 g/m²');
    expect(labelAttribute(wide, [{ value: 'A3', count: 2 }], 'en')).toEqual([
      { value: 'A3', label: 'Size A3', count: 2 },
    ]);
    expect(labelAttribute(recycled, [{ value: 'true', count: 2 }], 'vi')[0]?.label).toBe('Có');
  });
});
