import { describe, expect, it } from '@jest/globals';
import { readQuery } from '../../server/search/reading.rules.ts';
import { decodeTyping } from '../../server/search/typing.rules.ts';
import { measuresIn } from '../../server/search/measure.rules.ts';
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
  ],
  schemes: [
    aScheme('VN-ECOLABEL', { name: { vi: 'Nhãn sinh thái Việt Nam' } }),
    aScheme('EU', { name: { vi: 'Nhãn sinh thái châu Âu' }, basis: 'equivalent-buyer-decides' }),
    aScheme('ENERGY', { name: { vi: 'Nhãn năng lượng' }, levels: ['1', '2', '3', '4', '5'] }),
    aScheme('OLD', { name: { vi: 'Nhãn xanh cũ' }, through: '2025-01-10' }),
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

describe('a query is understood', () => {
  it.each([
    ['máy lạnh 12000btu', 'may lanh', 'measure'],
    ['máy lạnh có nhãn năng lượng 5 sao', 'may lanh', 'scheme level'],
    ['san pham con hieu luc nhan sinh thai', '', 'valid scheme filler'],
    ['máy lạnh xanh', 'may lanh', 'labelled'],
    ['máy lạnh Lá xanh', 'may lanh la xanh', ''],
    ['nhãn xanh cũ', 'cu', 'labelled'],
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

  it('reads as words what is switched off', () => {
    expect(read('máy lạnh 12000btu', ['measure-12000btu'])).toEqual(['may lanh 12000btu', '']);
    expect(read('máy lạnh 5 sao 12000btu', ['all'])).toEqual(['may lanh 5 sao 12000btu', '']);
  });
});
