import './browser-parts.ts';
import { expect, it } from '@jest/globals';
import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { RecordHistory } from '../../client/src/features/catalogue/record-history.tsx';
import { findFaults, renderWith } from './render.tsx';

const hash = '0'.repeat(64);
const body = { role: 'certifier', org: 'B', orgName: { vi: 'Tổ chức B' } };
const suspended = {
  type: 'suspended',
  on: '2026-11-25',
  reason: 'Mẫu không đạt',
  recordedAt: '2026-11-25T03:00:00.000Z',
};
const history = {
  kind: 'certificates',
  id: '1',
  fits: true,
  entries: [
    {
      seq: 1,
      at: '2026-11-24T03:00:00.000Z',
      action: 'entered',
      by: body,
      changes: [{ path: '/number', after: '1/X' }],
      hash,
      sealed: true,
    },
    {
      seq: 2,
      at: '2026-11-25T03:00:00.000Z',
      action: 'suspended',
      by: body,
      changes: [{ path: '/events/0', after: suspended }],
      hash,
      sealed: true,
    },
    {
      seq: 3,
      at: '2026-11-26T03:00:00.000Z',
      action: 'changed',
      by: { id: 'system' },
      changes: [
        { path: '/name/vi', before: 'Cũ', after: 'Mới' },
        { path: '/gtin', before: '123' },
      ],
      hash,
      sealed: false,
    },
  ],
};

it('tells every write once it is opened: what, by which role of whom, when, and what stood there before', async () => {
  const calls = renderWith(<RecordHistory kind="certificate" id="1" />, {
    'GET /api/certificates/1/history': { body: history },
  });
  expect(calls).toEqual([]);
  await userEvent.tab();
  await userEvent.keyboard('{Enter}');
  expect(await screen.findByText(/mọi lần ghi khớp/)).toBeTruthy();
  const [list] = screen.getAllByRole('list');
  const [latest, event, entry] = Array.from(list?.children ?? [], ({ textContent }) => textContent);
  expect(latest).toContain('Sửa · hệ thống');
  expect(latest).toContain('chờ niêm phong');
  expect(latest).toContain('Tên: Cũ thành Mới');
  expect(latest).toContain('Nội dung khác: bỏ 123');
  expect(event).toContain('Đình chỉ · tổ chức chứng nhận, Tổ chức B');
  expect(event).toContain('Sự kiện: thêm Đình chỉ · 25/11/2026 · Mẫu không đạt');
  expect(entry).not.toContain('1/X');
  expect(await findFaults()).toEqual([]);
});

it('says where the history does not fit', async () => {
  renderWith(<RecordHistory kind="product" id="2" />, {
    'GET /api/products/2/history': { body: { ...history, fits: false } },
  });
  await userEvent.click(screen.getByRole('button', { name: 'Xem từng lần ghi' }));
  expect(await screen.findByText(/không khớp/)).toBeTruthy();
});
