import { describe, expect, it } from '@jest/globals';
import type { SearchQuery } from '../../schemas/types.d.ts';
import type { Interpretation } from '../../server/search/interpretation.rules.ts';
import { readLiterally } from '../../server/search/reading.rules.ts';
import { unmetSearch } from '../../server/search/unmet.rules.ts';

const today = '2026-11-28';

describe('what was looked for in vain', () => {
  const unmet = (query: Partial<SearchQuery>, understood: Interpretation[] = [], on = today) =>
    unmetSearch(
      {
        query: { page: 1, limit: 20, ...query },
        named: new Set(['office-paper']),
        reading: { ...readLiterally('giấy in'), understood },
        law: { on },
      },
      today,
    );

  it('is counted for the group that is named, with its attributes', () => {
    expect(unmet({})).toEqual({ groups: ['office-paper'], attributes: {} });
    expect(unmet({ attr: { recycledShare: '50..' } })).toEqual({
      groups: ['office-paper'],
      attributes: { recycledShare: '50..' },
    });
  });

  it('says nothing of the group where a price, a supplier, another day or a later page was asked for', () => {
    const inWords: Interpretation = {
      key: 'price-60k',
      kind: 'price',
      typed: 'dưới 60k',
      meaning: { vi: 'giá dưới 60.000 đ' },
      asks: { maxPrice: '59999' },
    };
    expect(unmet({ maxPrice: '60000' })).toBeNull();
    expect(unmet({ minPrice: '60000' })).toBeNull();
    expect(unmet({}, [inWords])).toBeNull();
    expect(unmet({ supplier: 'SUP-1' })).toBeNull();
    expect(unmet({ page: 2 })).toBeNull();
    expect(unmet({}, [], '2026-01-01')).toBeNull();
  });
});
