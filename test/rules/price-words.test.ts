import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { soughtPrices } from '../../server/search/price-words.rules.ts';
import { readQuery } from '../../server/search/reading.rules.ts';
import { aGroup } from '../search/support.ts';

const facts = { on: '2026-03-14', groups: [aGroup('led-lamp')], schemes: [] };
const million = 1_000_000;

describe('a price in words', () => {
  it.each([
    ['giấy in dưới 100 nghìn', undefined, 99_999, 'dưới 100 nghìn'],
    ['giay in duoi 100 nghin', undefined, 99_999, 'duoi 100 nghin'],
    ['máy lạnh dưới 15 triệu', undefined, 14_999_999, 'dưới 15 triệu'],
    ['máy lạnh dưới 15tr', undefined, 14_999_999, 'dưới 15tr'],
    ['trên 500k', 500_001, undefined, 'trên 500k'],
    ['laptop từ 10 đến 20tr', 10 * million, 20 * million, 'từ 10 đến 20tr'],
    ['laptop 10-20 triệu', 10 * million, 20 * million, '10-20 triệu'],
    ['laptop từ 500k đến 1tr', 500_000, million, 'từ 500k đến 1tr'],
    ['máy lạnh từ 800 đến 1 triệu', 800_000, million, 'từ 800 đến 1 triệu'],
    ['xe từ 500-1 tỷ', 500 * million, 1000 * million, 'từ 500-1 tỷ'],
    ['laptop between 10 and 20 million vnd', 10 * million, 20 * million, 'between 10 and 20 million vnd'],
    ['giấy không quá 100.000đ', undefined, 100_000, 'không quá 100.000đ'],
    ['giấy tối đa 100.000 đồng', undefined, 100_000, 'tối đa 100.000 đồng'],
    ['giấy dưới 100000 vnd', undefined, 99_999, 'dưới 100000 vnd'],
    ['giấy dưới 100000d', undefined, 99_999, 'dưới 100000d'],
    ['ô tô dưới 1,5 tỷ', undefined, 1_499_999_999, 'dưới 1,5 tỷ'],
    ['ô tô dưới 1,5 tỉ đồng', undefined, 1_499_999_999, 'dưới 1,5 tỉ đồng'],
    ['máy in 5 triệu trở lên', 5 * million, undefined, '5 triệu trở lên'],
    ['máy in 5 triệu trở xuống', undefined, 5 * million, '5 triệu trở xuống'],
    ['máy in giá dưới 2 triệu rưỡi', undefined, 2_499_999, 'giá dưới 2 triệu rưỡi'],
    ['quạt giá 1tr5', 1_350_000, 1_650_000, 'giá 1tr5'],
    ['quạt khoảng 50 ngàn', 45_000, 55_000, 'khoảng 50 ngàn'],
    ['laptop 15 triệu', 13_500_000, 16_500_000, '15 triệu'],
    ['laptop under 15 million', undefined, 14_999_999, 'under 15 million'],
  ])('“%s” asks for %j to %j', (text, least, most, typed) => {
    const [one, ...others] = soughtPrices(text);
    expect(others).toEqual([]);
    expect([one?.least, one?.most]).toEqual([least, most]);
    expect(text.slice(one!.start, one!.end)).toBe(typed);
  });

  it.each([
    'giấy in dưới 100',
    'từ 20 triệu đến 10 triệu',
    'dưới 18W',
    'đèn led dưới 4000K',
    'đèn 3000K',
    'tivi 4k',
    'sổ 200 tr',
    'máy in 30 tr/phút',
    'tu ho so 4 ngan',
    'trên 100 đồng phục',
    'trên 20 đồng hồ',
    'trên 3 ti vi',
    'A4 70-80 gsm',
    'IB2400035288-00',
    'MX-5K',
    '12/QĐ-ABC',
    'FTKA35UAVMV',
    '0912-345 678',
  ])('“%s” asks for none', (text) => {
    expect(soughtPrices(text)).toEqual([]);
  });

  it('stands beside a bound of an attribute, says what it means, and is switched off by its key', () => {
    const q = 'đèn led dưới 18W dưới 100 nghìn';
    const { words, understood } = readQuery(q, facts, new Set());
    expect(words.map(({ folded }) => folded)).toEqual(['den', 'led']);
    expect(understood.map(({ kind, typed }) => [kind, typed])).toEqual([
      ['price', 'dưới 100 nghìn'],
      ['measure', 'dưới 18W'],
    ]);
    expect(understood[0]).toMatchObject({
      meaning: {
        vi: 'Giá một đơn vị, trước thuế GTGT: dưới 100.000 ₫',
        en: 'Price of one unit, before VAT: under 100,000 ₫',
      },
      filter: { parameter: 'maxPrice', value: '99999' },
    });
    const off = readQuery(q, facts, new Set(['price-duoi100nghin']));
    expect(off.understood.map(({ kind }) => kind)).toEqual(['measure']);
    expect(off.words.map(({ folded }) => folded)).toEqual(['den', 'led', 'duoi', '100', 'nghin']);
  });

  const digits = (amount: number, separator: string) => String(amount).replace(/\B(?=(\d{3})+$)/g, separator);
  const amounts = fc.integer({ min: 1, max: 999 }).chain((thousands) =>
    fc.constantFrom(
      ...[' nghìn', ' ngàn', ' nghin', 'k', ' nghìn đồng'].map((unit) => ({
        amount: thousands * 1000,
        written: thousands + unit,
      })),
      ...[' triệu', 'tr', ' trieu', 'tr đồng'].map((unit) => ({
        amount: thousands * million,
        written: thousands + unit,
      })),
      ...[' tỷ', ' tỉ', ' ty'].map((unit) => ({ amount: thousands * 1000 * million, written: thousands + unit })),
      ...['.', ',', ' ', ''].flatMap((separator) =>
        ['đ', ' đ', ' đồng', ' vnd', ' VNĐ', '₫'].map((unit) => ({
          amount: thousands * 1000,
          written: digits(thousands * 1000, separator) + unit,
        })),
      ),
    ),
  );
  /** Whether an amount is within each bound, said without reading any text. */
  const within: Record<string, (own: number, said: number) => boolean> = {
    dưới: (own, said) => own < said,
    'nhỏ hơn': (own, said) => own < said,
    'không quá': (own, said) => own <= said,
    'tối đa': (own, said) => own <= said,
    từ: (own, said) => own >= said,
    'ít nhất': (own, said) => own >= said,
    trên: (own, said) => own > said,
    hơn: (own, said) => own > said,
  };

  it('takes the prices that its bound takes, in whatever way it is written', () => {
    fc.assert(
      fc.property(
        amounts,
        fc.constantFrom(...Object.keys(within)),
        fc.integer({ min: -2, max: 2 }),
        (one, bound, off) => {
          const [price, ...others] = soughtPrices(`giấy in ${bound} ${one.written}`);
          const { least = 0, most = Infinity } = price!;
          const own = one.amount + off;
          return others.length === 0 && (least <= own && own <= most) === within[bound]!(own, one.amount);
        },
      ),
    );
  });

  it('takes what lies between two amounts, ends included', () => {
    const joints = fc.constantFrom(' đến ', ' tới ', '-', ' - ', ' to ');
    fc.assert(
      fc.property(amounts, amounts, joints, fc.constantFrom('từ ', ''), (one, other, joint, opening) => {
        const [low, high] = [one, other].toSorted((a, b) => a.amount - b.amount);
        fc.pre(low!.amount < high!.amount);
        const [price, ...others] = soughtPrices(`giấy in ${opening}${low!.written}${joint}${high!.written}`);
        return others.length === 0 && price?.least === low!.amount && price.most === high!.amount;
      }),
    );
  });
});
