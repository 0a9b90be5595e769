import './browser-parts.ts';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { PurchaseNewPage } from '../../client/src/features/purchases/purchase-new-page.tsx';
import type { Answers } from './render.tsx';
import { findFaults, renderWith } from './render.tsx';

const agency = {
  code: 'AG',
  kind: 'agency',
  name: { vi: 'Sở Mẫu' },
  recordedAt: '2026-01-01T00:00:00.000Z',
  revision: 1,
};
const supplier = { ...agency, code: 'S1', kind: 'supplier', name: { vi: 'Công ty Mẫu' } };
const listOf = (items: unknown[]) => ({ body: { items, total: items.length, next: null } });

const answers: Answers = {
  'GET /api/me': {
    body: { actor: { id: 'k', role: 'officer', org: 'AG' }, demoRoles: [], demo: false, today: '2026-11-24' },
  },
  'GET /api/groups': listOf([]),
  'GET /api/organisations': listOf([agency, supplier]),
  'GET /api/organisations/S1': { body: supplier },
  'POST /api/purchases': {
    status: 422,
    body: {
      type: 'about:blank',
      title: 'Nội dung trái với quy tắc',
      status: 422,
      code: 'RULE_BROKEN',
      errors: [
        { pointer: '/lines/0/amountNet', detail: 'số tiền quá lớn' },
        { pointer: '/reference', detail: 'số này đã dùng' },
        { pointer: '/lines/0', detail: 'dòng này lặp lại' },
      ],
    },
  },
};

beforeEach(() => sessionStorage.clear());

describe('the purchase form', () => {
  it('shows what the server says at the fields it is about, and the rest above the button', async () => {
    const calls = renderWith(<PurchaseNewPage />, answers);
    await screen.findByLabelText(/Số hợp đồng, đơn hàng/);
    await enter(/Số hợp đồng, đơn hàng/, 'HD-1');
    await userEvent.click(screen.getByLabelText('Nhà cung cấp chưa có trong sổ'));
    await enter(/Tên nhà cung cấp/, 'Công ty Khác');
    await enter(/Nội dung/, 'Giấy in');
    await enter(/Số lượng/, '40');
    await enter(/Đơn vị \*/, 'ram');
    await enter(/Thành tiền/, '2600000');
    await userEvent.click(screen.getByRole('button', { name: /Xem trước/ }));

    const amount = await waitFor(() => {
      const field = screen.getByLabelText(/Thành tiền/);
      expect(field.getAttribute('aria-invalid')).toBe('true');
      return field;
    });
    expect(textAt(amount)).toContain('số tiền quá lớn');
    expect(textAt(screen.getByLabelText(/Số hợp đồng, đơn hàng/))).toContain('số này đã dùng');
    const alert = screen.getByRole('alert');
    expect(within(alert).getByText(/dòng này lặp lại/)).toBeTruthy();
    expect(within(alert).queryByText(/số tiền quá lớn/)).toBeNull();
    expect(calls.at(-1)?.body).toEqual({
      agency: 'AG',
      reference: 'HD-1',
      method: 'quotation',
      basisDate: '2026-11-24',
      supplier: { name: 'Công ty Khác' },
      lines: [{ description: 'Giấy in', quantity: '40', unit: 'ram', amountNet: '2600000' }],
    });
    expect(await findFaults()).toEqual([]);
  }, 20_000);

  it('is for officers, and says so to others with a way to sign in', async () => {
    renderWith(<PurchaseNewPage />, {
      'GET /api/me': { body: { actor: null, demoRoles: [], demo: false, today: '2026-11-24' } },
    });
    expect(await screen.findByText('Chỉ cán bộ mua sắm được ghi đơn mua')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Đăng nhập' }).getAttribute('href')).toBe('/sign-in?to=%2F');
  });
});

/** What a screen reader says after the field's name. */
function textAt(field: HTMLElement): string {
  const ids = (field.getAttribute('aria-describedby') ?? '').split(' ');
  return ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
}

async function enter(label: RegExp, text: string): Promise<void> {
  await userEvent.click(screen.getByLabelText(label, { selector: 'input' }));
  await userEvent.paste(text);
}
