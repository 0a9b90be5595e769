import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Letter } from '../../schemas/types.d.ts';
import { describeInBrowser, findFaults, openApp, type OpenApp } from '../browser/browser.ts';

const account = { email: 'an.luu@example.vn', password: 'một câu dài dễ nhớ' };

describeInBrowser('what a person saves', () => {
  let app: OpenApp;
  let browser: Browser;
  beforeAll(async () => {
    app = await openApp('operator');
    browser = app.page.context().browser()!;
    await invite(app);
  }, 180_000);
  afterAll(() => app.close(), 30_000);

  const context = async (width: number): Promise<BrowserContext> => {
    const opened = await browser.newContext({ viewport: { width, height: 844 } });
    opened.setDefaultTimeout(20_000);
    await opened.addInitScript("localStorage.setItem('xanh.language', 'vi')");
    return opened;
  };
  const signIn = (one: BrowserContext) =>
    one.request.post(`${app.url}/api/auth/sign-in`, { data: account, failOnStatusCode: true });

  it('is taken along from the browser and kept by the keyboard, and is there on another machine', async () => {
    const first = await context(1280);
    const page = await first.newPage();
    await page.goto(`${app.url}/?q=giay&tier=A`);
    await keep(page, 'Giấy có nhãn');
    await signIn(first);
    await page.reload();
    await page.getByRole('button', { name: 'Đã lưu · 1 chờ chuyển' }).press('Enter');
    await page.getByText('Trình duyệt này còn giữ 1 mục').waitFor();
    expect(await findFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Chuyển vào tài khoản' }).press('Enter');
    await page.getByRole('link', { name: 'Giấy có nhãn', exact: true }).waitFor();
    expect(await page.evaluate<string>("localStorage.getItem('xanh.saved')")).toBe('[]');
    await page.keyboard.press('Escape');
    await page.goto(`${app.url}/?group=air-conditioner`);
    await keep(page, 'Máy lạnh');

    const second = await context(390);
    const phone = await second.newPage();
    await signIn(second);
    await phone.goto(app.url);
    await phone.getByRole('button', { name: 'Đã lưu (2)' }).press('Enter');
    await phone.getByText('chỉ mình bạn thấy').waitFor();
    expect(await findFaults(phone)).toEqual([]);
    expect(await fits(phone)).toBe(true);
    await phone.getByRole('button', { name: 'Đổi tên “Máy lạnh”' }).press('Enter');
    await phone.keyboard.type('Điều hòa');
    await phone.keyboard.press('Enter');
    await phone.getByRole('link', { name: 'Điều hòa', exact: true }).waitFor();
    const drop = phone.getByRole('button', { name: 'Xóa “Giấy có nhãn”' });
    await drop.press('Enter');
    await drop.waitFor({ state: 'detached' });
    expect(await phone.evaluate<string>('document.activeElement.textContent')).toBe('Đã lưu');
    await phone.getByRole('button', { name: 'Hoàn tác' }).press('Enter');
    await phone.getByRole('button', { name: 'Đã lưu (2)' }).press('Enter');
    expect(await phone.getByRole('dialog').getByRole('link').allInnerTexts()).toEqual(['Giấy có nhãn', 'Điều hòa']);

    await page.reload();
    await page.getByRole('button', { name: 'Đã lưu (2)' }).press('Enter');
    await page.getByRole('link', { name: 'Điều hòa', exact: true }).waitFor();
    await page.getByRole('link', { name: 'Điều hòa', exact: true }).press('Enter');
    await page.waitForURL(/group=air-conditioner/);
  }, 90_000);
});

async function keep(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Đã lưu/ }).press('Enter');
  await page.getByRole('textbox', { name: /^Tên/ }).fill(name);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name, exact: true }).waitFor();
}

/** Makes the account: an invitation by the operator, accepted by its link. */
async function invite({ url, page }: OpenApp): Promise<void> {
  const { request } = page.context();
  const { email, password } = account;
  const invitation = { email, role: 'officer', org: 'DEMO-TM' };
  await request.post(`${url}/api/invitations`, { data: invitation, failOnStatusCode: true });
  let token: string | undefined;
  while (token === undefined) {
    await page.waitForTimeout(200);
    const { items } = (await (await request.get(`${url}/api/outbox`)).json()) as { items: Letter[] };
    token = /#(\S+)/.exec(items.find(({ to }) => to === email)?.text ?? '')?.[1];
  }
  const accepted = { token, email, name: 'Trần Thị An', password };
  await request.post(`${url}/api/invitations/acceptance`, { data: accepted, failOnStatusCode: true });
}

function fits(page: Page): Promise<boolean> {
  return page.evaluate<boolean>('document.documentElement.scrollWidth <= document.documentElement.clientWidth');
}
