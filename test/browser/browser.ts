import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

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

/** What axe finds on the page, each fault with where it is. */
export async function findFaults(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(axePath, 'utf8'));
  const { violations } = await page.evaluate<AxeResults>("axe.run({ resultTypes: ['violations'], preload: false })");
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
