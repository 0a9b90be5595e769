/** Words that stand before a number or a model on a paper or a box, and are no part of it. */
const lead = new RegExp(
  String.raw`^\s*(?:(?:giấy\s+)?chứng\s+nhận|giay\s+chung\s+nhan|gcn|quyết\s+định|quyet\s+dinh|qđ|qd|số\s+hiệu|số|so|no|nr|number|certificate|cert|licence|license|model|mẫu|mã\s+(?:số|hàng|vạch|sản\s+phẩm)|mã|ma|ký\s+hiệu|gtin|ean|upc|barcode|sku)(?:\s*[:.#]+\s*|\s+)(?=\S)`,
  'iu',
);
const mostLeads = 4;
/** The element of a bar code that says that a GTIN follows, as it is printed and as a GS1 address has it. */
const gtinMark = /^\s*\(01\)\s*(?=\d{8,14}\s*$)|^https?:\/\/\S*?\/01\/(?=\d{8,14}(?:[/?#]|$))/iu;

/** What is printed without the words before it: “Số: 12/QĐ-ABC” is 12/QĐ-ABC; the text itself where nothing but such words is there. */
export function bareOfLead(text: string): string {
  let bare = text.normalize('NFC').trim();
  for (let at = 0; at < mostLeads && lead.test(bare); at++) bare = bare.replace(lead, '');
  const gtin = bare.replace(gtinMark, '');
  return gtin === bare ? bare : gtin.replace(/[/?#].*$/u, '');
}

/** The codes, unfolded, that a text may be meant for: as it stands, and without the words before it. */
export function codesPrinted(text: string): string[] {
  return [...new Set([text, bareOfLead(text)])];
}

const mostLetters = 5;

/** The folded code with its letters o as noughts, some of them or all; with too many only all. None where it has no o. */
export function withNoughts(code: string): string[] {
  const parts = code.split('o');
  if (parts.length - 1 > mostLetters) return [parts.join('0')];
  const readings = parts.reduce<string[]>(
    (begun, part) => (begun.length === 0 ? [part] : begun.flatMap((one) => [`${one}o${part}`, `${one}0${part}`])),
    [],
  );
  return readings.filter((one) => one !== code);
}
