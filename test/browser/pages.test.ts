import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Purchase, SearchResult } from '../../schemas/types.d.ts';
import { describeInBrowser, findFaults, launch } from './browser.ts';
import { startApp } from './server.ts';
import type { RunningApp } from './server.ts';

type Role = 'officer' | 'certifier' | null;

/** Every page with its heading, and who looks at it. */
const pages: { path: string; role: Role; vi: RegExp; en: RegExp }[] = [
  { path: '/', role: null, vi: /Tìm sản phẩm/, en: /Find green products/ },
  { path: '/?q=xyzxyz', role: null, vi: /Tìm sản phẩm/, en: /Find green products/ },
  { path: '/products/:product?on=2026-01-15', role: 'certifier', vi: /hư cấu/, en: /fictional/ },
  { path: '/purchases', role: 'officer', vi: /Đơn mua/, en: /Purchases/ },
  { path: '/purchases', role: null, vi: /Đơn mua/, en: /Purchases/ },
  { path: '/purchases/new', role: 'officer', vi: /Ghi đơn mua/, en: /Record a purchase/ },
  { path: '/purchases/:purchase', role: 'officer', vi: /Đơn mua/, en: /Purchase/ },
  { path: '/share', role: null, vi: /Tỷ lệ mua sắm xanh/, en: /Green share/ },
  { path: '/share?agency=DEMO-TM&tiers=A,B', role: null, vi: /Tỷ lệ mua sắm xanh/, en: /Green share/ },
  { path: '/sign-in', role: null, vi: /Đăng nhập/, en: /Sign in/ },
  { path: '/no-such-page', role: null, vi: /Không có trang này/, en: /no such page/ },
];

describeInBrowser('every page', () => {
  let app: RunningApp;
  let browser: Browser;
  let ids: { product: string; purchase: string };

  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), launch()]);
    ids = await findRecords(browser, app.url);
  }, 180_000);

  afterAll(async () => {
    await browser.close();
    await app.stop();
  }, 30_000);

  describe.each(['vi', 'en'] as const)('in the language %s', (language) => {
    it.each([1280, 390])(
      'has no fault for axe and fits %d pixels',
      async (width) => {
        const faults: string[] = [];
        for (const { path, role, ...headings } of pages) {
          const context = await openContext(browser, { language, width });
          if (role !== null) await signIn(context, app.url, role);
          const page = await context.newPage();
          await page.goto(app.url + path.replace(':product', ids.product).replace(':purchase', ids.purchase));
          await page.getByRole('heading', { level: 1, name: headings[language] }).waitFor();
          await settle(page);
          faults.push(...(await findFaults(page)).map((fault) => `${path}: ${fault}`));
          if (await isTooWide(page)) faults.push(`${path}: scrolls sideways`);
          if ((await page.getByText(/hư cấu\.|is fictional\./).count()) === 0)
            faults.push(`${path}: does not say that it is fictional`);
          expect(await page.title()).toMatch(/ · Xanh$/);
          await context.close();
        }
        expect(faults).toEqual([]);
      },
      120_000,
    );
  });

  it('asks nothing of another host and breaks none of its own content rules', async () => {
    const context = await openContext(browser, { language: 'vi', width: 1280 });
    const page = await context.newPage();
    const foreign: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(app.url)) foreign.push(request.url());
    });
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) foreign.push(message.text());
    });
    for (const path of ['/', '/share', `/products/${ids.product}`]) {
      await page.goto(app.url + path);
      await settle(page);
    }
    expect(foreign).toEqual([]);
    await context.close();
  }, 60_000);
});

async function openContext(browser: Browser, how: { language: 'vi' | 'en'; width: number }): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: how.width, height: 900 } });
  await context.addInitScript(`localStorage.setItem('xanh.language', '${how.language}')`);
  return context;
}

async function signIn(context: BrowserContext, url: string, demo: string): Promise<void> {
  const answer = await context.request.post(`${url}/api/session`, { data: { demo } });
  expect(answer.status()).toBeLessThan(300);
}

/** Nothing is on its way any more. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
}

function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth');
}

async function findRecords(browser: Browser, url: string): Promise<{ product: string; purchase: string }> {
  const context = await openContext(browser, { language: 'vi', width: 1280 });
  await signIn(context, url, 'officer');
  const products: SearchResult = await (await context.request.get(`${url}/api/products?tier=A`)).json();
  const purchases: { items: Purchase[] } = await (await context.request.get(`${url}/api/purchases?limit=100`)).json();
  const corrected = purchases.items.find(({ corrections }) => corrections.length > 0) ?? purchases.items[0];
  await context.close();
  return { product: products.items[0]?.id ?? '', purchase: corrected?.id ?? '' };
}
