import { describe, expect, it } from '@jest/globals';
import { ApiProblem } from '../../client/src/api/client.ts';
import { groupValues, groupVersion } from '../../client/src/features/reference/group-values.ts';
import { schemeValues, schemeVersion } from '../../client/src/features/reference/scheme-values.ts';
import { fieldErrors, shownPointers } from '../../client/src/ui/field-errors.ts';
import type { LabelScheme, ProductGroup } from '../../schemas/types.d.ts';
import groups from '../../seed/data/groups.json' with { type: 'json' };
import schemes from '../../seed/data/schemes.json' with { type: 'json' };

const day = '2026-11-24';
const knownGroups = groups as unknown as ProductGroup[];
// A row of the seed says by `changes` what its later versions are.
const knownSchemes = schemes as unknown as (LabelScheme & { changes?: unknown })[];
const families = new Map(knownGroups.map(({ family }) => [family.code, family]));

describe('the forms of labels and product groups', () => {
  it('send a group that nobody touched as it stands, with every attribute', () => {
    for (const group of knownGroups) {
      const { code: _code, ...said } = group;
      expect(groupVersion(groupValues(group, day), families, group)).toEqual({ ...said, validFrom: day });
    }
  });

  it('send a label that nobody touched as it stands', () => {
    for (const scheme of knownSchemes) {
      const { code: _code, changes: _later, ...said } = scheme;
      const version = schemeVersion(schemeValues(scheme, day), scheme);
      expect(version).toEqual({ website: null, ...said, validFrom: day });
    }
  });

  it('send of a new attribute what belongs to its type', () => {
    const empty = groupValues(undefined, day);
    const attribute = {
      key: ' size ',
      name: { vi: ' Cỡ ', en: '' },
      type: 'code' as const,
      unit: { code: 'CMT', symbol: 'cm' },
      min: 1,
      max: '',
      codes: [{ value: 'S', name: { vi: 'Nhỏ', en: 'Small' } }],
      rest: {},
    };
    const sent = (type: 'code' | 'number') =>
      groupVersion({ ...empty, attributes: [{ ...attribute, type }] }, families, undefined).attributes;
    expect(sent('code')).toEqual([
      { key: 'size', name: { vi: 'Cỡ' }, type: 'code', codes: [{ value: 'S', name: { vi: 'Nhỏ', en: 'Small' } }] },
    ]);
    expect(sent('number')).toEqual([
      { key: 'size', name: { vi: 'Cỡ' }, type: 'number', unit: { code: 'CMT', symbol: 'cm' }, min: 1 },
    ]);
  });
});

describe('what the server refuses', () => {
  it('is told once: about a list and its members at the list, elsewhere not at all', () => {
    const problem = new ApiProblem({
      type: 'about:blank',
      title: 'Trái quy tắc',
      status: 422,
      code: 'RULE_BROKEN',
      errors: [
        { pointer: '/products', detail: 'cần sản phẩm' },
        { pointer: '/products/1', detail: 'không phải của bên được cấp' },
        { pointer: '/number', detail: 'đã có' },
        { pointer: '/lines/0', detail: 'lặp lại' },
      ],
    });
    const values = { number: '1', products: ['a', 'b'], lines: [{}] };
    expect(fieldErrors(problem, ['products'])).toMatchObject({
      products: 'cần sản phẩm không phải của bên được cấp',
      number: 'đã có',
    });
    expect(shownPointers(problem, values, ['products'])).toEqual(['/products', '/products/1', '/number']);
  });
});
