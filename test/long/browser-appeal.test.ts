import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { describeInBrowser, launch } from '../browser/browser.ts';
import { asPerson, confirm } from '../browser/people.ts';
import { startApp, type RunningApp } from '../browser/server.ts';

describeInBrowser('an application that is refused', () => {
  let app: RunningApp;
  let browser: Browser;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), launch()]);
  }, 180_000);
  afterAll(async () => {
    await browser.close();
    await app.stop();
  }, 30_000);

  it('is appealed, and decided by another person than who refused it', async () => {
    const supplier = await asPerson(browser, app.url, 'supplier');
    const operator = await asPerson(browser, app.url, 'operator');
    const second = await asPerson(browser, app.url, 'operator', 2);
    const { items } = (await (await supplier.request.get(`${app.url}/api/applications?status=approved`)).json()) as {
      items: { kind: string; products: string[] }[];
    };
    const data = { kind: 'listing', applicant: 'DEMO-NCC-01', products: items[0]!.products };
    const begun = await supplier.request.post(`${app.url}/api/applications`, { data, failOnStatusCode: true });
    const address = `${app.url}/applications/${((await begun.json()) as { id: string }).id}`;
    await supplier.goto(`${address}?step=3`);
    await confirm(supplier, 'Nộp hồ sơ');

    await operator.goto(address);
    await operator.getByRole('button', { name: 'Từ chối' }).click();
    await operator.getByLabel('Thiếu thông tin').check();
    await operator.getByLabel('Lý do bằng lời').fill('Thiếu khối lượng.');
    await confirm(operator, 'Từ chối', 'last');
    await operator.getByText('Hồ sơ bị từ chối: Thiếu thông tin').waitFor();

    await supplier.reload();
    await supplier.getByRole('button', { name: 'Khiếu nại' }).click();
    await supplier.getByLabel('Nội dung khiếu nại').fill('Khối lượng có trên trang sản phẩm.');
    await confirm(supplier, 'Khiếu nại', 'last');
    await supplier.getByText('Đang khiếu nại').waitFor();

    await operator.reload();
    await operator.getByText('Bạn đã từ chối hồ sơ này trước đó').waitFor();
    expect(await operator.getByRole('button', { name: 'Chấp nhận khiếu nại' }).count()).toBe(0);
    await second.goto(address);
    await second.getByRole('button', { name: 'Chấp nhận khiếu nại' }).click();
    await second.getByLabel(/^Lý do/).fill('Đúng như trình bày.');
    await confirm(second, 'Chấp nhận khiếu nại', 'last');
    await second.getByText('Đã nộp, chờ kiểm tra').waitFor();
  }, 120_000);
});
