import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Letter } from '../../schemas/types.d.ts';
import { codeOf } from '../support/people.ts';
import { describeInBrowser, openApp, type OpenApp } from '../browser/browser.ts';

const [email, password] = ['an.moi@example.vn', 'một câu dài dễ nhớ'];

describeInBrowser('an account', () => {
  let app: OpenApp;
  beforeAll(async () => {
    app = await openApp('operator');
  }, 180_000);
  afterAll(() => app.close(), 30_000);

  it('is made by an invitation, protected by a second factor, and entered with its code', async () => {
    const { page, url } = app;
    await page.goto(`${url}/people?part=invitations`);
    await page.getByLabel('Địa chỉ thư điện tử').fill(email);
    await page.getByLabel('Vai trò').selectOption('auditor');
    await page.getByRole('button', { name: 'Gửi lời mời' }).click();
    await page.getByText(`Lời mời đang được gửi đến ${email}.`).waitFor();
    let text = '';
    for (let tries = 0; text === '' && tries < 50; tries++) {
      await page.waitForTimeout(200);
      const { items } = (await (await page.request.get(`${url}/api/outbox`)).json()) as { items: Letter[] };
      text = items.find(({ to }) => to === email)?.text ?? '';
    }
    const link = new URL(/https?:\S+/.exec(text)?.[0] ?? '');

    // The address of the letter is the server's own idea of it; the test knows where it runs.
    await page.goto(`${url}${link.pathname}${link.hash}`);
    await page.getByLabel('Địa chỉ thư điện tử').fill(email);
    await page.getByLabel('Họ và tên').fill('Trần Thị An');
    await page.getByLabel('Mật khẩu', { exact: false }).and(page.locator('input')).fill(password);
    await page.getByRole('button', { name: 'Nhận lời mời' }).click();
    await page.getByRole('button', { name: 'Tài khoản: kiểm toán viên' }).click();
    await page.getByRole('menuitem', { name: 'Tài khoản của tôi' }).click();

    const factor = page.getByRole('region', { name: 'Xác thực hai lớp' });
    await factor.getByRole('button', { name: 'Bật xác thực hai lớp' }).click();
    await factor.locator('input[type=password]').fill(password);
    await factor.getByRole('button', { name: 'Tiếp tục' }).click();
    await factor.getByRole('img', { name: /Mã QR/ }).waitFor();
    await factor.getByRole('button', { name: 'Không quét được?' }).click();
    const uri = (await factor.getByRole('link', { name: /mở ứng dụng xác thực/ }).getAttribute('href')) ?? '';
    await factor.getByLabel('Sáu chữ số').fill(codeOf(uri));
    await factor.getByRole('button', { name: 'Xác nhận' }).click();
    await factor.getByText('Chúng chỉ hiện lúc này', { exact: false }).waitFor();
    await factor.getByRole('button', { name: 'Tôi đã cất giữ' }).click();
    await factor.getByText('đang bật').waitFor();

    await page.getByRole('button', { name: /^Tài khoản:/ }).click();
    await page.getByRole('menuitem', { name: 'Đăng xuất' }).click();
    await page.goto(`${url}/sign-in?to=/audit`);
    await page.getByLabel('Địa chỉ thư điện tử').fill(email);
    await page.getByLabel('Mật khẩu').and(page.locator('input')).fill(password);
    await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
    await page.getByLabel('Mã xác thực').fill(codeOf(uri));
    await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();

    await page.getByRole('heading', { level: 1, name: 'Kiểm toán lịch sử' }).waitFor();
    await page.getByRole('button', { name: 'Kiểm tra ngay' }).click();
    await page.getByText(/^Mọi thứ đều khớp/).waitFor();
    expect(await page.getByText(/lần ghi của .* bản ghi và .* niêm phong đều khớp/).count()).toBe(1);
  }, 120_000);
});
