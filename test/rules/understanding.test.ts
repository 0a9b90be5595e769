import { describe, expect, it } from '@jest/globals';
import { readQuery } from '../../server/search/reading.rules.ts';
import { decodeTyping } from '../../server/search/typing.rules.ts';
import { soughtMeasures } from '../../server/search/bound.rules.ts';
import { bareOfLead, withNoughts } from '../../server/search/printed-words.rules.ts';
import { measuresIn } from '../../server/search/measure.rules.ts';
import { sizesIn, withSizes } from '../../server/search/size.rules.ts';
import { aGroup, aScheme } from '../search/support.ts';

const facts = {
  on: '2026-03-14',
  groups: [
    aGroup('air-conditioner', {
      synonyms: ['máy lạnh'],
      attributes: [
        {
          key: 'coolingCapacity',
          name: { vi: 'Công suất lạnh' },
          type: 'number',
          unit: { code: '2I', symbol: 'BTU/h' },
          accepts: [{ unit: { code: 'HJ', symbol: 'HP' }, factor: '9000' }],
        },
      ],
    }),
    aGroup('fluorescent-lamp', { synonyms: ['đèn tiết kiệm điện'] }),
  ],
  schemes: [
    aScheme('VN-ECOLABEL', { name: { vi: 'Nhãn sinh thái Việt Nam' } }),
    aScheme('EPEAT', {
      name: { vi: 'EPEAT' },
      levels: ['bronze', 'silver', 'gold'],
      basis: 'equivalent-buyer-decides',
    }),
    aScheme('ENERGY-STAR', {
      name: { vi: 'Ngôi sao năng lượng', en: 'ENERGY STAR' },
      basis: 'equivalent-buyer-decides',
    }),
    aScheme('FSC', { name: { vi: 'Chứng nhận FSC' }, basis: 'equivalent-buyer-decides' }),
    aScheme('EU-ECOLABEL', { name: { vi: 'Nhãn sinh thái châu Âu' }, basis: 'equivalent-buyer-decides' }),
    aScheme('ENERGY', {
      basis: 'statutory-preference',
      name: { vi: 'Nhãn năng lượng' },
      levels: ['1', '2', '3', '4', '5'],
    }),
    aScheme('OLD', { basis: 'legacy-transitional', name: { vi: 'Nhãn xanh cũ' }, through: '2025-01-10' }),
  ],
};
const read = (q: string, off: string[] = []) => {
  const { words, understood } = readQuery(q, facts, new Set(off));
  return [words.map(({ folded }) => folded).join(' '), understood.map(({ kind }) => kind).join(' ')];
};

describe('what is typed with the input method off', () => {
  it.each([
    ['ddieeuf hoaf', 'điều hòa'],
    ['d9en2 led', 'đèn led'],
    ['nuowcs ruwar chens', 'nước rửa chén'],
    ['nu7o71c ru73a che1n', 'nước rửa chén'],
    ['bootj giawtj', 'bột giặt'],
    ['gheef xoay', 'ghề xoay'],
    ['laptop printer', null],
    ['đèn led', null],
    ['FTKA35UAVMV', null],
  ])('“%s” decodes to %j', (typed, decoded) => {
    expect(decodeTyping(typed)).toBe(decoded);
  });
});

describe('measures', () => {
  it.each([
    ['máy lạnh 12.000 BTU', 12_000, '2I'],
    ['12000btu', 12_000, '2I'],
    ['12,000 BTU', 12_000, '2I'],
    ['0,250 kg', 0.25, 'KGM'],
    ['2.5HP', 2.5, 'HJ'],
    ['1,5 HP', 1.5, 'HJ'],
    ['1.5hp', 1.5, 'HJ'],
    ['1 ngựa', 1, 'HJ'],
    ['giấy 70gsm', 70, 'GM'],
    ['tuýp 1m2', 1.2, 'MTR'],
    ['ti vi 43"', 43, 'INH'],
  ])('“%s” says %d %s', (text, value, unit) => {
    expect(measuresIn(text)).toEqual([expect.objectContaining({ value, units: expect.arrayContaining([unit]) })]);
  });

  it.each(['NXVN 17:2017', 'MX-A4-70 g', '60×60 cm', 'giấy in A4', '3257/QĐ-BTNMT'])('“%s” says none', (text) => {
    expect(measuresIn(text)).toEqual([]);
  });
});

describe('sizes', () => {
  it.each([
    ['gạch 60 x 60 cm', 'gạch 60x60', ['60x60', '600x600']],
    ['gạch 60×60', 'gạch 60x60', ['60x60']],
    ['panel 600*600mm', 'panel 600x600', ['600x600', '60x60']],
    ['gạch 220 x 105 x 60 mm', 'gạch 220x105x60', ['220x105x60']],
    ['tấm 30 X 60 CM loại 1', 'tấm 30x60 loại 1', ['30x60', '300x600']],
    ['bộ 2 x 18 W', 'bộ 2 x 18 W', []],
    ['bộ 12 x 18W', 'bộ 12 x 18W', []],
    ['tấm 1,20 x 0,60 m', 'tấm 1,20 x 0,60 m', []],
    ['mã GX60 x 60', 'mã GX60 x 60', []],
  ])('“%s” is read “%s”', (text, joined, sizes) => {
    expect(withSizes(text)).toBe(joined);
    expect(sizesIn(text)).toEqual(sizes);
  });
});

describe('bounds', () => {
  it.each([
    ['tủ lạnh dưới 300 lít', 'under', 'dưới 300 lít', 300, undefined],
    ['tu lanh duoi 300l', 'under', 'duoi 300l', 300, undefined],
    ['đèn không quá 18W', 'most', 'không quá 18W', 18, undefined],
    ['tủ lạnh trên 300L', 'over', 'trên 300L', 300, undefined],
    ['máy giặt từ 9 kg', 'least', 'từ 9 kg', 9, undefined],
    ['máy giặt 9 kg trở lên', 'least', '9 kg trở lên', 9, undefined],
    ['khoảng 12.000 BTU', 'about', 'khoảng 12.000 BTU', 12_000, undefined],
    ['tủ lạnh từ 200 đến 300 lít', 'between', 'từ 200 đến 300 lít', 200, 300],
    ['tu lanh tu 200 den 300 lit', 'between', 'tu 200 den 300 lit', 200, 300],
    ['tủ lạnh 200-300 lít', 'between', '200-300 lít', 200, 300],
    ['máy lạnh 9.000-12.000 BTU', 'between', '9.000-12.000 BTU', 9000, 12_000],
    ['máy lạnh 9.000 BTU – 12.000 BTU', 'between', '9.000 BTU – 12.000 BTU', 9000, 12_000],
    ['fridge between 200 and 300 l', 'between', 'between 200 and 300 l', 200, 300],
    ['tu 300 lit', 'equal', '300 lit', 300, undefined],
    ['đèn led công suất 9W', 'equal', 'công suất 9W', 9, undefined],
    ['tủ lạnh có dung tích dưới 300L', 'under', 'có dung tích dưới 300L', 300, undefined],
  ] as const)('“%s” seeks %s', (text, sense, typed, value, most) => {
    const [one, ...others] = soughtMeasures(text);
    expect(others).toEqual([]);
    expect(one).toMatchObject({ sense, value });
    expect(text.slice(one!.start, one!.end)).toBe(typed);
    expect(one!.upTo?.value).toBe(most);
  });

  it.each(['NXVN 17:2017', 'MX-A4-70-80 g', '0912-345 678', '3257/QĐ-BTNMT'])('“%s” seeks none', (text) => {
    expect(soughtMeasures(text)).toEqual([]);
  });

  it.each([
    ['máy lạnh từ 9000 đến 12000 BTU', '9000..12000'],
    ['máy lạnh dưới 12.000 BTU', '..<12000'],
    ['máy lạnh trên 12000 btu', '12000.000001..'],
    // 12,000 BTU/h are sold as 1.5 HP, which is 13,500 by the trade's factor.
    ['máy lạnh dưới 1.5 HP', '..<11880'],
    ['máy lạnh từ 1 đến 1.5 HP', '7920..15120'],
  ])('“%s” is the filter %s', (q, value) => {
    const [one] = readQuery(q, facts, new Set()).understood;
    expect(one?.filter).toEqual({ parameter: 'attr.coolingCapacity', value });
  });
});

describe('a query is understood', () => {
  it.each([
    ['máy lạnh 12000btu', 'may lanh', 'measure'],
    ['máy lạnh có nhãn năng lượng 5 sao', 'may lanh', 'scheme level'],
    ['san pham con hieu luc nhan sinh thai', '', 'valid scheme filler'],
    ['máy lạnh xanh', 'may lanh', 'labelled'],
    ['máy lạnh Lá xanh', 'may lanh la xanh', ''],
    ['nhãn xanh cũ', '', 'scheme'],
    ['máy lạnh có nhãn xanh', 'may lanh', 'labelled'],
    ['máy lạnh 5*', 'may lanh', 'level'],
    ['máy lạnh 5sao', 'may lanh', 'level'],
    ['máy lạnh từ 4 sao', 'may lanh', 'level'],
    ['máy lạnh 4 sao trở lên', 'may lanh', 'level'],
    ['máy lạnh 4-5 sao', 'may lanh', 'level'],
    ['máy lạnh hết hạn', 'may lanh', 'ended'],
    ['máy lạnh không còn hiệu lực', 'may lanh', 'ended'],
    ['máy lạnh chưa hết hạn', 'may lanh', 'valid'],
    ['máy lạnh không có nhãn', 'may lanh', 'unlabelled'],
    ['may lanh chua co nhan nang luong', 'may lanh', 'unlabelled'],
    ['máy lạnh tiết kiệm năng lượng', 'may lanh', 'scheme'],
    ['đèn tiết kiệm điện', 'den tiet kiem dien', ''],
    ['máy lạnh bậc A', 'may lanh', 'labelled'],
    ['máy lạnh được chứng nhận nhãn sinh thái', 'may lanh', 'labelled scheme'],
    ['máy lạnh nhãn sinh thái EU', 'may lanh', 'scheme'],
    ['laptop energystar', 'laptop', 'scheme'],
    ['laptop EPEAT gold', 'laptop', 'scheme level'],
    ['laptop EPEAT vàng', 'laptop', 'scheme level'],
    ['vàng laptop', 'vang laptop', ''],
    ['VN-ECOLABEL', '', 'scheme'],
    ['chứng nhận FSC', '', 'scheme'],
    ['sản phẩm', 'san pham', ''],
  ])('“%s” leaves the words “%s”', (q, words, kinds) => {
    expect(read(q).map((part) => part.split(' ').toSorted().join(' '))).toEqual(
      [words, kinds].map((part) => part.split(' ').toSorted().join(' ')),
    );
  });

  it('takes the State’s own label where a name begins alike, and a power by trade for a range', () => {
    const [label] = readQuery('nhãn sinh thái', facts, new Set()).understood;
    expect(label).toMatchObject({ asks: { scheme: 'VN-ECOLABEL' }, key: 'scheme-nhansinhthai' });
    const [measure] = readQuery('1,5 HP', facts, new Set()).understood;
    expect(measure?.filter).toEqual({ parameter: 'attr.coolingCapacity', value: '11880..15120' });
  });

  it.each([
    ['từ 4 sao', { level: '4,5' }],
    ['ít nhất 4 sao', { level: '4,5' }],
    ['trên 3 sao', { level: '4,5' }],
    ['dưới 3 sao', { level: '1,2' }],
    ['2-3 sao', { level: '2,3' }],
    ['năm sao', { level: '5' }],
    ['nhãn xanh cũ', { scheme: 'OLD,VN-ECOLABEL' }],
    ['nhãn sinh thái châu Âu', { scheme: 'EU-ECOLABEL' }],
    ['tier b', { tier: 'B' }],
  ])('“%s” asks for %j', (q, asks) => {
    expect(readQuery(q, facts, new Set()).understood[0]?.asks).toEqual(asks);
  });

  it('asks for a named label alone, though the words also say that there is one', () => {
    const asked = (q: string) => readQuery(q, facts, new Set()).understood.flatMap(({ asks }) => asks ?? []);
    expect(asked('laptop có nhãn EPEAT')).toEqual([{ scheme: 'EPEAT' }]);
    expect(asked('sản phẩm xanh EPEAT')).toEqual([{ tier: 'A,B' }, { scheme: 'EPEAT' }]);
    expect(asked('sản phẩm bậc A EPEAT')).toEqual([{ tier: 'A' }, { scheme: 'EPEAT' }]);
  });

  it('asks for what has no such label where the words say not', () => {
    const [one] = readQuery('không có nhãn sinh thái', facts, new Set()).understood;
    expect(one).toMatchObject({ key: 'unlabelled-khongconhansinhthai', excludes: { scheme: 'VN-ECOLABEL' } });
    expect(one).not.toHaveProperty('asks');
  });

  it('reads as words what is switched off', () => {
    expect(read('máy lạnh 12000btu', ['measure-12000btu'])).toEqual(['may lanh 12000btu', '']);
    expect(read('máy lạnh 5 sao 12000btu', ['all'])).toEqual(['may lanh 5 sao 12000btu', '']);
  });
});

describe('words before a number', () => {
  it.each([
    ['Số: 158/2026/DEMO', '158/2026/DEMO'],
    ['Giấy chứng nhận số 158/2026', '158/2026'],
    ['GCN: 158/2026', '158/2026'],
    ['QĐ 3257/QĐ-BTNMT', '3257/QĐ-BTNMT'],
    ['Model: FTKA35', 'FTKA35'],
    ['(01)08934567890125', '08934567890125'],
    ['https://id.gs1.org/01/08934567890125/10/AB', '08934567890125'],
    // Nothing but such a word, and a model that begins like one.
    ['Model', 'Model'],
    ['NO-123', 'NO-123'],
    ['SOX 12', 'SOX 12'],
  ])('“%s” is %s', (text, bare) => {
    expect(bareOfLead(text)).toBe(bare);
  });
});

describe('letters O typed for noughts', () => {
  it.each([
    ['1o1demo', ['1o1dem0', '101demo', '101dem0']],
    ['101', []],
    ['o', ['0']],
    ['oooooo', ['000000']],
  ])('“%s” may be %j', (code, readings) => {
    expect(withNoughts(code)).toEqual(readings);
  });
});
