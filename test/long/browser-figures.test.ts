import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { ShareReport } from '../../schemas/types.d.ts';
import { describeInBrowser, openApp, type OpenApp } from '../browser/browser.ts';

const draft = 'THU-2026';
const paper = 'Giấy văn phòng';
const before = 'from=2026-03-01&to=2026-08-31';
const after = 'from=2026-09-01&to=2026-11-24';

describeInBrowser('the figures of the share', () => {
  let app: OpenApp;
  let page: Page;

  beforeAll(async () => {
    app = await openApp('operator');
    page = app.page;
  }, 180_000);
  afterAll(() => app.close(), 30_000);

  it('lead to their lines, which sum to the figure, and on to purchase and certificate and back', async () => {
    await page.goto(`${app.url}/share?${after}`);
    const { key, name, figure } = await largestGreenGroup();
    await page.getByRole('link', { name: new RegExp(`^${name}, Dòng xanh`) }).click();
    await page.getByRole('heading', { level: 1, name: 'Dòng xanh' }).waitFor();
    expect(new URL(page.url()).searchParams.get('key')).toBe(key);
    await sumOf(figure).waitFor();

    await page.getByRole('row').nth(1).getByRole('link').first().click();
    await page.getByRole('heading', { level: 1, name: /^Đơn mua / }).waitFor();
    await page
      .getByRole('link', { name: /^Căn cứ: / })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: /^Chứng nhận / }).waitFor();

    const way = page.getByRole('navigation', { name: 'Đường đến đây' });
    expect(await way.getByRole('link').allTextContents()).toEqual(['← Tỷ lệ mua sắm xanh', 'Các dòng mua', 'Đơn mua']);
    await way.getByRole('link', { name: 'Các dòng mua' }).click();
    await sumOf(figure).waitFor();
    await way.getByRole('link', { name: /Tỷ lệ mua sắm xanh/ }).click();
    await page.waitForURL((url) => url.pathname === '/share' && url.searchParams.get('from') === '2026-09-01');
  }, 120_000);

  it('are tried under a draft, beside the real ones, and nothing is recorded', async () => {
    await draftWithoutPaper();
    const real = await askShare('from=2025-01-01&to=2025-12-31');
    const simulated = await askShare(`from=2025-01-01&to=2025-12-31&edition=${draft}`);
    expect(simulated.simulation).toBe(true);
    await page.goto(`${app.url}/share/simulation?edition=${draft}`);
    await page.getByText(`Đây là mô phỏng: mọi dòng trong kỳ được xét lại như thể bản ${draft} đã áp dụng.`).waitFor();
    const coverage = page.getByRole('row', { name: /^Độ bao phủ của danh mục/ }).first();
    await coverage.waitFor();
    const words = (await coverage.textContent()) ?? '';
    expect(words).toContain(inPercent(real.measures.M3.value));
    expect(words).toContain(inPercent(simulated.measures.M3.value));
    expect(real.measures.M3.value).not.toBe(simulated.measures.M3.value);
    await page
      .getByRole('row', { name: new RegExp(`^${paper} \\(ra khỏi danh mục\\)`) })
      .first()
      .waitFor();
    expect(await askShare('from=2025-01-01&to=2025-12-31')).toMatchObject({ measures: real.measures });
  }, 120_000);

  it('change with a published edition for purchases based on or after its first day, and for no others', async () => {
    const [earlier, later] = [await readCoverage(before), await readCoverage(after)];
    // Published by another than drafted it.
    const second = { demo: 'operator', person: 2 };
    await page.context().request.post(`${app.url}/api/session`, { data: second, failOnStatusCode: true });
    await page.goto(`${app.url}/priority-lists/${draft}`);
    await page.getByRole('button', { name: 'Công bố' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/Mọi dòng mua có ngày xét từ 01\/09\/2026 trở đi sẽ được xét lại/).waitFor();
    await dialog.getByText(/Hiện có \d+ đơn mua trong khoảng đó/).waitFor();
    await dialog.getByRole('button', { name: 'Công bố bản này' }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect(untilCoverageLeaves(later)).resolves.not.toBe(later);
    expect(await readCoverage(before)).toBe(earlier);
  }, 120_000);

  async function askShare(query: string): Promise<ShareReport> {
    return (await page.request.get(`${app.url}/api/share?tiers=A&${query}`)).json();
  }

  /** The group with the most money of those with something green: it stands on top of the page's table. */
  async function largestGreenGroup(): Promise<{ key: string; name: string; figure: string }> {
    const { groups } = await askShare(`${after}&groupBy=group`);
    const green = groups.filter(({ measures }) => measures.M1.numerator !== '0');
    const size = ({ measures }: (typeof green)[number]) => Number(measures.M1.denominator);
    const [largest] = green.sort((a, b) => size(b) - size(a));
    if (largest === undefined) throw new Error('nothing is green');
    return { key: largest.key, name: largest.name.vi, figure: largest.measures.M1.numerator };
  }

  /** A draft like the edition in force, without office paper, made with the editor. */
  async function draftWithoutPaper(): Promise<void> {
    await page.goto(`${app.url}/priority-lists/new?from=DEMO-DM-2`);
    await page.getByLabel(/^Mã/).fill(draft);
    await page.getByLabel(/^Tên tiếng Việt/).fill('Danh mục thử không có giấy (hư cấu)');
    await page.getByLabel(/^Căn cứ pháp lý/).fill('Văn bản hư cấu');
    await page.getByLabel(/^Áp dụng từ ngày/).fill('01/09/2026');
    await page.getByRole('button', { name: 'Tạo bản nháp' }).click();
    await page.getByRole('heading', { level: 1, name: `Sửa bản nháp ${draft}` }).waitFor();
    await page.getByRole('button', { name: `Bỏ nhóm ${paper}` }).click();
    await page.getByRole('button', { name: 'Lưu bản nháp' }).click();
    await page.getByText(`Đã lưu bản nháp ${draft}`).waitFor();
  }

  /** The sum that stands above the lines. */
  function sumOf(digits: string) {
    const figure = new Intl.NumberFormat('vi-VN').format(BigInt(digits)).replaceAll('.', '\\.');
    return page.getByRole('paragraph').filter({ hasText: new RegExp(`^${figure}\\s₫$`) });
  }

  /** The row of coverage in the table of measures. */
  async function readCoverage(days: string): Promise<string> {
    await page.goto(`${app.url}/share?${days}`);
    const row = page.getByRole('row', { name: /^Độ bao phủ của danh mục/ });
    await row.waitFor();
    return (await row.textContent()) ?? '';
  }

  async function untilCoverageLeaves(words: string): Promise<string> {
    const until = Date.now() + 20_000;
    let now = await readCoverage(after);
    while (now === words && Date.now() < until) now = await readCoverage(after);
    return now;
  }
});

function inPercent(ratio: string | null): string {
  const twoPlaces = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return new Intl.NumberFormat('vi-VN', { style: 'percent', ...twoPlaces }).format(Number(ratio));
}
