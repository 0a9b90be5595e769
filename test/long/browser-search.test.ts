import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import type { Certificate, Product, SearchResult } from '../../schemas/types.d.ts';
import { becomesTrue, describeInBrowser, findFaults, openApp, type OpenApp } from '../browser/browser.ts';

describeInBrowser('searching with the keyboard and by roles', () => {
  let app: OpenApp;
  let page: Page;
  const boxOf = (one: Page) => one.getByRole('combobox', { name: /^(Tìm sản phẩm, dịch vụ|Search products)/ });

  beforeAll(async () => {
    app = await openApp();
    page = app.page;
  }, 180_000);
  afterAll(() => app.close(), 30_000);

  it.each([1280, 390])(
    'goes from a suggestion to its product by arrow keys, at %d pixels',
    async (width) => {
      await page.setViewportSize({ width, height: 844 });
      await page.goto(app.url);
      const box = boxOf(page);
      // At once, so that no list of fewer letters is shown before and replaced under the arrow keys.
      await box.fill('giay i');
      const products = page.getByRole('group', { name: 'Sản phẩm', exact: true }).getByRole('option');
      await products.nth(4).waitFor();
      expect(await box.getAttribute('aria-expanded')).toBe('true');
      // The search itself, the group, then the first product.
      for (let key = 0; key < 3; key++) await page.keyboard.press('ArrowDown');
      const chosen = await box.getAttribute('aria-activedescendant');
      expect(await page.locator(`[id="${chosen}"]`).innerText()).toBe(await products.first().innerText());
      expect(await findFaults(page)).toEqual([]);
      expect(await fits(page)).toBe(true);
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/products\/[0-9a-f]{24}$/);
      await page.getByRole('heading', { level: 1, name: /^Giấy in A4/ }).waitFor();

      await page.goBack();
      await boxOf(page).fill('giay i');
      const list = page.getByRole('listbox', { name: 'Gợi ý' });
      await list.waitFor();
      await page.keyboard.press('Escape');
      await list.waitFor({ state: 'detached' });
      expect(page.url()).toBe(`${app.url}/`);
    },
    90_000,
  );

  it('chooses a facet, turns to the second page and back, reading on above the first product', async () => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(app.url);
    const goods = page.getByRole('group', { name: 'Loại' }).getByRole('checkbox', { name: /^Hàng hóa/ });
    await goods.focus();
    await page.keyboard.press('Space');
    await page.waitForURL(/kind=good/);
    const second = page.getByRole('button', { name: 'Trang 2', exact: true });
    await second.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/page=2/);
    expect(await page.evaluate<string>('document.activeElement.tagName')).toBe('OUTPUT');
    await page.locator('[aria-current="page"]', { hasText: '2' }).waitFor();
    await page.goBack();
    await page.waitForURL((url) => url.searchParams.get('kind') === 'good' && !url.searchParams.has('page'));
  }, 60_000);

  it('leaves the filters for the products by one key, on a wide and on a narrow screen, and says how many there are', async () => {
    await page.setViewportSize({ width: 1280, height: 844 });
    await page.goto(`${app.url}/?group=office-paper`);
    const results = page.getByRole('region', { name: 'Kết quả', exact: true });
    await results.getByRole('article').first().waitFor();
    const skip = page.getByRole('button', { name: 'Qua bộ lọc, đến kết quả' });
    await skip.focus();
    await page.keyboard.press('Enter');
    expect(await page.evaluate<string>('document.activeElement.tagName')).toBe('OUTPUT');

    await page.setViewportSize({ width: 390, height: 844 });
    const open = page.getByRole('button', { name: /^Bộ lọc/ });
    await open.press('Enter');
    expect(await open.getAttribute('aria-expanded')).toBe('true');
    await page.getByRole('checkbox', { name: /^A4/ }).press('Space');
    await page.waitForURL(/attr\.paperSize=A4/);
    const toResults = page.getByRole('button', { name: /^Xem \d+ kết quả$/ });
    const count = /\d+/.exec(await toResults.innerText())?.[0];
    await toResults.press('Enter');
    const said = results.getByRole('status').first();
    expect(await said.innerText()).toBe(`${count} kết quả`);
    expect(await page.evaluate<string>('document.activeElement.tagName')).toBe('OUTPUT');
    expect(await page.evaluate<number>('document.activeElement.getBoundingClientRect().top')).toBeGreaterThanOrEqual(0);
    expect(await open.getAttribute('aria-expanded')).toBe('false');
    // A product is an article with its name, its labels a list of their own.
    const first = results.getByRole('article', { name: /^Giấy/ }).first();
    await first.getByRole('list', { name: 'Nhãn' }).getByRole('listitem').first().waitFor();
  }, 60_000);

  it('explains that nothing is found, with a next step', async () => {
    await page.goto(app.url);
    await boxOf(page).fill('xyzxyz');
    await boxOf(page).press('Enter');
    await page.getByRole('heading', { level: 2, name: 'Không tìm thấy sản phẩm nào' }).waitFor();
    await page
      .getByRole('status')
      .filter({ hasText: /^0 kết quả.*xyzxyz/ })
      .waitFor();
    await page.getByRole('link', { name: /Tìm theo nhóm sản phẩm/ }).waitFor();
    expect(await findFaults(page)).toEqual([]);
  }, 60_000);

  it('reads what was understood as plain words again, and understands it anew', async () => {
    await page.goto(`${app.url}/?q=${encodeURIComponent('máy lạnh 5 sao')}`);
    const off = page.getByRole('button', { name: /^“5 sao” = nhãn mức 5.*đọc đúng từng chữ$/ });
    await off.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/asTyped=level/);
    await off.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Hiểu lại từ đầu' }).click();
    await off.waitFor();
    expect(new URL(page.url()).searchParams.has('asTyped')).toBe(false);
  }, 60_000);

  it('looks up a certificate, a GTIN and a model that is nearly another, never covering the last', async () => {
    const { items: products }: SearchResult = await ask(page, '/api/products?tier=A&limit=100');
    const { items: certificates }: { items: Certificate[] } = await ask(page, '/api/certificates?status=valid&limit=1');
    const certificate = certificates[0]!;
    const hit = products.find(({ model }) => model === 'MX-A4-70')!;
    const product: Product = await ask(page, `/api/products/${hit.id}`);
    const lookUp = async (code: string, heading: RegExp) => {
      await page.goto(`${app.url}/find`);
      await page.getByRole('textbox', { name: /^Mã hoặc địa chỉ/ }).fill(code);
      await page.keyboard.press('Enter');
      await page.getByRole('status').filter({ hasText: heading }).waitFor();
      return page.getByRole('article').first().innerText();
    };
    expect(await lookUp(certificate.number, /có nhãn còn hiệu lực/)).toContain(certificate.number);
    expect(await lookUp(product.gtin ?? product.model!, /có nhãn còn hiệu lực/)).toContain('MX-A4-70');
    expect(await lookUp('MX-A4-70S', /không có nhãn nào còn hiệu lực/)).toContain('không ghi MX-A4-70S');
    expect(await findFaults(page)).toEqual([]);
  }, 90_000);

  it('keeps a search, says what is new in it, and downloads it', async () => {
    await page.goto(`${app.url}/?q=giay&group=office-paper`);
    await page.getByRole('button', { name: /^Đã lưu/ }).click();
    await page.getByRole('textbox', { name: /^Tên/ }).fill('Giấy in');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Đã lưu (1)' }).waitFor();
    const isSeen = `(localStorage.getItem('xanh.saved') ?? '').includes('seenUntil')`;
    expect(await becomesTrue(page, isSeen)).toBe(true);
    await enterPaper(page.context(), app.url);
    await page.waitForTimeout(2500);
    await page.reload();
    await page.getByRole('button', { name: 'Đã lưu (1) · 1 mới' }).click();
    expect(await findFaults(page)).toEqual([]);
    await page.getByRole('link', { name: 'Giấy in', exact: true }).click();
    await page.getByText(/^Có 1 sản phẩm mới/).waitFor();
    await page.getByRole('link', { name: 'Chỉ xem những sản phẩm đó' }).click();
    await page.getByRole('heading', { level: 2, name: /Giấy in Nắng Mai/ }).waitFor();
    await page.getByText('1 kết quả', { exact: true }).waitFor();
    expect(await page.getByRole('article').count()).toBe(1);
    await page.getByRole('button', { name: /^Tải bảng/ }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: /CSV/ }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
  }, 90_000);

  it('shows how models and suppliers stand at the levels of a label, in a table for who does not see the chart', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${app.url}/?group=air-conditioner`);
    await page.getByText('Mẫu và nhà cung cấp theo mức nhãn').press('Enter');
    const table = page.getByRole('table', { name: /^Nhãn năng lượng so sánh/ });
    await table.getByRole('rowheader', { name: 'Mức 5' }).waitFor();
    expect(await table.getByRole('row').count()).toBe(6);
    expect(await findFaults(page)).toEqual([]);
    expect(await fits(page)).toBe(true);
  }, 60_000);
});

async function ask<T>(page: Page, path: string): Promise<T> {
  const answer = await page.request.get(new URL(path, page.url()).href, { failOnStatusCode: true });
  return answer.json();
}

function fits(page: Page): Promise<boolean> {
  return page.evaluate<boolean>('document.documentElement.scrollWidth <= document.documentElement.clientWidth');
}

/** A product that the operator enters, so that it stands in the catalogue at once. */
async function enterPaper({ request }: BrowserContext, url: string): Promise<void> {
  await request.post(`${url}/api/session`, { data: { demo: 'operator' }, failOnStatusCode: true });
  const name = { vi: 'Giấy in Nắng Mai (hư cấu)' };
  const data = {
    kind: 'good',
    name,
    brand: 'Nắng Mai',
    model: 'NM-70',
    group: 'office-paper',
    supplier: 'DEMO-NCC-01',
  };
  await request.post(`${url}/api/products`, { data, failOnStatusCode: true });
}
