import { describe, expect, it } from '@jest/globals';
import type { NeedSeen } from '../../schemas/types.d.ts';
import { changesWorthALetter, type NeedChange } from '../../server/needs/change.rules.ts';
import { needLetter } from '../../server/needs/letter.rules.ts';

const seen = { asks: 9, agencies: 5, labelled: 4, accepted: 0, edition: 'A', obligation: 'mandatory' } as const;
const { accepted: _accepted, ...before } = seen;

describe('a followed need', () => {
  it.each<[string, NeedSeen, Partial<NeedSeen>, NeedChange[]]>([
    ['nothing but another edition and labels that are not accepted', seen, { edition: 'B', labelled: 7 }, []],
    ['more agencies, as often', seen, { agencies: 10 }, []],
    ['it was looked for more often', seen, { asks: 14 }, ['grown']],
    ['fewer asks are told, as for another province', seen, { asks: 5 }, []],
    ['a product is accepted now', seen, { accepted: 2 }, ['met']],
    ['one more is accepted', { ...seen, accepted: 2 }, { accepted: 3 }, []],
    ['the last one that was accepted is gone', { ...seen, accepted: 1 }, {}, ['unmet']],
    ['nobody kept whether it was met', before, { accepted: 2 }, []],
    ['the edition asks for less', seen, { obligation: 'preferred' }, ['preferred']],
    ['the group leaves the list, with all that was told', seen, { obligation: null, asks: 0 }, ['unlisted']],
    ['the group is on no list still', { ...seen, obligation: null }, { obligation: null }, []],
    ['the group comes back', { ...seen, obligation: null, asks: 0 }, {}, ['grown', 'mandatory']],
  ])('is told of where %s', (_what, known, change, changes) => {
    expect(changesWorthALetter(known, { ...seen, ...change })).toEqual(changes);
  });

  it('is told of in both languages, with the way to stop the letters', () => {
    const name = { vi: 'Giấy văn phòng', en: 'Office paper' };
    const now = { ...seen, asks: 14, accepted: 2 };
    const letter = needLetter([{ name, before: seen, now }], 'http://xanh.example');
    expect(letter.text).toBe(
      [
        'Nhu cầu mà tổ chức của bạn theo dõi trên Xanh có thay đổi:',
        '- Giấy văn phòng: số lần cơ quan tìm mà không thấy tăng từ 9 lên 14; nay có 2 sản phẩm mang nhãn mà danh mục chấp nhận.',
        '',
        'Something changed in the needs that your organisation follows on Xanh:',
        '- Office paper: agencies have looked in vain 14 times, 9 before; products with a label that the list accepts are there now: 2.',
        '',
        'http://xanh.example/needs',
        '',
        'Mỗi ngày nhiều nhất một thư. Muốn thôi nhận thư thì thôi theo dõi ở trang đó.',
        'One letter a day at the most. To get no more of them, stop following on that page.',
        '',
      ].join('\n'),
    );
  });
});
