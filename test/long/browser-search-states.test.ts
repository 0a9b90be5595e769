import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { SearchResult } from '../../schemas/types.d.ts';
import { describeInBrowser, findFaults, openApp, type OpenApp } from '../browser/browser.ts';

/** A state of search or of what hangs on it: its address, and what is done there. */
interface State {
  path: string;
  enter?: (page: Page) => Promise<void>;
}

const states: Record<string, State> = {
  everything: { path: '/' },
  'hits with words': { path: `/?q=${encodeURIComponent('giấy in')}` },
  'why a hit stands here': { path: '/?q=giay', enter: (page) => page.locator('article summary').first().click() },
  'words understood as filters': { path: `/?q=${encodeURIComponent('máy lạnh 5 sao 12000btu còn hiệu lực')}` },
  'all filters and attributes': { path: '/?group=air-conditioner', enter: openFilters },
  'news of a search': { path: '/?q=giay&changedSince=2026-01-05T00:00:00.000Z' },
  'a word that nothing has': { path: '/?q=xyzxyz' },
  'a code that is nearly another': { path: '/?q=MX-A4-70S' },
  'filters that exclude all': { path: '/?q=giay&group=air-conditioner&tier=A' },
  'the spread over levels': {
    path: '/?group=air-conditioner',
    enter: async (page) => {
      await page.locator('details > summary').first().click();
      await page.getByRole('table').first().waitFor();
    },
  },
  suggestions: {
    path: '/',
    enter: async (page) => {
      await page.getByRole('main').getByRole('combobox').first().fill('giay i');
      await page.getByRole('option').nth(3).waitFor();
    },
  },
  'a look-up not asked yet': { path: '/find' },
  'a code with a label': { path: '/find?q=MX-A4-70' },
  'a code beside a label': { path: '/find?q=MX-A4-70S' },
  'a code of nothing': { path: '/find?q=zzzz-123' },
  'a code with a wrong digit': { path: '/find?q=8930000000000' },
  'products beside each other': { path: '/compare?ids=:three' },
  'nothing to compare': { path: '/compare' },
  'a list by its link': { path: '/?ids=:three' },
};

describeInBrowser('every state of search', () => {
  let app: OpenApp;
  let three: string;

  beforeAll(async () => {
    app = await openApp();
    const answer = await app.page.request.get(`${app.url}/api/products?group=air-conditioner&limit=3`);
    const { items }: SearchResult = await answer.json();
    three = items.map(({ id }) => id).join(',');
  }, 180_000);
  afterAll(() => app.close(), 30_000);

  it.each([
    ['vi', 1280],
    ['en', 390],
    ['vi', 390],
  ] as const)(
    'has no fault for axe, fits, cuts no words and shows no day in figures of machines: %s at %d pixels',
    async (language, width) => {
      const { page } = app;
      await page.setViewportSize({ width, height: 844 });
      await page.goto(app.url);
      await page.evaluate(`localStorage.setItem('xanh.language', '${language}')`);
      const faults: string[] = [];
      for (const [name, { path, enter }] of Object.entries(states)) {
        await page.goto(app.url + path.replace(':three', three));
        await page.waitForLoadState('networkidle');
        await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
        await enter?.(page);
        const found = [...(await findFaults(page)), ...(await page.evaluate<string[]>(lookForCuts))];
        faults.push(...found.map((fault) => `${name}: ${fault}`));
      }
      expect(faults).toEqual([]);
    },
    180_000,
  );
});

/** Runs in the page: what is wider than the screen or than its own box, and days that no person would write. */
const lookForCuts = `(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  const isCut = (one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === 'hidden';
  const cut = [...document.querySelectorAll('.mantine-Button-label, .mantine-Badge-label, .mantine-Pill-label')]
    .filter((one) => one.clientWidth > 2 && isCut(one))
    .map((one) => 'cut: ' + one.textContent);
  const raw = document.body.innerText.match(/.*\\b\\d{4}-\\d{2}-\\d{2}\\b.*/g) ?? [];
  return [...(scrollWidth > clientWidth ? ['scrolls sideways'] : []), ...cut, ...raw.map((line) => 'raw: ' + line)];
})()`;

async function openFilters(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: /^(Bộ lọc|Filters)/ });
  if (await button.isVisible()) await button.click();
}
