import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { startApp } from './server.ts';

const executablePath = '/usr/bin/chromium';
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const calm = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const isThere = existsSync(executablePath);
if (!isThere)
  process.stderr.write(`There is no ${executablePath}: the browser tests are skipped, and fail where CI is set.\n`);

/** Describes what needs a browser: skipped where there is no Chromium, a failure to start it where `CI` is set. */
export const describeInBrowser = isThere || process.env['CI'] ? describe : describe.skip;

/** Starts Debian's Chromium. */
export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath, args: calm });
}

/** The running app in a page of a browser; `close` ends both. */
export interface OpenApp {
  url: string;
  page: Page;
  close(): Promise<void>;
}

/** Starts the app and a browser, wide, signed in as a role of the demonstration where one is named. */
export async function openApp(demo?: string): Promise<OpenApp> {
  const [app, browser] = await Promise.all([startApp(), launch()]);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(20_000);
  if (demo !== undefined)
    await context.request.post(`${app.url}/api/session`, { data: { demo }, failOnStatusCode: true });
  return {
    url: app.url,
    page: await context.newPage(),
    async close() {
      await browser.close();
      await app.stop();
    },
  };
}

/** Whether the expression comes true in the page in time; the page's own content rules keep the library from asking again. */
export async function becomesTrue(page: Page, expression: string, withinMs = 20_000): Promise<boolean> {
  for (const end = performance.now() + withinMs; performance.now() < end; await page.waitForTimeout(50))
    if (await page.evaluate<boolean>(expression)) return true;
  return false;
}

/** What axe finds on the page, each fault with where it is. */
export async function findFaults(page: Page): Promise<string[]> {
  // Once for a page: going on inside the app keeps it.
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(readFileSync(axePath, 'utf8'));
  const { violations } = await page.evaluate<AxeResults>("axe.run({ resultTypes: ['violations'], preload: false })");
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
