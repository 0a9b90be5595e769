import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser, openApp, type OpenApp } from '../browser/browser.ts';

const green = { name: /Đèn LED panel 600 x 600/, certificate: '056/2026/DEMO', amount: 12_400_000n };
const plain = { name: /Máy photocopy màu Mẫu Số PC25/, amount: 45_600_000n };

describeInBrowser('the main job', () => {
  let app: OpenApp;
  let page: Page;

  beforeAll(async () => {
    app = await openApp();
    page = app.page;
  }, 180_000);
  afterAll(() => app.close(), 30_000);

  it('finds a labelled product, buys it, and sees the share move by exactly that and back again', async () => {
    await page.goto(app.url);
    await continueAs(page, 'cán bộ mua sắm');

    // Search without marks and with a typo, open, and check the certificate on a past day.
    await search(page, 'den led am tran');
    await page.getByRole('article').filter({ hasText: green.name }).waitFor();
    await search(page, 'den led pannel');
    await page.getByRole('link', { name: green.name }).click();
    await page.getByRole('heading', { level: 1, name: green.name }).waitFor();
    await page.getByText(/Mua vào 24\/11\/2026 thì tính là xanh, hạng A/).waitFor();
    await page.getByLabel('Kiểm tra vào ngày').fill('15/01/2026');
    await page.getByText(/Mua vào 15\/01\/2026 thì không tính là xanh/).waitFor();
    await page.getByText(/Chứng nhận chưa bắt đầu có hiệu lực/).waitFor();
    const productAddress = page.url();

    // Two lines into the basket: one green, one not.
    await page.getByRole('button', { name: /Thêm vào giỏ/ }).click();
    await page.getByRole('link', { name: 'Tìm sản phẩm', exact: true }).first().click();
    await search(page, 'may photocoppy mau so');
    await page
      .getByRole('article')
      .filter({ hasText: plain.name })
      .getByRole('button', { name: /Thêm vào giỏ/ })
      .click();

    const before = await readShare(page, app.url);

    // The form, then both decisions with their reasons before anything is written.
    await page.getByRole('link', { name: 'Giỏ mua: 2 sản phẩm' }).click();
    await fillForm(page);
    await page.getByRole('button', { name: 'Xem trước cách xét từng dòng' }).click();
    const decisions = page.getByRole('list', { name: 'Kết luận từng dòng' });
    const [first, second] = [decisions.locator('> li').nth(0), decisions.locator('> li').nth(1)];
    await first.getByText('Xanh · hạng A').waitFor();
    await first.getByText(new RegExp(`Căn cứ: Nhãn sinh thái Việt Nam, số ${green.certificate}`)).waitFor();
    await second.getByText('Không xanh', { exact: true }).waitFor();
    await second.getByText('Sổ đăng ký không có chứng nhận nào cho sản phẩm này.').waitFor();
    const besides = await page.context().newPage();
    expect((await readShare(besides, app.url)).A).toEqual(before.A);
    await besides.close();
    await page.getByRole('button', { name: 'Ghi vào sổ' }).click();
    await page.getByRole('heading', { level: 1, name: 'Đơn mua HD-TEST/2026' }).waitFor();
    const purchaseAddress = page.url();

    // The dashboard moves by exactly that amount.
    const bought = await readShare(page, app.url);
    expect(bought.A).toEqual({
      numerator: before.A.numerator + green.amount,
      denominator: before.A.denominator + green.amount + plain.amount,
    });
    expect(bought.AB.numerator).toBe(before.AB.numerator + green.amount);

    // Revoke the certificate from a day before the purchase.
    await page.waitForTimeout(1100);
    const knownBefore = new Date();
    await page.waitForTimeout(2100);
    await continueAs(page, 'tổ chức chứng nhận');
    await page.goto(productAddress.replace(/\?.*/, ''));
    await revoke(page, '23/11/2026');
    await page.getByText('Đã ghi sự kiện').waitFor();
    await page.getByText(/Mua vào 24\/11\/2026 thì không tính là xanh/).waitFor();

    // As known now the line is no longer green; as known before the revocation it still is.
    await expect(readShareOnce(page, app.url, before.A.numerator)).resolves.toEqual({
      numerator: before.A.numerator,
      denominator: bought.A.denominator,
    });
    await knowAt(page, knownBefore);
    await page.waitForURL(/knownAt=/);
    await untilNumerator(page, bought.A.numerator);
    expect(await readFigure(page, 'Hạng A')).toEqual(bought.A);

    // The purchase says both: what is decided now, and what was decided before.
    await continueAs(page, 'cán bộ mua sắm');
    await page.goto(purchaseAddress);
    await page.getByText('Vào 24/11/2026 chứng nhận đã bị thu hồi.').waitFor();
    await page.getByRole('button', { name: 'Xem 1 kết luận trước' }).click();
    await page.getByText('Xanh · hạng A').waitFor();
    await page.waitForLoadState('networkidle');
  }, 180_000);
});

interface Figure {
  numerator: bigint;
  denominator: bigint;
}

async function continueAs(page: Page, role: string): Promise<void> {
  await page.getByRole('button', { name: /^Tài khoản/ }).click();
  await page.getByRole('menuitem', { name: `Tiếp tục với vai trò ${role}`, exact: true }).click();
  await page.getByRole('button', { name: `Tài khoản: ${role}` }).waitFor();
}

async function search(page: Page, words: string): Promise<void> {
  const box = page.getByRole('combobox', { name: 'Tìm sản phẩm, dịch vụ' });
  await box.fill(words);
  await box.press('Enter');
  await page.waitForURL((url) => url.searchParams.get('q') === words);
}

async function fillForm(page: Page): Promise<void> {
  await page.getByLabel('Số hợp đồng, đơn hàng').fill('HD-TEST/2026');
  await page.getByRole('combobox', { name: 'Nhà cung cấp' }).fill('Ánh Mẫu');
  await page.getByRole('option', { name: /Chiếu sáng Ánh Mẫu/ }).click();
  const lines = page.getByRole('group', { name: /^Dòng \d/ });
  for (const [at, amount] of [green.amount, plain.amount].entries()) {
    await lines.nth(at).getByLabel('Số lượng').fill('2');
    await lines.nth(at).getByLabel('Thành tiền (₫)').fill(String(amount));
  }
  expect(await lines.nth(0).getByLabel('Thành tiền (₫)').inputValue()).toBe('12.400.000');
}

async function revoke(page: Page, day: string): Promise<void> {
  const card = page.getByRole('article').filter({ hasText: green.certificate });
  await card.getByRole('button', { name: 'Ghi sự kiện của chứng nhận' }).click();
  await card.getByLabel('Sự kiện').selectOption('revoked');
  await card.getByLabel(/^Ngày/).fill(day);
  await card.getByLabel('Lý do và văn bản').fill('Không còn đạt tiêu chí');
  await card.getByRole('button', { name: 'Xem hệ quả' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(new RegExp(`${green.certificate} không còn hiệu lực từ ${day}`)).waitFor();
  await dialog.getByRole('button', { name: 'Ghi sự kiện' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Both headlines of the share page, of the whole country. */
async function readShare(page: Page, url: string): Promise<{ A: Figure; AB: Figure }> {
  await page.goto(`${url}/share`);
  return { A: await readFigure(page, 'Hạng A'), AB: await readFigure(page, 'Hạng A + B') };
}

/** The first headline, once the lines are decided again. */
async function readShareOnce(page: Page, url: string, numerator: bigint): Promise<Figure> {
  await page.goto(`${url}/share`);
  await untilNumerator(page, numerator);
  return readFigure(page, 'Hạng A');
}

async function readFigure(page: Page, name: string): Promise<Figure> {
  const words = await page
    .getByRole('region', { name, exact: true })
    .getByText(/ trên [\d.]+\s₫$/)
    .textContent();
  const [numerator, denominator] = [...(words ?? '').matchAll(/[\d.]+/g)].map(([digits]) =>
    BigInt(digits.replaceAll('.', '')),
  );
  if (numerator === undefined || denominator === undefined) throw new Error(`no figure in ${words}`);
  return { numerator, denominator };
}

async function untilNumerator(page: Page, numerator: bigint): Promise<void> {
  const digits = new Intl.NumberFormat('vi-VN').format(numerator);
  await page
    .getByRole('region', { name: 'Hạng A', exact: true })
    .getByText(new RegExp(`^${digits.replaceAll('.', '\\.')}\\s₫ trên`))
    .waitFor();
}

/** Asks for what the register knew at a moment, by the controls of the page. */
async function knowAt(page: Page, moment: Date): Promise<void> {
  const inVietnam = new Date(moment.getTime() + 7 * 3_600_000).toISOString();
  const [year, month, day] = inVietnam.slice(0, 10).split('-');
  await page.getByText('Một thời điểm').click();
  await page.getByLabel('Ngày', { exact: true }).fill(`${day}/${month}/${year}`);
  await page.getByLabel(/^Giờ Việt Nam/).fill(inVietnam.slice(11, 19));
}
