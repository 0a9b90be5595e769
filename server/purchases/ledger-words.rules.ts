import type { ImportColumns, PurchaseInput } from '../../schemas/types.d.ts';

/** A field that a column of a ledger may hold. */
export type LedgerField = keyof ImportColumns;

function words(text: string): string[] {
  return text.split(',').map((word) => word.trim());
}

/** What ledgers call their columns, folded, Vietnamese first. */
export const headings: Readonly<Record<LedgerField, readonly string[]>> = {
  reference: words(`so hop dong, so hd, ma hop dong, hop dong so, so don hang, ma don hang, so hop dong don hang,
    so chung tu, so phieu, hop dong, so quyet dinh, reference, contract no, contract number, contract,
    order no, order number, po number, po no, purchase order, transaction number, document number`),
  basisDate:
    words(`ngay ky hop dong, ngay ky, ngay hop dong, ngay dat hang, ngay mua, ngay chung tu, ngay hoa don, ngay,
    date, order date, contract date, signed on, signing date, transaction date, invoice date,
    invoice gl date, payment date, basis date`),
  supplierName: words(`nha cung cap, ten nha cung cap, nha thau, ten nha thau, ben ban, don vi ban, don vi cung cap,
    nguoi ban, don vi cung ung, supplier, supplier name, vendor, vendor name, seller, contractor,
    merchant, payee`),
  supplierTaxCode:
    words(`ma so thue, mst, ma so thue nha cung cap, ma so thue nha thau, mst nha cung cap, mst ncc, tax code,
    supplier tax code, tax id, tax number, vat number`),
  supplierCode: [
    'ma nha cung cap',
    'ma ncc',
    'ma nha thau',
    'supplier code',
    'vendor code',
    'supplier id',
    'vendor id',
  ],
  description: words(`ten hang hoa dich vu, ten hang hoa, ten hang, hang hoa, hang hoa dich vu, mat hang, noi dung,
    dien giai, mo ta, noi dung mua sam, danh muc, ten san pham, description, item, item description,
    goods, goods or services, product name, category family, merchant category, expense type, details`),
  quantity: ['so luong', 'sl', 'khoi luong', 'quantity', 'qty'],
  unit: ['don vi tinh', 'dvt', 'don vi', 'unit', 'uom', 'unit of measure'],
  amount: words(`thanh tien, so tien, tong tien, gia tri, tri gia, gia tri hop dong, tong gia tri, tien hang, tien,
    amount, line amount, net amount, amount net, gross amount, amount gross, value, line total, total,
    total amount, net value, spend, line value`),
  vatRate: ['thue suat', 'thue suat gtgt', 'thue suat vat', 'thue gtgt', 'vat', 'vat rate', 'tax rate', 'rate of vat'],
  method: words(`hinh thuc, hinh thuc lua chon nha thau, hinh thuc mua sam, phuong thuc, hinh thuc lcnt, method,
    procurement method, procedure`),
  notice: [
    'so tbmt',
    'ma tbmt',
    'so thong bao moi thau',
    'thong bao moi thau',
    'notice',
    'notice number',
    'tender notice',
  ],
  product: ['ma ban ghi san pham', 'product id', 'product'],
  group: ['nhom', 'nhom hang', 'nhom san pham', 'ma nhom', 'group', 'product group'],
  nature: ['loai mua sam', 'tinh chat', 'linh vuc', 'nature', 'procurement category'],
  brand: ['nhan hieu', 'thuong hieu', 'brand'],
  model: ['ky ma hieu', 'ma hieu', 'model', 'kieu may'],
};

/** What a heading says of VAT; "chưa bao gồm" holds "bao gồm", so what is before VAT is looked for first. */
export const netWords =
  words(`chua thue, chua vat, chua gtgt, chua co thue, chua co vat, chua bao gom, chua gom, truoc thue,
    truoc vat, khong bao gom, khong gom, khong vat, net, excl, excluding, ex vat, before vat, before tax,
    without vat`);
export const grossWords =
  words(`co thue, co vat, sau thue, sau vat, gom thue, gom vat, bao gom, da thue, gross, incl, including,
    with vat, after vat, after tax`);

/** What a heading says of its unit of money, the larger unit first: "triệu đồng" holds "đồng". */
export const moneyWords: readonly (readonly ['million' | 'thousand' | 'dong', readonly string[]])[] = [
  ['million', ['trieu', 'trd', 'million', 'millions', 'mio']],
  ['thousand', ['nghin', 'ngan', '1000', '1 000', '000', 'thousand', 'thousands']],
  ['dong', ['dong', 'vnd', 'd']],
];

type Method = PurchaseInput['method'];
/** How ledgers name the ways of procurement, folded (Procurement Law 22/2023 arts 20-29). */
export const methodWords: Readonly<Record<string, Method>> = {
  'dau thau rong rai': 'open',
  'dau thau han che': 'restricted',
  'chao hang canh tranh': 'quotation',
  'chao hang': 'quotation',
  'chi dinh thau': 'direct',
  'chi dinh thau rut gon': 'direct',
  'mua sam truc tiep': 'direct-purchase',
  'dam phan gia': 'negotiation',
  'tu thuc hien': 'self-performed',
  'cong dong': 'community',
  'mua sam nho le': 'petty',
  'mua le': 'petty',
  'dat hang theo thoa thuan khung': 'call-off',
};
