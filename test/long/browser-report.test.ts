import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import type { Letter, SearchResult } from '../../schemas/types.d.ts';
import { describeInBrowser, findFaults, launch } from '../browser/browser.ts';
import { asPerson } from '../browser/people.ts';
import { startApp, type RunningApp } from '../browser/server.ts';

/** Goes on with the Tab key until the place is reached, as who has no mouse does. */
async function tabTo(page: Page, place: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab');
    if ((await place.and(page.locator(':focus')).count()) > 0) return;
  }
  throw new Error('not reached by the keyboard');
}

describeInBrowser('a report of a wrong label', () => {
  let app: RunningApp;
  let browser: Browser;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), launch()]);
  }, 300_000);
  afterAll(async () => {
    await browser.close();
    await app.stop();
  }, 30_000);

  it('is sent by keyboard, taken by the operator, answered by the party and decided, and the product shows it', async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    context.setDefaultTimeout(30_000);
    await context.addInitScript("localStorage.setItem('xanh.language', 'vi')");
    const anyone = await context.newPage();
    const supplier = await asPerson(browser, app.url, 'supplier');
    const operator = await asPerson(browser, app.url, 'operator');
    const own = await supplier.request.get(`${app.url}/api/products?supplier=DEMO-NCC-01`);
    const product = ((await own.json()) as SearchResult).items[0]!.id;

    await anyone.goto(`${app.url}/products/${product}`);
    const report = anyone.getByRole('region', { name: 'Phản ánh' }).getByRole('link', { name: 'Báo lỗi' });
    await report.waitFor();
    await tabTo(anyone, report);
    await anyone.keyboard.press('Enter');
    const ground = anyone.getByRole('radio', { name: 'Thông tin ghi trong sổ không đúng' });
    await ground.waitFor();
    await tabTo(anyone, ground);
    await anyone.keyboard.press('ArrowDown');
    await tabTo(anyone, anyone.getByLabel('Đã thấy gì, ở đâu, khi nào'));
    await anyone.keyboard.type('Trên thùng in nhãn của mẫu khác (hư cấu).');
    await tabTo(anyone, anyone.getByLabel('Thư điện tử'));
    await anyone.keyboard.type('nguoi.bao@example.com');
    await tabTo(anyone, anyone.getByRole('button', { name: 'Gửi phản ánh' }));
    await anyone.keyboard.press('Enter');
    await anyone.getByText('Đã nhận phản ánh').waitFor();
    expect(await findFaults(anyone)).toEqual([]);
    const reference = /PA-\d{4}-\w{8}/.exec(await anyone.locator('main').innerText())?.[0] ?? '';

    await operator.goto(`${app.url}/complaints/${reference}`);
    await operator.getByText('Nhãn dùng sai chỗ').waitFor();
    await operator.getByRole('button', { name: 'Chuyển đi' }).click();
    await operator.getByText('Đã chuyển cho bên liên quan').first().waitFor();

    await supplier.goto(`${app.url}/complaints`);
    await supplier.getByRole('article', { name: reference }).getByRole('link').first().click();
    await supplier.getByLabel('Giải trình').fill('Đại lý đã dán nhầm, chúng tôi đã thu hồi (hư cấu).');
    await supplier.getByRole('button', { name: 'Gửi giải trình' }).click();
    await supplier.getByText('Đã giải trình').first().waitFor();

    await operator.reload();
    await operator
      .locator('label')
      .filter({ hasText: /^Có căn cứ$/ })
      .click();
    await operator.locator('label').filter({ hasText: 'nhãn bị dùng sai' }).click();
    await operator.getByLabel('Lý do bằng lời (công khai)').fill('Nhãn dán sai, đã yêu cầu gỡ (hư cấu).');
    await operator.getByRole('button', { name: 'Có căn cứ', exact: true }).click();
    await operator.getByText('Nhãn dán sai, đã yêu cầu gỡ (hư cấu).').first().waitFor();

    await operator.getByText('Đã kết luận').first().waitFor();

    const lettersToReporter = async () => {
      const outbox = await operator.request.get(`${app.url}/api/outbox?limit=100`);
      const { items } = (await outbox.json()) as { items: Letter[] };
      return items.filter(({ to, text }) => to === 'nguoi.bao@example.com' && text.includes(reference)).length;
    };
    // Letters go out in the background: one that it was received, one how it was decided.
    for (let tries = 0; (await lettersToReporter()) < 2 && tries < 50; tries++) await operator.waitForTimeout(100);
    expect(await lettersToReporter()).toBe(2);

    await anyone.goto(`${app.url}/products/${product}`);
    await anyone.getByText('Nhãn dán sai, đã yêu cầu gỡ (hư cấu).').waitFor();
    await anyone.goto(`${app.url}/complaints/${reference}`);
    await anyone.getByText('nhãn bị dùng sai').waitFor();
    await context.close();
  }, 240_000);
});
