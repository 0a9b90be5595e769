import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser, findFaults, openApp, type OpenApp } from '../browser/browser.ts';

const ledger = [
  'Số hợp đồng;Ngày ký;Nhà cung cấp;Tên hàng;Ghi chú;Thành tiền',
  'SỔ-01/2026;14/03/2026;Nhà bán lẻ (hư cấu);GIAY;Giấy in A4 (hư cấu);2.600.000',
  'SỔ-01/2026;14/03/2026;Nhà bán lẻ (hư cấu);BUT;Bút bi (hư cấu);350.000',
  'SỔ-02/2026;31/02/2026;Nhà bán lẻ (hư cấu);MUC;Mực in (hư cấu);900.000',
].join('\n');

describeInBrowser('the import of a ledger', () => {
  let app: OpenApp;
  let page: Page;

  beforeAll(async () => {
    app = await openApp('officer');
    page = app.page;
  }, 180_000);
  afterAll(() => app.close(), 30_000);

  it('with a corrected mapping: asked, checked with control totals, recorded, and found again after a reload', async () => {
    await page.goto(`${app.url}/purchases/import`);
    await page.locator('input[type=file]').setInputFiles({
      name: 'so-cai.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(ledger),
    });
    await page.getByRole('button', { name: 'Kiểm tra sổ' }).click();

    // What the header does not say is asked, and the guess is corrected by hand.
    await page.getByText('Cần bạn cho biết').waitFor();
    await page.getByLabel('Số tiền và thuế GTGT').selectOption('net');
    await page.getByLabel('Đơn vị tiền').selectOption('dong');
    const description = page.getByLabel('Nội dung', { exact: true });
    expect(await description.inputValue()).toBe('Tên hàng');
    await description.selectOption('Ghi chú');
    await page.getByRole('button', { name: 'Kiểm tra sổ' }).click();

    await page.getByRole('heading', { name: 'Tổng đối chiếu' }).waitFor();
    await page.getByText('không phải ngày').first().waitFor();
    expect(await faultsAtBothWidths(page)).toEqual([]);
    await page.getByRole('button', { name: 'Ghi 2 dòng tốt' }).click();
    await page.getByText('Đã ghi 1 đơn mua.').waitFor();

    await page.reload();
    await page.getByText('Đã ghi 1 đơn mua.').waitFor();
    await page.getByLabel('Xem những dòng').selectOption('good');
    await page.getByRole('link', { name: 'SỔ-01/2026' }).first().click();
    await page.getByText('Bút bi (hư cấu)').first().waitFor();
  }, 120_000);
});

async function faultsAtBothWidths(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    faults.push(...(await findFaults(page)));
    const isTooWide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
    if (await page.evaluate<boolean>(isTooWide)) faults.push(`scrolls sideways at ${width}`);
    const shots = process.env['XANH_SCREENSHOTS'];
    if (shots) await page.screenshot({ path: `${shots}/import-${width}.png`, fullPage: true });
  }
  return faults;
}
