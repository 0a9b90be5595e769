import { describe, expect, it } from '@jest/globals';
import { wordsOf } from '../../server/search/fold.rules.ts';
import { type Said, wordsOfOthers } from '../../server/search/other-word.rules.ts';
import { aGroup } from '../search/support.ts';

const groups = new Map(
  [
    aGroup('office-paper', { name: { vi: 'Giấy văn phòng' }, synonyms: ['giấy in'] }),
    aGroup('refrigerator', { name: { vi: 'Tủ lạnh' }, synonyms: [] }),
    aGroup('construction-paint', { name: { vi: 'Sơn xây dựng' }, synonyms: ['sơn nước'] }),
  ].map((group) => [group.code, group]),
);
const paper: Said = { group: 'office-paper', name: { vi: 'Giấy in A4 đa năng' } };
const fridge: Said = { group: 'refrigerator', name: { vi: 'Tủ đông' }, description: { vi: 'Cho bếp ăn' } };
const paint: Said = {
  group: 'construction-paint',
  name: { vi: 'Sơn nước nội thất' },
  description: { vi: 'Ít hại môi trường' },
};
const others = (q: string, hits: Said[], named: string[] = []) =>
  wordsOfOthers(wordsOf(q), hits, { groups, named: new Set(named) }).map(({ raw }) => raw);

describe('a word with marks is another word than those found', () => {
  it.each([
    ['giày', [paper], ['giày']],
    ['giày da', [paper], ['giày', 'da']],
    ['bếp từ', [fridge], ['từ']],
    ['son môi', [paint], ['son']],
  ])('“%s” is not what was found', (q, hits, words) => {
    expect(others(q, hits)).toEqual(words);
  });

  it.each([
    ['giấy', [paper]],
    ['giay', [paper]],
    ['giày', [paper, { group: 'refrigerator', name: { vi: 'Tủ sấy giày' } }]],
    // A slip beside a neighbour of the group's own name.
    ['giây in', [paper]],
    ['tũ lạnh', [fridge]],
    ['sơn nươc', [paint]],
    // Not yet a whole word.
    ['giấ', [paper]],
    // Found by a typo: its letters do not stand there at all.
    ['giấyy', [paper]],
    ['ổn', []],
  ])('“%s” is what was found, or a slip', (q, hits) => {
    expect(others(q, hits)).toEqual([]);
  });

  it('and is a slip where the other words name the group of a hit', () => {
    expect(others('giấy in cưng', [{ ...paper, description: { vi: 'Bìa cứng' } }], ['office-paper'])).toEqual([]);
  });

  it('is read also in the supplier and the labels of a hit', () => {
    const hit = { ...paint, supplierName: { vi: 'Công ty Giày Mẫu' } };
    expect(others('giày', [hit])).toEqual([]);
  });
});
