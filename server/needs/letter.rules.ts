import type { LocalisedText, NeedSeen } from '../../schemas/types.d.ts';
import { changesWorthALetter, type NeedChange } from './change.rules.ts';

/** What changed in one group. */
export interface NeedNews {
  name: LocalisedText;
  before: NeedSeen;
  now: NeedSeen;
}

/** Tells an organisation's people what changed in the needs that it follows, in both languages; the figures are public. */
export function needLetter(news: NeedNews[], address: string): { subject: string; text: string } {
  const vi = news.map(({ name, before, now }) => `- ${name.vi}: ${told(vietnamese, before, now)}.`);
  const en = news.map(({ name, before, now }) => `- ${name.en ?? name.vi}: ${told(english, before, now)}.`);
  return {
    subject: 'Xanh: nhu cầu đang theo dõi / needs that you follow',
    text: [
      ['Nhu cầu mà tổ chức của bạn theo dõi trên Xanh có thay đổi:', ...vi].join('\n'),
      ['Something changed in the needs that your organisation follows on Xanh:', ...en].join('\n'),
      `${address}/needs`,
      'Mỗi ngày nhiều nhất một thư. Muốn thôi nhận thư thì thôi theo dõi ở trang đó.\nOne letter a day at the most. To get no more of them, stop following on that page.\n',
    ].join('\n\n'),
  };
}

type Words = Record<NeedChange, (before: NeedSeen, now: NeedSeen) => string>;

function told(words: Words, before: NeedSeen, now: NeedSeen): string {
  return changesWorthALetter(before, now)
    .map((change) => words[change](before, now))
    .join('; ');
}

const vietnamese: Words = {
  grown: (before, now) => `số lần cơ quan tìm mà không thấy tăng từ ${before.asks} lên ${now.asks}`,
  met: (_before, now) => `nay có ${now.accepted} sản phẩm mang nhãn mà danh mục chấp nhận`,
  unmet: () => 'không còn sản phẩm nào mang nhãn mà danh mục chấp nhận',
  mandatory: () => 'danh mục đang áp dụng ghi nhóm này là bắt buộc',
  preferred: () => 'danh mục đang áp dụng ghi nhóm này là khuyến khích',
  unlisted: () => 'nhóm này không còn trong danh mục đang áp dụng',
};

const english: Words = {
  grown: (before, now) => `agencies have looked in vain ${now.asks} times, ${before.asks} before`,
  met: (_before, now) => `products with a label that the list accepts are there now: ${now.accepted}`,
  unmet: () => 'no product with a label that the list accepts is left',
  mandatory: () => 'the list in force says that this group is mandatory',
  preferred: () => 'the list in force says that this group is preferred',
  unlisted: () => 'the list in force does not name this group any more',
};
