import './browser-parts.ts';
import { expect, it, jest } from '@jest/globals';
import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { ExportMenu } from '../../client/src/ui/export/export-menu.tsx';
import { renderWith } from './render.tsx';

it.each([
  [true, /^xanh-don-mua-phan-dau-/],
  [false, /^xanh-don-mua-\d/],
])('a CSV says in its name whether it is only the first part: %s', async (isCut, name) => {
  const names: string[] = [];
  URL.createObjectURL = () => 'blob:x';
  jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    names.push(this.download);
  });
  const load = async () => ({ rows: ['a'], total: 12_000, isCut });
  renderWith(<ExportMenu download={{ title: 'Đơn mua', columns: [{ name: 'Tên', value: (row) => row }], load }} />, {
    'GET /api/me': { body: { actor: null, demo: false, today: '2026-11-24', demoRoles: [] } },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Tải bảng: Đơn mua' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'CSV' }));
  await waitFor(() => expect(names).toEqual([expect.stringMatching(name)]));
});
