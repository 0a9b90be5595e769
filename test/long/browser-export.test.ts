import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import readExcelFile from 'read-excel-file/node';
import type { Me } from '../../schemas/types.d.ts';
import { describeInBrowser, openApp, type OpenApp } from '../browser/browser.ts';

describeInBrowser('the tables that can be downloaded', () => {
  let app: OpenApp;
  let page: Page;

  beforeAll(async () => {
    app = await openApp('officer');
    page = app.page;
    await buyAbroad(page, app.url);
    await page.request.post(`${app.url}/api/session`, { data: { demo: 'auditor' }, failOnStatusCode: true });
  }, 180_000);
  afterAll(() => app.close(), 30_000);

  it('are the same as CSV and as a workbook of thousands of rows, another currency apart from the đồng', async () => {
    await page.goto(`${app.url}/purchases`);
    const [head = [], ...rows] = parse(await download(page, 'CSV'), { bom: true });
    const sheets = await readExcelFile(await download(page, 'Excel (XLSX)'));
    const [names = [], ...cells] = sheets[0]?.data ?? [];
    expect(rows.length).toBeGreaterThan(1000);
    expect([names, cells.length]).toEqual([head, rows.length]);
    expect(cells.map((row) => row.map(textOf))).toEqual(rows.map((row) => row.map(plain)));

    const named = (row: string[]) => Object.fromEntries(row.map((value, at) => [head[at], value]));
    const abroad = rows.map(named).find((row) => row['Nội dung'] === 'hai\ndòng');
    expect(abroad).toMatchObject({
      'Thành tiền (₫)': '',
      'Tiền tệ': 'USD',
      'Thành tiền (ngoại tệ)': '123.45',
    });
  }, 120_000);
});

async function download(page: Page, format: string): Promise<Buffer> {
  await page.getByRole('button', { name: 'Tải bảng: Đơn mua' }).click();
  const begun = page.waitForEvent('download', { timeout: 40_000 });
  await page.getByRole('menuitem', { name: format }).click();
  return readFile(await (await begun).path());
}

async function buyAbroad({ request }: Page, url: string): Promise<void> {
  const { actor }: Me = await (await request.get(`${url}/api/me`)).json();
  const line = { description: 'hai\ndòng', quantity: '1', unit: 'bộ', amountNet: '12345' };
  const data = {
    agency: actor?.org,
    reference: 'USD-1',
    method: 'direct',
    basisDate: '2026-03-14',
    supplier: { name: 'Nhà cung cấp (hư cấu)' },
    currency: 'USD',
    lines: [line],
  };
  await request.post(`${url}/api/purchases`, { data, failOnStatusCode: true });
}

/** A cell of the workbook as the CSV has it. */
function textOf(cell: unknown): string {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return typeof cell === 'string' || typeof cell === 'number' ? plain(String(cell)) : '';
}

/** Zeros after the point are no part of a number, and the guard of a formula no part of a text. */
function plain(text: string): string {
  return /^-?\d+(\.\d+)?$/.test(text) && text.length < 15 ? String(Number(text)) : text.replace(/^'(?=[=+\-@])/, '');
}
