/** @jest-environment node */
import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import readExcelFile from 'read-excel-file/node';
import { csvText } from '../../client/src/ui/export/csv-file.ts';
import { fileName, tableOf } from '../../client/src/ui/export/table-file.ts';
import type { Column } from '../../client/src/ui/export/table-file.ts';
import { xlsxBlob } from '../../client/src/ui/export/xlsx-file.ts';

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
});
