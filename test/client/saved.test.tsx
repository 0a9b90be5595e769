import './browser-parts.ts';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Notifications } from '@mantine/notifications';
import { act, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { SavedMenu } from '../../client/src/ui/saved/saved-menu.tsx';
import { findFaults, renderWith } from './render.tsx';

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
    const seen = { ...search, id: '1', name: 'Giấy', seenAt: '2026-03-01T00:00:00.000Z' };
    const unseen = { ...search, id: '2', name: 'Chưa xem', query: '?tier=A' };
    localStorage.setItem('xanh.saved', JSON.stringify([seen, unseen]));
    const countedAt = '2026-03-14T03:00:00.000Z';
    const calls = renderWith(<SavedMenu page="search" />, {
      'POST /api/products/news': { body: { countedAt, counts: [3, 0] } },
    });
    await act(async () => window.dispatchEvent(new StorageEvent('storage', { key: 'xanh.saved' })));
    await userEvent.click(await screen.findByRole('button', { name: 'Đã lưu (2) · 3 mới' }));
    await screen.findByText(/^3 mới từ /);
    expect(calls[0]?.body).toEqual({
      searches: [
        { asked: { q: 'giay', priority: true, attr: { grammage: '70..' } }, since: seen.seenAt },
        { asked: { tier: 'A' } },
      ],
    });
    expect(await findFaults()).toEqual([]);
    await userEvent.click(screen.getByRole('link', { name: 'Giấy' }));
    expect(JSON.parse(localStorage.getItem('xanh.saved') ?? '')).toEqual([
      { ...seen, seenAt: countedAt },
      { ...unseen, seenAt: countedAt },
    ]);
  });

  it('of another page are not shown', async () => {
    localStorage.setItem('xanh.saved', '[]');
    renderWith(<SavedMenu page="share" />, {}, '/share');
    await userEvent.click(screen.getByRole('button', { name: 'Đã lưu' }));
    await screen.findByText(/Chưa lưu câu hỏi nào/);
    expect(screen.queryByRole('link')).toBeNull();
  });
});
