import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Product, SearchResult } from '../../schemas/types.d.ts';
import { aPdf } from '../support/dossiers.ts';
import { describeInBrowser, launch } from '../browser/browser.ts';
import { asPerson, confirm } from '../browser/people.ts';
import { startApp } from '../browser/server.ts';
import type { RunningApp } from '../browser/server.ts';

const model = 'TUI-9000';
const found = 2000;

describeInBrowser('an application', () => {
  let app: RunningApp;
  let browser: Browser;
  let supplier: Page;
  let body: Page;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), launch()]);
    supplier = await asPerson(browser, app.url, 'supplier');
    body = await asPerson(browser, app.url, 'certifier');
  }, 180_000);
  afterAll(async () => {
    await browser.close();
    await app.stop();
  }, 30_000);

  async function aNewProduct(): Promise<Product> {
    const data = {
      kind: 'good',
      name: { vi: 'Túi giấy thử nghiệm (hư cấu)' },
      brand: 'Mẫu Xanh',
      model,
      group: 'composite-paper-packaging',
      supplier: 'DEMO-NCC-01',
    };
    const answer = await supplier.request.post(`${app.url}/api/products`, { data, failOnStatusCode: true });
    return answer.json() as Promise<Product>;
  }

  /** How long it takes from now on until a search finds the product. */
  async function untilFound(id: string): Promise<number> {
    const since = performance.now();
    for (;;) {
      const answer = await supplier.request.get(`${app.url}/api/products?q=${model}`);
      const { items } = (await answer.json()) as SearchResult;
      if (items.some((item) => item.id === id)) return performance.now() - since;
      if (performance.now() - since > 10 * found) throw new Error('the product is not found');
      await supplier.waitForTimeout(50);
    }
  }

  it('is made, asked about, answered and approved; the certificate stands in the register until the body revokes it', async () => {
    const product = await aNewProduct();
    await supplier.goto(`${app.url}/applications`);
    await supplier.getByRole('link', { name: 'Nộp hồ sơ', exact: true }).click();
    await choose(supplier, 'Nhãn', 'Nhãn sinh thái Việt Nam');
    await supplier.getByRole('button', { name: 'Bắt đầu hồ sơ' }).click();

    // Details and evidence are saved as they are entered.
    await choose(supplier, 'Sản phẩm', new RegExp(model));
    await supplier.getByLabel('Nội dung trình bày').fill('Túi giấy không phủ nhựa');
    await supplier.getByText('Đã lưu', { exact: true }).waitFor();
    await supplier.reload();
    expect(await supplier.getByLabel('Nội dung trình bày').inputValue()).toBe('Túi giấy không phủ nhựa');
    await supplier.getByRole('button', { name: 'Tiếp tục' }).click();
    await attachAll(supplier);
    await supplier.getByRole('button', { name: 'Tiếp tục' }).click();
    await confirm(supplier, 'Nộp hồ sơ');
    await supplier.getByText('Đã nộp, chờ kiểm tra').waitFor();
    const address = supplier.url().replace(/\?.*/, '');

    // The body finds it in its queue, finds it complete, and asks.
    await body.goto(`${app.url}/applications?status=submitted`);
    await body.getByRole('listitem').filter({ hasText: 'Túi giấy thử nghiệm' }).getByRole('link').click();
    await act(body, 'Xác nhận hồ sơ hợp lệ');
    await act(body, 'Yêu cầu giải trình', () => body.getByLabel('Câu hỏi').fill('Nguồn bột giấy?'), 'Chờ giải trình');

    await supplier.goto(`${address}?step=3`);
    await supplier.getByText('Nguồn bột giấy?').first().waitFor();
    await supplier.getByLabel('Trả lời').fill('Bột tái chế trong nước.');
    await supplier.getByRole('button', { name: 'Gửi trả lời' }).click();
    await supplier.getByText('Đang đánh giá').waitFor();
    expect(await supplier.getByRole('button', { name: 'Chấp thuận' }).count()).toBe(0);

    await body.reload();
    await act(body, 'Ghi báo cáo đánh giá', () => body.getByLabel('Báo cáo đánh giá').fill('Đạt mọi tiêu chí.'));
    await body.getByRole('button', { name: 'Chấp thuận' }).first().click();
    await body.getByLabel('Đáp ứng mọi tiêu chí').check();
    await body.getByLabel('Số chứng nhận').fill('900/2026/DEMO');
    await confirm(body, 'Chấp thuận', 'last');
    await body.getByText('Hồ sơ được chấp thuận').waitFor();
    expect(await untilFound(product.id)).toBeLessThan(found);
    await body.getByRole('link', { name: '900/2026/DEMO' }).waitFor();

    // Every step stands in the history.
    await supplier.reload();
    await supplier.getByText('Bắt đầu bản nháp').waitFor();
    const steps = await supplier.locator('.xanh-timeline-list > li > b').allTextContents();
    expect(steps).toEqual([
      'Chấp thuận',
      'Báo cáo đánh giá',
      'Trả lời',
      'Yêu cầu giải trình',
      'Hồ sơ hợp lệ, bắt đầu đánh giá',
      'Nộp hồ sơ',
      'Bắt đầu bản nháp',
    ]);

    // The product's page says what the label counts for, and at once that it is revoked.
    await supplier.goto(`${app.url}/products/${product.id}`);
    await supplier.getByText(/Mua vào 24\/11\/2026 thì tính là xanh, hạng A/).waitFor();
    await body.getByRole('link', { name: '900/2026/DEMO' }).click();
    await revoke(body);
    await supplier.reload();
    await supplier.getByText(/Mua vào 24\/11\/2026 thì không tính là xanh/).waitFor();
    await supplier
      .getByText(/thu hồi/i)
      .first()
      .waitFor();
    await body.getByRole('button', { name: 'Xem từng lần ghi' }).click();
    await body.getByText(/^Thu hồi · tổ chức chứng nhận/).waitFor();
  }, 180_000);
});

/** Chooses an option of a field that is searched. */
async function choose(page: Page, label: string, option: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option }).first().click();
  await page.keyboard.press('Escape');
}

/** A file for every item of the checklist; the report with what is known of it. */
async function attachAll(page: Page): Promise<void> {
  const items = ['Đơn đăng ký', 'Báo cáo đáp ứng', 'Bản vẽ', 'Thuyết minh'];
  for (const item of items) await attach(page, item);
  const report = page.getByRole('region', { name: /Kết quả thử nghiệm/ });
  await report.getByLabel('Phòng thử nghiệm').fill('Phòng Thử nghiệm Mẫu (hư cấu)');
  await report.getByLabel('Số công nhận').fill('VILAS 0000');
  await report.getByLabel('Ngày phát hành').fill('01/10/2026');
  await attach(page, 'Kết quả thử nghiệm');
}

async function attach(page: Page, item: string): Promise<void> {
  const region = page.getByRole('region', { name: new RegExp(item) });
  const file = { name: `${item}.pdf`, mimeType: 'application/pdf', buffer: aPdf(item) };
  await region.locator('input[type=file]').setInputFiles(file);
  await region.getByText(file.name).waitFor();
  await region.getByRole('button', { name: /^Gỡ/ }).waitFor();
}

/** Opens what can be done, fills it in and sends it. */
async function act(page: Page, name: string, fill?: () => Promise<void>, then?: string): Promise<void> {
  await page.getByRole('button', { name }).first().click();
  await fill?.();
  await page.getByRole('button', { name }).last().click();
  if (then) await page.getByText(then).first().waitFor();
  else await page.getByRole('button', { name }).nth(1).waitFor({ state: 'detached' });
}

async function revoke(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Ghi sự kiện của chứng nhận' }).click();
  await page.getByLabel('Sự kiện').selectOption('revoked');
  await page.getByLabel(/^Ngày/).first().fill('24/11/2026');
  await page.getByLabel('Lý do và văn bản').fill('Không còn đạt tiêu chí');
  await page.getByRole('button', { name: 'Xem hệ quả' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Ghi sự kiện' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('Đã ghi sự kiện').waitFor();
}
