import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser, findFaults, openApp, type OpenApp } from '../browser/browser.ts';

describeInBrowser('comparing products', () => {
  let app: OpenApp;
  let page: Page;

  beforeAll(async () => {
    app = await openApp();
    page = app.page;
  }, 180_000);
  afterAll(() => app.close(), 30_000);

  it('filters by an attribute, puts products side by side, marks in words what differs, and keeps them in the address', async () => {
    await page.goto(`${app.url}/compare`);
    await page.getByRole('heading', { name: 'Chưa chọn sản phẩm nào' }).waitFor();

    // Air conditioners, by a class of their cooling capacity and then by a typed range.
    await page.goto(`${app.url}/?group=air-conditioner`);
    await page.getByRole('checkbox', { name: /10.000 đến dưới 14.000 BTU\/h/ }).click();
    await page.waitForURL(/attr\.coolingCapacity=10000\.\.%3C14000/);
    await page.getByRole('checkbox', { name: /10.000 đến dưới 14.000 BTU\/h/ }).click();
    const capacity = page.getByRole('group', { name: 'Công suất lạnh (BTU/h)' });
    await capacity.getByRole('textbox', { name: 'Đến' }).fill('14000');
    await capacity.getByRole('textbox', { name: 'Đến' }).press('Enter');
    await page.waitForURL(/attr\.coolingCapacity=\.\.14000/);

    // Two of them side by side.
    for (const name of [/GM-12IV/, /TT-AC12(?!I)/]) {
      const card = page.getByRole('article').filter({ hasText: name }).first();
      await card.getByRole('button', { name: /^So sánh/ }).click();
    }
    await page.getByRole('link', { name: 'So sánh: 2 sản phẩm' }).click();
    await page.waitForURL(/\/compare\?ids=[0-9a-f]{24},[0-9a-f]{24}/);
    const row = (name: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
    await row('Biến tần (inverter)').getByText('khác nhau').waitFor();
    expect(await row('Biến tần (inverter)').getByRole('cell').allInnerTexts()).toEqual(['có', 'không']);
    expect(await row('Công suất lạnh').getByRole('cell').allInnerTexts()).toEqual([
      '12.000 BTU/h',
      '3,5 kW (≈ 11.942,5 BTU/h)',
    ]);
    expect(await row('Nhóm sản phẩm').getByText('khác nhau').count()).toBe(0);
    expect(await findFaults(page)).toEqual([]);

    // Only what differs; a product taken away; the same page from its address alone.
    await page.getByRole('switch', { name: 'Chỉ hiện chỗ khác nhau' }).click();
    await row('Nhóm sản phẩm').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Bỏ ra: .*AC12/ }).click();
    await page.waitForURL(/\/compare\?ids=[0-9a-f]{24}&only=different$/);
    await page.getByText('Các sản phẩm giống nhau ở mọi thông tin có trong sổ.').waitFor();
    const besides = await page.context().newPage();
    await besides.goto(page.url());
    await besides.getByRole('columnheader').nth(1).waitFor();
    expect(await besides.getByRole('columnheader').count()).toBe(2);
    await besides.close();
  }, 60_000);
});
