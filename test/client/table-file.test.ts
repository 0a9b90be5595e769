/** @jest-environment node */
import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import readExcelFile from 'read-excel-file/node';
import { linesOf } from '../../client/src/features/purchases/purchase-columns.ts';
import { csvText } from '../../client/src/ui/export/csv-file.ts';
import { fileName, tableOf } from '../../client/src/ui/export/table-file.ts';
import type { Column } from '../../client/src/ui/export/table-file.ts';
import { xlsxBlob } from '../../client/src/ui/export/xlsx-file.ts';
import type { Purchase, PurchaseLine } from '../../schemas/types.d.ts';

interface Line {
  what: string;
  amount: string;
  on: string;
  share: string | null;
}

const columns: Column<Line>[] = [
  { name: 'Nội dung', value: ({ what }) => what },
  { name: 'Thành tiền', kind: 'money', value: ({ amount }) => amount },
  { name: 'Ngày', kind: 'day', value: ({ on }) => on },
  { name: 'Tỷ lệ', kind: 'ratio', value: ({ share }) => share },
];
const lines: Line[] = [
  { what: 'Giấy "A4", loại 1', amount: '2600000', on: '2026-03-14', share: '0.3512' },
  { what: '=HYPERLINK("x")', amount: '-1000003', on: '2024-02-29', share: null },
  { what: 'Tổng', amount: '1234567890123456789', on: '2026-12-31', share: '1' },
];
const about = { title: 'Đơn mua', notes: ['Dữ liệu minh họa.'], mark: { name: 'Loại', value: 'minh họa' } };

describe('a table as a file', () => {
  const table = tableOf(about, columns, lines);

  it('is CSV that a program reads back, with digits and ISO days, and says in every row that it is fictional', () => {
    const text = csvText(table);
    expect(text.startsWith('\uFEFF')).toBe(true);
    const [head, ...rows] = parse(text, { bom: true });
    expect(head).toEqual(['Nội dung', 'Thành tiền', 'Ngày', 'Tỷ lệ', 'Loại']);
    expect(rows).toEqual([
      ['Giấy "A4", loại 1', '2600000', '2026-03-14', '0.3512', 'minh họa'],
      [`'=HYPERLINK("x")`, '-1000003', '2024-02-29', '', 'minh họa'],
      ['Tổng', '1234567890123456789', '2026-12-31', '1', 'minh họa'],
    ]);
  });

  it('is a workbook with numbers as numbers and days as days; a sum beyond 15 digits stays exact as text', async () => {
    const bytes = Buffer.from(await (await xlsxBlob(table, 'Về bảng này')).arrayBuffer());
    const sheets = await readExcelFile(bytes);
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['Đơn mua', 'Về bảng này']);
    expect(sheets[0]?.data.slice(1)).toEqual([
      ['Giấy "A4", loại 1', 2600000, new Date('2026-03-14T00:00:00Z'), 0.3512, 'minh họa'],
      ['=HYPERLINK("x")', -1000003, new Date('2024-02-29T00:00:00Z'), null, 'minh họa'],
      ['Tổng', '1234567890123456789', new Date('2026-12-31T00:00:00Z'), 1, 'minh họa'],
    ]);
    expect(sheets[1]?.data).toEqual([['Dữ liệu minh họa.']]);
  });

  it('has a name without marks that says the day, and that it is of the demonstration', () => {
    expect(fileName({ title: 'Sổ chứng nhận đã lọc', today: '2026-11-24', isDemo: true })).toBe(
      'xanh-demo-so-chung-nhan-da-loc-2026-11-24',
    );
  });

  it('keeps a cell with a line break together, and runs no formula that is written with wide signs', () => {
    const whats = ['hai\ndòng', 'hai\rdòng', '＝1+1', '\n=1+1'];
    const broken = tableOf(
      about,
      columns,
      whats.map((what) => ({ what, amount: '1', on: '2026-03-14', share: null })),
    );
    const text = csvText(broken);
    expect(text).toContain('\r\n"hai\ndòng",1,');
    expect(text).toContain('\r\n"hai\rdòng",1,');
    expect(text).toContain("\r\n'＝1+1,1,");
    expect(text).toContain('\r\n"\'\n=1+1",1,');
  });

  it('is a workbook that opens whatever a text holds, with whole numbers without a point', async () => {
    const numbers: Column<{ what: string; count: string }>[] = [
      { name: 'Nội dung', value: ({ what }) => what },
      { name: 'Số lượng', kind: 'number', value: ({ count }) => count },
    ];
    const odd = [
      { what: 'mực\u0001 in\uD800', count: '5' },
      { what: 'giấy\nA4 😀', count: '0.5' },
    ];
    const bytes = await (await xlsxBlob(tableOf({ ...about, title: "'Danh mục'" }, numbers, odd), 'Về')).arrayBuffer();
    const sheets = await readExcelFile(Buffer.from(bytes));
    expect(sheets[0]?.sheet.trim()).toBe('Danh mục');
    expect(sheets[0]?.data.slice(1)).toEqual([
      ['mực in', 5, 'minh họa'],
      ['giấy\nA4 😀', 0.5, 'minh họa'],
    ]);
    expect(partOf(Buffer.from(bytes), 'xl/styles.xml')).toContain('formatCode="#,##0"');
    expect(partOf(Buffer.from(bytes), 'xl/sharedStrings.xml')).not.toContain('\u0001');
  });
});

/** One file out of the archive that a workbook is. */
function partOf(workbook: Buffer, name: string): string {
  const head = workbook.indexOf(name) - 30;
  const from = head + 30 + name.length + workbook.readUInt16LE(head + 28);
  return inflateRawSync(workbook.subarray(from, from + workbook.readUInt32LE(head + 18))).toString();
}

describe('a file of purchase lines', () => {
  const line = (lineNo: number) => ({ lineNo }) as PurchaseLine;
  const purchases = [{ lines: [line(1), line(2)] }, { lines: [line(1), line(2)] }] as Purchase[];
  const how = { signal: new AbortController().signal, onProgress: () => undefined };

  it('says that it is cut also where it has more lines than the list has purchases', async () => {
    const cut = await linesOf(async () => ({ rows: purchases, total: 3, isCut: true }))(how);
    expect([cut.rows.length, cut.total, cut.isCut]).toEqual([4, 3, true]);
    const whole = await linesOf(async () => ({ rows: purchases, total: 2, isCut: false }))(how);
    expect(whole.isCut).toBe(false);
  });
});
