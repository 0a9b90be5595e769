import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Application, Complaint, Purchase, SearchResult } from '../../schemas/types.d.ts';
import { becomesTrue, describeInBrowser, findFaults, launch } from './browser.ts';
import { startApp } from './server.ts';
import type { RunningApp } from './server.ts';

type Role = 'officer' | 'certifier' | 'supplier' | 'operator' | 'anyone';

/** Every page with its heading, and who looks at it. */
const pages: { path: string; role: Role; vi: RegExp; en: RegExp }[] = [
  { path: '/', role: 'anyone', vi: /Tìm sản phẩm/, en: /Find green products/ },
  { path: '/?q=xyzxyz', role: 'anyone', vi: /Tìm sản phẩm/, en: /Find green products/ },
  { path: '/products/:product?on=2026-01-15', role: 'certifier', vi: /hư cấu/, en: /fictional/ },
  { path: '/purchases', role: 'officer', vi: /Đơn mua/, en: /Purchases/ },
  { path: '/purchases', role: 'anyone', vi: /Đơn mua/, en: /Purchases/ },
  { path: '/purchases/new', role: 'officer', vi: /Ghi đơn mua/, en: /Record a purchase/ },
  { path: '/purchases/import', role: 'officer', vi: /Nhập sổ mua sắm/, en: /Import a ledger/ },
  { path: '/purchases/:purchase', role: 'officer', vi: /Đơn mua/, en: /Purchase/ },
  { path: '/share', role: 'anyone', vi: /Tỷ lệ mua sắm xanh/, en: /Green share/ },
  { path: '/share?agency=DEMO-TM&tiers=A,B', role: 'anyone', vi: /Tỷ lệ mua sắm xanh/, en: /Green share/ },
  { path: '/certificates', role: 'anyone', vi: /Sổ chứng nhận/, en: /Certificate register/ },
  { path: '/certificates?number=no-such', role: 'anyone', vi: /Sổ chứng nhận/, en: /Certificate register/ },
  { path: '/certificates/new', role: 'certifier', vi: /Ghi chứng nhận vào sổ/, en: /Register a certificate/ },
  { path: '/certificates/:certificate?on=2026-01-15', role: 'anyone', vi: /^Chứng nhận/, en: /^Certificate/ },
  { path: '/certificates/:certificate/extract', role: 'anyone', vi: /Trích lục/, en: /extract/ },
  { path: '/priority-lists', role: 'operator', vi: /Danh mục ưu tiên/, en: /Priority list/ },
  { path: '/priority-lists/DEMO-DM-2', role: 'anyone', vi: /Danh mục ưu tiên/, en: /priority list/ },
  { path: '/priority-lists/DEMO-DM-3/edit', role: 'operator', vi: /Sửa bản nháp/, en: /Edit the draft/ },
  { path: '/priority-lists/new', role: 'operator', vi: /Soạn bản mới/, en: /Draft an edition/ },
  {
    path: '/share/lines?from=2026-09-01&to=2026-11-24&groupBy=group&key=office-paper&part=green',
    role: 'operator',
    vi: /Dòng xanh/,
    en: /Green lines/,
  },
  { path: '/share/simulation?edition=DEMO-DM-3', role: 'operator', vi: /Thử theo bản/, en: /Try another edition/ },
  { path: '/priority-lists/DEMO-DM-2/diff', role: 'anyone', vi: /So sánh hai bản/, en: /Compare two editions/ },
  { path: '/priority-lists/DEMO-DM-2/correct', role: 'operator', vi: /Đính chính bản/, en: /Correct the edition/ },
  { path: '/products/new', role: 'supplier', vi: /Ghi sản phẩm/, en: /Enter a product/ },
  { path: '/products/:product/edit', role: 'operator', vi: /^Sửa:/, en: /^Edit:/ },
  { path: '/products/unreviewed', role: 'operator', vi: /chờ duyệt/, en: /wait for acceptance/ },
  { path: '/organisations', role: 'anyone', vi: /^Tổ chức/, en: /^Organisations/ },
  { path: '/organisations/DEMO-CN-NST/scorecard', role: 'certifier', vi: /^Bảng hoạt động/, en: /^Scorecard/ },
  { path: '/organisations/new', role: 'operator', vi: /Ghi tổ chức mới/, en: /Enter an organisation/ },
  { path: '/find?q=MX-A4-70S', role: 'anyone', vi: /^Tra mã/, en: /^Look up a code/ },
  { path: '/needs', role: 'supplier', vi: /^Bản đồ nhu cầu/, en: /^Map of unmet/ },
  { path: '/reference', role: 'operator', vi: /^Nhãn, tiêu chí/, en: /^Labels, criteria/ },
  { path: '/reference?part=criteria', role: 'anyone', vi: /^Nhãn, tiêu chí/, en: /^Labels, criteria/ },
  { path: '/claims', role: 'operator', vi: /^Số chứng nhận chờ/, en: /^Claimed certificate / },
  { path: '/report?kind=certificate&id=:certificate', role: 'anyone', vi: /^Báo lỗi/, en: /^Report a fault/ },
  { path: '/complaints', role: 'supplier', vi: /^Phản ánh cần xử lý/, en: /^Reports to deal with/ },
  { path: '/complaints/:complaint', role: 'operator', vi: /^Phản ánh PA-/, en: /^Report PA-/ },
  { path: '/applications', role: 'certifier', vi: /^Hồ sơ chờ xử lý/, en: /^Applications to review/ },
  { path: '/applications/new', role: 'supplier', vi: /^Nộp hồ sơ/, en: /^Apply/ },
  { path: '/applications/:draft', role: 'supplier', vi: /^Hồ sơ: /, en: /^Application: / },
  { path: '/applications/:draft?step=2', role: 'supplier', vi: /^Hồ sơ: /, en: /^Application: / },
  { path: '/applications/:question?step=3', role: 'supplier', vi: /^Hồ sơ: /, en: /^Application: / },
  { path: '/applications/:evaluation', role: 'certifier', vi: /^Hồ sơ: /, en: /^Application: / },
  { path: '/sign-in', role: 'anyone', vi: /Đăng nhập/, en: /Sign in/ },
  { path: '/invitation#link', role: 'anyone', vi: /Nhận lời mời/, en: /Accept the invitation/ },
  { path: '/new-password#link', role: 'anyone', vi: /Mật khẩu mới/, en: /New password/ },
  { path: '/sign-up', role: 'anyone', vi: /^Đăng ký nhà cung cấp/, en: /^Sign up as a supplier/ },
  { path: '/sign-up/confirm#link', role: 'anyone', vi: /^Hoàn tất đăng ký/, en: /^Finish signing up/ },
  { path: '/sign-ups', role: 'operator', vi: /^Đăng ký chờ xác nhận/, en: /^Sign-ups that wait/ },
  { path: '/audit', role: 'operator', vi: /^Kiểm toán lịch sử/, en: /^Audit of the history/ },
  { path: '/account', role: 'anyone', vi: /^Tài khoản của tôi/, en: /^My account/ },
  { path: '/people?part=invitations', role: 'operator', vi: /^Người và khóa/, en: /^People and keys/ },
  { path: '/people?part=keys', role: 'operator', vi: /^Người và khóa/, en: /^People and keys/ },
  { path: '/outbox', role: 'operator', vi: /^Thư chưa gửi/, en: /^Letters not sent/ },
  { path: '/no-such-page', role: 'anyone', vi: /Không có trang này/, en: /no such page/ },
];

const roles = ['anyone', 'officer', 'certifier', 'supplier', 'operator'] as const satisfies Role[];
/** A language, the width at which axe examines it, and the other width. */
export type Look = readonly ['vi' | 'en', number, number];
export const looks: readonly Look[] = [
  ['vi', 1280, 390],
  ['en', 390, 1280],
];

/** Looks at every page in the ways that its place in the list gives, and at what pages ask of others. */
export function describeEveryPage(looksAt: (place: number) => readonly Look[]): void {
  describeInBrowser('every page', () => lookAtAll(looksAt));
}

function lookAtAll(looksAt: (place: number) => readonly Look[]): void {
  let app: RunningApp;
  let browser: Browser;
  let ids: Ids;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), launch()]);
    ids = await findRecords(browser, app.url);
  }, 180_000);

  afterAll(async () => {
    await browser.close();
    await app.stop();
  }, 30_000);

  it.each(roles)(
    'has no fault for axe and fits 1280 and 390 pixels for %s',
    async (role) => {
      const page = await (await openContext(browser, app.url, role)).newPage();
      const faults: string[] = [];
      const go = await enter(page, app.url);
      for (const [place, { path, ...headings }] of pages.filter((one) => one.role === role).entries()) {
        await go(path.replaceAll(recordsNamed, (_, kind: keyof Ids) => ids[kind]));
        for (const [language, width, other] of looksAt(place)) {
          await page.setViewportSize({ width, height: 900 });
          if (language === 'en') await switchLanguage(page, 'English');
          await page.getByRole('heading', { level: 1, name: headings[language] }).waitFor();
          expect(await becomesTrue(page, "document.title.endsWith(' · Xanh')")).toBe(true);
          await page.getByText(/ở đây là hư cấu\.|here is fictional\./).waitFor();
          await settle(page);
          // Structure and colours are those of both languages: each width is examined in one of them.
          const found = await findFaults(page);
          if (await isTooWide(page)) found.push('scrolls sideways');
          await page.setViewportSize({ width: other, height: 900 });
          await settle(page);
          if (await isTooWide(page)) found.push(`scrolls sideways at ${other}`);
          faults.push(...found.map((fault) => `${path} at ${width} in ${language}: ${fault}`));
        }
        if (looksAt(place).some(([language]) => language === 'en')) await switchLanguage(page, 'Tiếng Việt');
      }
      expect(faults).toEqual([]);
    },
    120_000,
  );

  it('asks nothing of another host and breaks none of its own content rules', async () => {
    const page = await (await openContext(browser, app.url, 'anyone')).newPage();
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
  }, 60_000);
}

const recordsNamed = /:(product|purchase|certificate|complaint|draft|question|evaluation)/g;

/** Records that the pages are looked at with. */
interface Ids {
  product: string;
  purchase: string;
  certificate: string;
  complaint: string;
  draft: string;
  question: string;
  evaluation: string;
}

/** A browser that is signed in, in Vietnamese. */
async function openContext(browser: Browser, url: string, role: Role): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await context.addInitScript("localStorage.setItem('xanh.language', 'vi')");
  if (role !== 'anyone')
    await context.request.post(`${url}/api/session`, { data: { demo: role }, failOnStatusCode: true });
  return context;
}

async function switchLanguage(page: Page, name: 'English' | 'Tiếng Việt'): Promise<void> {
  await page.getByRole('button', { name }).click();
}

/**
 * Opens the app once and gives the way from page to page inside it, as its links go; nothing is loaded and parsed anew but
 * what a page brings.
 */
async function enter(page: Page, url: string): Promise<(path: string) => Promise<void>> {
  let open = 0;
  page.on('request', () => (open += 1));
  page.on('requestfinished', () => (open -= 1));
  page.on('requestfailed', () => (open -= 1));
  await page.goto(url);
  return async (path) => {
    await page.evaluate(
      `history.pushState({}, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'))`,
    );
    let quiet = 0;
    while (quiet < 3) {
      await page.waitForTimeout(40);
      quiet = open === 0 ? quiet + 1 : 0;
    }
  };
}

/** Nothing is on its way any more. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
}

/** It is so after a moment too: parts may take a new width only with the next frames. */
async function isTooWide(page: Page): Promise<boolean> {
  const fits = 'document.documentElement.scrollWidth <= document.documentElement.clientWidth';
  return !(await becomesTrue(page, fits, 2000));
}

async function findRecords(browser: Browser, url: string): Promise<Ids> {
  const { request } = await openContext(browser, url, 'officer');
  const products: SearchResult = await (await request.get(`${url}/api/products?tier=A`)).json();
  const purchases: { items: Purchase[] } = await (await request.get(`${url}/api/purchases?limit=100`)).json();
  const corrected = purchases.items.find(({ corrections }) => corrections.length > 0) ?? purchases.items[0];
  const reported = await request.post(`${url}/api/complaints`, {
    data: {
      subject: { kind: 'product', id: products.items[0]?.id },
      ground: 'dataWrong',
      text: 'Khối lượng tịnh trên bao khác với sổ (hư cấu).',
    },
    failOnStatusCode: true,
  });
  const complaint: Complaint = await reported.json();
  return {
    complaint: complaint.id,
    product: products.items[0]?.id ?? '',
    purchase: corrected?.id ?? '',
    certificate: products.items[0]?.labels[0]?.certificate ?? '',
    draft: await applicationOf(browser, url, 'supplier', 'draft'),
    question: await applicationOf(browser, url, 'supplier', 'clarification'),
    evaluation: await applicationOf(browser, url, 'certifier', 'underEvaluation'),
  };
}

async function applicationOf(
  browser: Browser,
  url: string,
  role: Role,
  status: Application['status'],
): Promise<string> {
  const { request } = await openContext(browser, url, role);
  const { items }: { items: Application[] } = await (
    await request.get(`${url}/api/applications?status=${status}`)
  ).json();
  return items[0]?.id ?? '';
}
