import type { Language } from '../i18n/index.ts';

/** What the citations of the register are made of, in Vietnamese; longer words first. */
const words: [RegExp, string][] = [
  [/^Register$/, 'Quy định của sổ đăng ký'],
  [/The rules of the register; no statutory procedure/g, 'Quy định của sổ đăng ký; không có thủ tục luật định'],
  [/The rules of the register/g, 'Quy định của sổ đăng ký'],
  [/The rules of the scheme/g, 'Quy chế của nhãn'],
  [/Law on Administrative Procedure/g, 'Luật Tố tụng hành chính'],
  [/Law on Complaints/g, 'Luật Khiếu nại'],
  [/Civil Code/g, 'Bộ luật Dân sự'],
  [/as amended by/g, 'sửa đổi bởi'],
  [/as replaced by/g, 'thay bằng'],
  [/Decree/g, 'Nghị định'],
  [/Circular/g, 'Thông tư'],
  [/Appendix/g, 'Phụ lục'],
  [/\barts? /g, 'điều '],
];

/** A citation such as `Decree 08/2022 art. 147(1)` in the reader's language. */
export function legalReference(reference: string, language: Language): string {
  if (language === 'en') return reference === 'Register' ? 'The rules of the register' : reference;
  return words.reduce(
    (text, [english, vietnamese]) => text.replace(english, vietnamese),
    reference.replace(/\bart\. /g, 'art '),
  );
}
