import './browser-parts.ts';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Notifications } from '@mantine/notifications';
import { act, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { SavedMenu } from '../../client/src/ui/saved/saved-menu.tsx';
import { findFaults, renderWith } from './render.tsx';
import type { Answers } from './render.tsx';

beforeEach(() => localStorage.clear());

describe('saved questions', () => {
  it('keep the address under a name, are renamed, dropped, and brought back', async () => {
    renderWith(
      <>
        <Notifications />
        <SavedMenu page="register" />
      </>,
      {},
      '/certificates?scheme=VN-ECOLABEL&status=valid',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Đã lưu' }));
    await userEvent.type(await screen.findByRole('textbox', { name: /^Tên/ }), 'Nhãn Việt Nam');
    await userEvent.click(screen.getByRole('button', { name: 'Lưu' }));
    const link = await screen.findByRole('link', { name: 'Nhãn Việt Nam' });
    expect(link.getAttribute('href')).toBe('/certificates?scheme=VN-ECOLABEL&status=valid');
    expect(await findFaults()).toEqual([]);

    await userEvent.click(screen.getByRole('button', { name: 'Đổi tên “Nhãn Việt Nam”' }));
    const [name] = screen.getAllByRole('textbox', { name: /^Tên/ });
    if (name === undefined) throw new Error('no field for the name');
    await userEvent.clear(name);
    await userEvent.type(name, 'Còn hiệu lực{Enter}');
    await screen.findByRole('link', { name: 'Còn hiệu lực' });
    expect(localStorage.getItem('xanh.saved')).toContain('Còn hiệu lực');

    await userEvent.click(screen.getByRole('button', { name: 'Xóa “Còn hiệu lực”' }));
    await waitFor(() => expect(screen.queryByRole('link', { name: 'Còn hiệu lực' })).toBeNull());
    expect(localStorage.getItem('xanh.saved')).toBe('[]');
    await userEvent.click(screen.getByRole('button', { name: 'Hoàn tác' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Đã lưu (1)' }));
    await screen.findByRole('link', { name: 'Còn hiệu lực' });
  });

  it('say how much is new in a search since it was looked at, asked of the server in one call', async () => {
    const search = { page: 'search', query: '?q=giay&priority=true&attr.grammage=70..' };
    const since = '2026-03-01T00:00:00.000Z';
    const seen = { ...search, id: '1', name: 'Giấy' };
    const unseen = { ...search, id: '2', name: 'Chưa xem', query: '?tier=A' };
    // Under the name that it had before.
    localStorage.setItem('xanh.saved', JSON.stringify([{ ...seen, seenAt: since }, unseen]));
    const countedAt = '2026-03-14T03:00:00.000Z';
    const calls = renderWith(<SavedMenu page="search" />, {
      'POST /api/products/news': { body: { countedAt, counts: [3, 0] } },
    });
    await act(async () => window.dispatchEvent(new StorageEvent('storage', { key: 'xanh.saved' })));
    await userEvent.click(await screen.findByRole('button', { name: 'Đã lưu (2) · 3 mới' }));
    await screen.findByText('3 mới từ 01/03/2026 07:00');
    expect(calls.find(({ path }) => path === '/api/products/news')?.body).toEqual({
      searches: [{ asked: { q: 'giay', priority: true, attr: { grammage: '70..' } }, since }, { asked: { tier: 'A' } }],
    });
    expect(await findFaults()).toEqual([]);
    await userEvent.click(screen.getByRole('link', { name: 'Giấy' }));
    expect(JSON.parse(localStorage.getItem('xanh.saved') ?? '')).toEqual([
      { ...seen, seenUntil: countedAt },
      { ...unseen, seenUntil: countedAt },
    ]);
  });

  it('of another page are not shown', async () => {
    localStorage.setItem('xanh.saved', '[]');
    renderWith(<SavedMenu page="share" />, {}, '/share');
    await userEvent.click(screen.getByRole('button', { name: 'Đã lưu' }));
    await screen.findByText(/Chưa lưu câu hỏi nào/);
    expect(screen.queryByRole('link')).toBeNull();
  });

  describe('of who is signed in as a person', () => {
    const person = { id: 'p1', name: 'Trần An', email: 'an@example.vn', secondFactor: false };
    const me = { actor: null, demoRoles: [], demo: true, today: '2026-11-24', person, memberships: [] };
    const kept = {
      id: 'k1',
      page: 'share',
      name: 'Theo quý',
      query: '?groupBy=quarter',
      keptAt: '2026-11-24T03:00:00Z',
    };
    const here = { id: 'b1', page: 'share', name: 'Theo tỉnh', query: '?groupBy=province' };
    const listOf = (...items: object[]) => ({ body: { items, total: items.length, next: null } });
    const open = async (answers: Answers, inBrowser: object[] = []) => {
      localStorage.setItem('xanh.saved', JSON.stringify(inBrowser));
      const calls = renderWith(
        <>
          <Notifications />
          <SavedMenu page="share" />
        </>,
        { 'GET /api/me': { body: me }, 'GET /api/saved': listOf(kept), ...answers },
        '/share?tiers=A',
      );
      await act(async () => window.dispatchEvent(new StorageEvent('storage', { key: 'xanh.saved' })));
      return calls;
    };

    it('are those of the account: kept, renamed, dropped there, and brought back to their place', async () => {
      const renamed = { ...kept, name: 'Quý' };
      const calls = await open({
        'POST /api/saved': listOf(kept),
        'PATCH /api/saved/k1': listOf(renamed),
        'DELETE /api/saved/k1': { body: null },
      });
      await userEvent.click(await screen.findByRole('button', { name: 'Đã lưu (1)' }));
      await screen.findByText(/chỉ mình bạn thấy/);
      expect(await findFaults()).toEqual([]);
      await userEvent.click(screen.getByRole('button', { name: 'Đổi tên “Theo quý”' }));
      await userEvent.keyboard('Quý{Enter}');
      await screen.findByRole('link', { name: 'Quý' });
      await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Đổi tên “Quý”'));
      await userEvent.click(screen.getByRole('button', { name: 'Xóa “Quý”' }));
      await screen.findByText(/Chưa lưu câu hỏi nào/);
      expect(document.activeElement?.textContent).toBe('Đã lưu');
      await userEvent.click(screen.getByRole('button', { name: 'Hoàn tác' }));
      await waitFor(() => expect(screen.getByRole('button', { name: 'Đã lưu (1)' })).toBeTruthy());
      expect(calls.filter(({ body }) => body !== undefined).map(({ path, body }) => [path, body])).toEqual([
        ['/api/saved/k1', { name: 'Quý' }],
        ['/api/saved', { items: [{ page: 'share', name: 'Quý', query: kept.query }], place: 0 }],
      ]);
      expect(localStorage.getItem('xanh.saved')).toBe('[]');
    });

    it('are joined by those of the browser, once the person takes them along', async () => {
      const calls = await open({ 'POST /api/saved': listOf(kept, { ...here, id: 'k2', keptAt: kept.keptAt }) }, [here]);
      await userEvent.click(await screen.findByRole('button', { name: 'Đã lưu (1) · 1 chờ chuyển' }));
      await screen.findByText('Theo tỉnh');
      expect(await findFaults()).toEqual([]);
      await userEvent.click(screen.getByRole('button', { name: 'Chuyển vào tài khoản' }));
      await screen.findByRole('link', { name: 'Theo tỉnh' });
      const { id: _id, ...sent } = here;
      expect(calls.at(-1)?.body).toEqual({ items: [sent] });
      expect(localStorage.getItem('xanh.saved')).toBe('[]');
      screen.getByRole('button', { name: 'Đã lưu (2)' });
    });

    it('stay in the browser where the account has no room, or where they are to be left there', async () => {
      const title = 'Mỗi người lưu nhiều nhất 100 mục; hãy xóa bớt rồi lưu lại';
      const full = { type: 'about:blank', title, detail: title, status: 409, code: 'TOO_MANY_SAVED' };
      await open({ 'POST /api/saved': { status: 409, body: full } }, [here]);
      await userEvent.click(await screen.findByRole('button', { name: 'Đã lưu (1) · 1 chờ chuyển' }));
      await userEvent.click(await screen.findByRole('button', { name: 'Chuyển vào tài khoản' }));
      await screen.findByText(title);
      expect(JSON.parse(localStorage.getItem('xanh.saved') ?? '')).toEqual([here]);
      await userEvent.click(screen.getByRole('button', { name: 'Để lại đây' }));
      await screen.findByRole('button', { name: 'Đã lưu (1)' });
      expect(JSON.parse(localStorage.getItem('xanh.saved') ?? '')).toEqual([{ ...here, leftBy: ['p1'] }]);
    });

    it('are asked for again where they could not be had', async () => {
      const down = { type: 'about:blank', title: 'Kho dữ liệu không trả lời', status: 503, code: 'BUSY' };
      await open({ 'GET /api/saved': { status: 503, body: down } });
      await userEvent.click(await screen.findByRole('button', { name: 'Đã lưu' }));
      await screen.findByText(down.title);
      screen.getByRole('button', { name: 'Thử lại' });
      expect(await findFaults()).toEqual([]);
    });
  });
});
