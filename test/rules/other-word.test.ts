import { describe, expect, it } from '@jest/globals';
import { wordsOf } from '../../server/search/fold.rules.ts';
import { markingOf, type Said } from '../../server/search/other-word.rules.ts';
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
const marking = (q: string, hits: Said[], named: string[] = []) => {
  const { others, isMeant } = markingOf(wordsOf(q), hits, { groups, named: new Set(named) });
  return { isMeant, others: others.map(({ word: { raw }, as }) => [raw, as.join(', ')]) };
};

describe('a word with marks is another word than those found', () => {
  it.each([
    ['giày', [paper], [['giày', 'giấy']]],
    [
      'giày da',
      [paper],
      [
        ['giày', 'giấy'],
        ['da', 'đa'],
      ],
    ],
    ['bếp từ', [fridge], [['từ', 'tủ']]],
    // Of the words that some hit has otherwise, one is there in another: it is not told to be nowhere.
    ['sơn tù', [paint, { ...fridge, name: { vi: 'Tủ son' } }].map((hit) => ({ ...hit, brand: 'Tủ' })), [['tù', 'tủ']]],
    ['son môi', [paint], [['son', 'sơn']]],
  ])('“%s” is not what was found', (q, hits, others) => {
    expect(marking(q, hits)).toEqual({ isMeant: false, others });
  });

  it.each([
    ['giấy', [paper]],
    ['giay', [paper]],
    ['giày', [paper, { group: 'refrigerator', name: { vi: 'Tủ sấy giày' } }]],
    // Not yet a whole word.
    ['giấ', [paper]],
    // Found by a typo: its letters do not stand there at all.
    ['giấyy', [paper]],
    ['ổn', []],
  ])('“%s” is what was found', (q, hits) => {
    expect(marking(q, hits)).toEqual({ isMeant: true, others: [] });
  });

  it.each([
    // A slip beside a neighbour of the group's own name.
    ['giây in', [paper], [['giây', 'giấy']]],
    ['tũ lạnh', [fridge], [['tũ', 'tủ']]],
    ['sơn nươc', [paint], [['nươc', 'nước']]],
    ['sơn nươc', [paint, { ...paint, name: { vi: 'Sơn nươc' } }], []],
  ])('“%s” is what was found, with a slip that is told where no hit has it', (q, hits, others) => {
    expect(marking(q, hits)).toEqual({ isMeant: true, others });
  });

  it('and is a slip where the other words name the group of a hit', () => {
    const hit = { ...paper, description: { vi: 'Bìa cứng' } };
    expect(marking('giấy in cưng', [hit], ['office-paper'])).toEqual({ isMeant: true, others: [['cưng', 'cứng']] });
  });

  it('is read also in the supplier and the labels of a hit', () => {
    const hit = { ...paint, supplierName: { vi: 'Công ty Giày Mẫu' } };
    expect(marking('giày', [hit])).toEqual({ isMeant: true, others: [] });
  });
});
