import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { becomesTrue, describeInBrowser, openApp, type OpenApp } from '../browser/browser.ts';

describeInBrowser('the keyboard in search', () => {
  let app: OpenApp;
  let page: Page;
  const where = () => page.evaluate<string>('document.activeElement.tagName');

  beforeAll(async () => {
    app = await openApp();
    page = app.page;
  }, 180_000);
  afterAll(() => app.close(), 30_000);

  it.each([1280, 390])(
    'is never lost with what was pressed, at %d pixels',
    async (width) => {
      await page.setViewportSize({ width, height: 844 });
      await page.goto(`${app.url}/?q=${encodeURIComponent('máy lạnh 5 sao')}`);
      const understood = page.getByRole('button', { name: /^“5 sao” = / });
      await understood.press('Enter');
      await understood.waitFor({ state: 'detached' });
      expect(await where()).toBe('OUTPUT');

      await page.goto(`${app.url}/?q=giay&kind=good`);
      const drop = page.getByRole('button', { name: 'Bỏ mọi bộ lọc' });
      await drop.press('Enter');
      await drop.waitFor({ state: 'detached' });
      expect(await page.evaluate<string>('document.activeElement.ariaLabel')).toBe('Bộ lọc');

      await page.goto(`${app.url}/?q=giay&group=air-conditioner&tier=A`);
      await page.getByRole('link', { name: 'Bỏ mọi bộ lọc' }).press('Enter');
      await page.getByRole('article').first().waitFor();
      expect(await where()).toBe('OUTPUT');
    },
    60_000,
  );

  it('asks for one code after another without leaving the field, and hears each answer', async () => {
    await page.goto(`${app.url}/find`);
    await page.getByRole('textbox', { name: /^Mã hoặc địa chỉ/ }).focus();
    for (const [code, answer] of [
      ['MX-A4-70S', /không có nhãn nào còn hiệu lực/],
      ['MX-A4-70', /có nhãn còn hiệu lực/],
    ] as const) {
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(code);
      await page.keyboard.press('Enter');
      await page.getByRole('status').filter({ hasText: answer }).waitFor();
      expect(await where()).toBe('INPUT');
    }
  }, 60_000);

  it('comes back from a product to the place where it was opened', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${app.url}/?kind=good`);
    const eighth = page.getByRole('article').nth(7).getByRole('link').first();
    await eighth.focus();
    await eighth.scrollIntoViewIfNeeded();
    await page.waitForTimeout(200);
    const before = await page.evaluate<number>('scrollY');
    expect(before).toBeGreaterThan(844);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/products\//);
    await page.getByRole('heading', { level: 2, name: 'Nhãn và hiệu lực' }).waitFor();
    expect(await becomesTrue(page, 'scrollY === 0', 2000)).toBe(true);
    expect(await page.getByRole('link', { name: '← Tìm sản phẩm' }).getAttribute('href')).toBe('/?kind=good');
    await page.goBack();
    expect(await becomesTrue(page, `Math.abs(scrollY - ${before}) < 2`, 5000)).toBe(true);
  }, 60_000);
});
