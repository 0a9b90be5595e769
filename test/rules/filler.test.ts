import { describe, expect, it } from '@jest/globals';
import { readLiterally, withoutFillers } from '../../server/search/reading.rules.ts';

const plainer = (q: string, off: string[] = []) => {
  const reading = withoutFillers(readLiterally(q), new Set(off));
  return (
    reading && {
      words: reading.words.map(({ raw }) => raw).join(' '),
      said: reading.understood.map(({ typed }) => typed),
      prefixLast: reading.prefixLast,
    }
  );
};

describe('what people say around what they look for', () => {
  it.each([
    ['cần mua máy in', 'máy in', ['cần mua'], true],
    ['máy in giá rẻ', 'máy in', ['giá rẻ'], false],
    ['may in gia re', 'may in', ['gia re'], false],
    ['mua các loại ghế chính hãng giá tốt', 'ghế', ['mua', 'các loại', 'giá tốt', 'chính hãng'], false],
    ['the cheapest printer', 'printer', ['the cheapest'], true],
    ['printer at a low price', 'printer', ['at a low price'], false],
  ])('of “%s” leaves “%s”', (q, words, said, prefixLast) => {
    expect(plainer(q)).toEqual({ words, said, prefixLast });
  });

  it.each(['máy in', 'giá rẻ', 'giá sách', 'máy in giả rể', 'rẻ máy in'])('leaves “%s” as it is', (q) => {
    expect(plainer(q)).toBeNull();
  });

  it('is a word again where it is switched off, and nothing else is', () => {
    expect(plainer('cần mua máy in chính hãng giá rẻ', ['filler-chinhhang'])).toMatchObject({
      words: 'máy in chính hãng',
      said: ['cần mua', 'giá rẻ'],
    });
    expect(plainer('máy in giá rẻ', ['filler-giare'])).toBeNull();
  });

  it('tells what to do where a price is meant and none is named', () => {
    const meanings = withoutFillers(readLiterally('máy in uy tín giá rẻ'), new Set())?.understood.map(
      ({ meaning }) => meaning.vi,
    );
    expect(meanings).toEqual([
      'không nêu mức giá: xếp theo giá, hoặc viết “dưới 5 triệu”',
      'lời khen, không phải điều kiện',
    ]);
  });
});
