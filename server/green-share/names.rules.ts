import type { LocalisedText } from '../../schemas/types.d.ts';

/** The names of keys that are no code of a record, by grouping; `any` for those that every grouping has. */
const NAMES: Record<string, Record<string, LocalisedText>> = {
  any: {
    none: { vi: 'Không có', en: 'None' },
    unknown: { vi: 'Không rõ', en: 'Unknown' },
    withheld: { vi: 'Các cơ quan không công bố riêng', en: 'Agencies that do not publish' },
  },
  tier: {
    A: { vi: 'Hạng A', en: 'Tier A' },
    B: { vi: 'Hạng B', en: 'Tier B' },
    C: { vi: 'Hạng C', en: 'Tier C' },
  },
  level: { central: { vi: 'Trung ương', en: 'Central' }, local: { vi: 'Địa phương', en: 'Local' } },
  method: {
    open: { vi: 'Đấu thầu rộng rãi', en: 'Open bidding' },
    restricted: { vi: 'Đấu thầu hạn chế', en: 'Restricted bidding' },
    quotation: { vi: 'Chào hàng cạnh tranh', en: 'Competitive quotation' },
    direct: { vi: 'Chỉ định thầu', en: 'Direct award' },
    'direct-purchase': { vi: 'Mua sắm trực tiếp', en: 'Direct repeat purchase' },
    negotiation: { vi: 'Đàm phán giá', en: 'Price negotiation' },
    'self-performed': { vi: 'Tự thực hiện', en: 'Self-performed' },
    community: { vi: 'Cộng đồng tham gia thực hiện', en: 'Community participation' },
    'call-off': { vi: 'Đơn hàng theo thỏa thuận khung', en: 'Call-off under a framework' },
    petty: { vi: 'Mua sắm nhỏ lẻ', en: 'Petty purchase' },
  },
  nature: {
    goods: { vi: 'Hàng hóa', en: 'Goods' },
    services: { vi: 'Dịch vụ phi tư vấn', en: 'Services' },
    consulting: { vi: 'Tư vấn', en: 'Consulting' },
    works: { vi: 'Xây lắp', en: 'Works' },
    mixed: { vi: 'Hỗn hợp', en: 'Mixed' },
  },
  funding: {
    recurrent: { vi: 'Chi thường xuyên', en: 'Recurrent budget' },
    investment: { vi: 'Chi đầu tư', en: 'Investment budget' },
    ownRevenue: { vi: 'Nguồn thu của đơn vị', en: 'Own revenue' },
    oda: { vi: 'Vốn ODA', en: 'ODA' },
    other: { vi: 'Nguồn khác', en: 'Other' },
  },
};

/** The name of a key that a grouping has of its own; null where a record or a period names it. */
export function nameOfKey(groupBy: string | undefined, key: string): LocalisedText | null {
  return NAMES[groupBy ?? '']?.[key] ?? NAMES['any']?.[key] ?? null;
}
