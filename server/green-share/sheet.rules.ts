import type { ShareLine } from '../../schemas/types.d.ts';

interface Column {
  vi: string;
  en: string;
  of(line: ShareLine): string | undefined;
}

const COLUMNS: readonly Column[] = [
  { vi: 'Mã cơ quan', en: 'Agency', of: ({ agency }) => agency },
  { vi: 'Số hợp đồng, đơn hàng', en: 'Reference', of: ({ reference }) => reference },
  { vi: 'Ngày xét', en: 'Basis date', of: ({ basisDate }) => basisDate },
  { vi: 'Dòng', en: 'Line', of: ({ lineNo }) => String(lineNo) },
  { vi: 'Mô tả', en: 'Description', of: ({ description }) => description },
  { vi: 'Nhóm hàng', en: 'Group', of: ({ group }) => group },
  { vi: 'Số lượng', en: 'Quantity', of: ({ quantity }) => quantity },
  { vi: 'Đơn vị tính', en: 'Unit', of: ({ unit }) => unit },
  { vi: 'Giá trị trước thuế (đồng)', en: 'Amount before VAT (VND)', of: ({ amountNet }) => amountNet },
  { vi: 'Kết luận', en: 'Status', of: ({ green }) => green.status },
  { vi: 'Hạng', en: 'Tier', of: ({ green }) => green.tier ?? undefined },
  { vi: 'Trong danh mục', en: 'In scope', of: ({ green }) => String(green.inScope) },
  { vi: 'Nhãn', en: 'Scheme', of: ({ green }) => green.scheme },
  { vi: 'Giấy chứng nhận', en: 'Certificate', of: ({ green }) => green.certificate },
  { vi: 'Bản danh mục', en: 'Edition', of: ({ green }) => green.edition },
  { vi: 'Lý do', en: 'Reasons', of: ({ green }) => green.reasons.join(' ') },
  { vi: 'Biết từ', en: 'Known from', of: ({ green }) => green.knownFrom },
  { vi: 'Đơn mua', en: 'Purchase', of: ({ purchase }) => purchase },
  { vi: 'Sản phẩm', en: 'Product', of: ({ product }) => product },
];

const FICTIONAL: Column = {
  vi: 'Dữ liệu hư cấu',
  en: 'Fictional',
  of: ({ demo }) => (demo ? 'demo' : undefined),
};

/** The table of lines in the reader's language; of a demonstration register each line says in a column of its own that it is fictional. */
export function lineSheet(
  language: 'vi' | 'en',
  isDemo: boolean,
): { header: string[]; row(line: ShareLine): string[] } {
  const columns = isDemo ? [...COLUMNS, FICTIONAL] : COLUMNS;
  return {
    header: columns.map((column) => column[language]),
    row: (line) => columns.map(({ of }) => of(line) ?? ''),
  };
}
