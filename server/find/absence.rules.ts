import type { FindAbsence, LabelScheme, LocalisedText, ProductLabel } from '../../schemas/types.d.ts';
import { dayIn } from '../core/day.rules.ts';
import { textIn } from '../core/localised.rules.ts';

type Reason = FindAbsence['reason'];
type Language = 'vi' | 'en';

/** What is known when no label covers what was asked for. */
export interface Known {
  /** What was asked for. */
  q: string;
  /** The labels, valid or not, of the product or under the number that is exactly it. */
  labels: Pick<ProductLabel, 'reason' | 'validUntil' | 'validThrough' | 'certificate' | 'number' | 'events'>[];
  /** The product that is exactly it. */
  product: { id: string } | null;
  /** It is recorded, but nobody may see it yet. */
  isWithheld: boolean;
  hasWrongDigit: boolean;
  /** A scheme that the words name, whose issuer enters nothing here. */
  silent: LabelScheme | null;
  /** Something like it was found. */
  hasNear: boolean;
}

interface Told {
  reason: Reason;
  detail: LocalisedText;
  next: LocalisedText;
  path: string;
}

/** Why nothing covers it, the surest reason first, and what to do next. */
export function absenceOf(known: Known, language: Language): FindAbsence {
  const { reason, detail, next, path } = tell(known);
  return { reason, detail: textIn(detail, language), next: { text: textIn(next, language), path } };
}

/** Why a search does not show what is exactly asked for: it is offered no more. */
export function absenceOfWithdrawn(product: { id: string; withdrawnOn: string }, language: Language): FindAbsence {
  const [vi, en, nextVi, nextEn] = withdrawn(product.withdrawnOn);
  const next = { text: textIn({ vi: nextVi, en: nextEn }, language), path: `/products/${product.id}` };
  return { reason: 'LISTED_UNTIL', detail: textIn({ vi, en }, language), next };
}

function tell({ q, labels, product, isWithheld, hasWrongDigit, silent, hasNear }: Known): Told {
  const [label] = labels;
  if (label) return ofLabel(label);
  if (product) return told('NEVER_LISTED', `/products/${product.id}`, never);
  if (isWithheld) return told('WITHHELD', '/', withheld);
  if (hasWrongDigit) return told('TYPING_ERROR', lookUpOf(q), wrongDigit);
  if (hasNear) return told('NEAR_MISSES', lookUpOf(q), near);
  if (silent) return told('ISSUER_DOES_NOT_REPORT', silent.website ?? '/reference', foreign(silent));
  return told('NOT_ON_ANY_LIST', '/', nowhere);
}

function ofLabel({ reason, events, number, certificate, validThrough, validUntil }: Known['labels'][number]): Told {
  const path = `/certificates/${certificate}`;
  if (reason === 'REVOKED' || events.some(({ type }) => type === 'revoked' || type === 'revokedAbInitio'))
    return told('REVOKED', path, [
      `Giấy chứng nhận ${number} đã bị thu hồi.`,
      `Certificate ${number} was revoked.`,
      'Xem lý do thu hồi trên trang chứng nhận; không tính là xanh.',
      'See why on the certificate’s page; it does not count as green.',
    ]);
  const end = validThrough ?? validUntil;
  if (reason === 'ENDED' && end)
    return told('LISTED_UNTIL', path, [
      `Có nhãn đến hết ngày ${dayIn(end, 'vi')} (${number}).`,
      `Was labelled until ${dayIn(end, 'en')} (${number}).`,
      'Hỏi nhà cung cấp về giấy chứng nhận mới.',
      'Ask the supplier for a new certificate.',
    ]);
  return told('NOT_IN_FORCE', path, [
    `Giấy chứng nhận ${number} không có hiệu lực vào ngày này.`,
    `Certificate ${number} is not in force on the day.`,
    'Xem các thời gian hiệu lực trên trang chứng nhận.',
    'See its times of validity on its page.',
  ]);
}

/** Where what is like it stands. */
function lookUpOf(q: string): string {
  return `/find?${new URLSearchParams({ q }).toString()}`;
}

type Texts = [vi: string, en: string, nextVi: string, nextEn: string];

const withheld: Texts = [
  'Nhà cung cấp đã ghi mẫu này, cơ quan vận hành chưa duyệt.',
  'A supplier has entered this model; the operator has not reviewed it yet.',
  'Hỏi cơ quan vận hành, hoặc đợi được duyệt.',
  'Ask the operator, or wait for the review.',
];
const never: Texts = [
  'Có trong danh mục sản phẩm, nhưng chưa bao giờ có nhãn được ghi ở đây.',
  'It is in the catalogue, but no label of it was ever recorded here.',
  'Hỏi nhà cung cấp số giấy chứng nhận.',
  'Ask the supplier for the number of a certificate.',
];
const wrongDigit: Texts = [
  'Số cuối của mã vạch không khớp: có lẽ gõ sai.',
  'The check digit of this GTIN is wrong: probably a typing error.',
  'So lại từng chữ số với mã in trên hộp.',
  'Compare each digit with what is printed on the box.',
];
const near: Texts = [
  'Không có đúng mã này; chỉ có mã gần giống.',
  'There is no such code; only others like it.',
  'So từng ký tự với những mã gần giống; mã khác là mẫu khác.',
  'Compare it letter by letter with those like it; another code is another model.',
];
function withdrawn(on: string): Texts {
  return [
    `Có trong danh mục, nhưng không còn được chào bán từ ngày ${dayIn(on, 'vi')}.`,
    `It is in the catalogue, but is no longer offered since ${dayIn(on, 'en')}.`,
    'Xem lý do và các nhãn đã có trên trang sản phẩm.',
    'See why, and which labels it had, on its page.',
  ];
}

const nowhere: Texts = [
  'Không có trong danh mục hay sổ đăng ký nào ở đây.',
  'It is in no list and no register here.',
  'Tìm theo nhóm sản phẩm, hoặc hỏi nhà cung cấp số giấy chứng nhận.',
  'Search by the group, or ask the supplier for the number of a certificate.',
];

function foreign({ name }: LabelScheme): Texts {
  return [
    `${name.vi}: cơ quan cấp nhãn không gửi dữ liệu về đây.`,
    `${name.en ?? name.vi}: its issuer does not report here.`,
    'Tra trên trang của cơ quan cấp nhãn.',
    'Look it up on the issuer’s own site.',
  ];
}

function told(reason: Reason, path: string, [vi, en, nextVi, nextEn]: Texts): Told {
  return { reason, detail: { vi, en }, next: { vi: nextVi, en: nextEn }, path };
}
