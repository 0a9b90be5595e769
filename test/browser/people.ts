import type { Browser, Page } from 'playwright-core';

/** A wide page of somebody of the demonstration, in Vietnamese. */
export async function asPerson(browser: Browser, url: string, demo: string, person = 1): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(20_000);
  await context.addInitScript("localStorage.setItem('xanh.language', 'vi')");
  await context.request.post(`${url}/api/session`, { data: { demo, person }, failOnStatusCode: true });
  return context.newPage();
}

/** Sends what is filled in and says yes to the question whether it is meant. */
export async function confirm(page: Page, name: string, which: 'first' | 'last' = 'first'): Promise<void> {
  await page.getByRole('button', { name })[which]().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Đồng ý' }).click();
  await dialog.waitFor({ state: 'detached' });
}
