import './browser-parts.ts';
import { describe, expect, it } from '@jest/globals';
import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { AccountMenu } from '../../client/src/features/accounts/account-menu.tsx';
import { InvitationPage } from '../../client/src/features/accounts/invitation-page.tsx';
import { NewPasswordPage } from '../../client/src/features/accounts/new-password-page.tsx';
import { SignInPage } from '../../client/src/features/accounts/sign-in-page.tsx';
import { findFaults, renderWith, type Call } from './render.tsx';

const nobody = { actor: null, demoRoles: [], demo: false, today: '2026-11-24' };
const [email, password] = ['an@example.vn', 'mười hai ký tự'];
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const fill = (label: RegExp, text: string) => userEvent.type(screen.getByLabelText(label), text);
const sent = (calls: Call[]) => calls.filter(({ body }) => body !== undefined).map(({ path, body }) => [path, body]);

describe('an invitation', () => {
  it('is accepted with the one-time part of its link, and signs the person in', async () => {
    const calls = renderWith(
      <InvitationPage />,
      {
        'POST /api/invitations/acceptance': { status: 201, body: {} },
        'POST /api/auth/sign-in': { body: { needsCode: false } },
      },
      '/invitation#one-time',
    );
    await fill(/^Địa chỉ thư/, email);
    await fill(/^Họ và tên/, 'Trần An');
    await fill(/^Mật khẩu/, password);
    await press('Nhận lời mời');
    expect(sent(calls)).toEqual([
      ['/api/invitations/acceptance', { token: 'one-time', email, name: 'Trần An', password }],
      ['/api/auth/sign-in', { email, password }],
    ]);
    expect(await findFaults()).toEqual([]);
  });

  it('that is refused says why, and signs nobody in', async () => {
    const problem = { type: 'about:blank', title: 'Liên kết đã dùng', status: 403, code: 'LINK_REFUSED' };
    const calls = renderWith(
      <InvitationPage />,
      { 'POST /api/invitations/acceptance': { status: 403, body: problem } },
      '/invitation#used',
    );
    await fill(/^Địa chỉ thư/, email);
    await fill(/^Họ và tên/, 'Trần An');
    await fill(/^Mật khẩu/, password);
    await press('Nhận lời mời');
    expect((await screen.findByRole('alert')).textContent).toContain('Liên kết đã dùng');
    expect(calls.map(({ path }) => path)).not.toContain('/api/auth/sign-in');
  });

  it('without its link says what to do', () => {
    renderWith(<InvitationPage />, {}, '/invitation');
    expect(screen.getByText('Liên kết không đầy đủ')).toBeTruthy();
  });
});

describe('signing in as a person', () => {
  it('asks for the code where one is set, and takes a recovery code too', async () => {
    const calls = renderWith(<SignInPage />, {
      'GET /api/me': { body: nobody },
      'POST /api/auth/sign-in': { body: { needsCode: true } },
      'POST /api/auth/second-factor': { body: { needsCode: false } },
    });
    await fill(/^Địa chỉ thư/, email);
    await fill(/^Mật khẩu/, password);
    await press('Đăng nhập');
    await userEvent.type(await screen.findByLabelText(/^Mã xác thực/), 'a1b2c-d3e4f');
    expect(await findFaults()).toEqual([]);
    await press('Đăng nhập');
    expect(sent(calls)).toEqual([
      ['/api/auth/sign-in', { email, password }],
      ['/api/auth/second-factor', { recoveryCode: 'a1b2c-d3e4f' }],
    ]);
  });

  it('sends a letter to who forgot the password, once there is an address', async () => {
    const calls = renderWith(<SignInPage />, {
      'GET /api/me': { body: nobody },
      'POST /api/auth/forgotten-password': { status: 204, body: null },
    });
    await press('Quên mật khẩu?');
    expect(screen.getByText(/Ghi địa chỉ thư trước/)).toBeTruthy();
    await fill(/^Địa chỉ thư/, email);
    await press('Quên mật khẩu?');
    expect(sent(calls)).toEqual([['/api/auth/forgotten-password', { email }]]);
  });

  it('sets a new password by the link of the letter', async () => {
    const calls = renderWith(
      <NewPasswordPage />,
      { 'POST /api/auth/password-reset': { status: 204, body: null } },
      '/new-password#once',
    );
    await fill(/^Mật khẩu mới/, password);
    await press('Đặt mật khẩu');
    expect(sent(calls)).toEqual([['/api/auth/password-reset', { token: 'once', password }]]);
  });

  it('offers the other roles that the person may act in', async () => {
    const memberships = [
      { id: 'm1', role: 'officer', org: 'BTC', orgName: { vi: 'Bộ Tài chính' }, isChosen: false },
      { id: 'm2', role: 'auditor', isChosen: false },
    ];
    const person = { id: 'p', name: 'Trần An', email, secondFactor: false };
    const calls = renderWith(<AccountMenu />, {
      'GET /api/me': { body: { ...nobody, person, memberships } },
      'POST /api/session/membership': { status: 204, body: null },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Tài khoản: Trần An' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'cán bộ mua sắm · Bộ Tài chính' }));
    expect(sent(calls)).toEqual([['/api/session/membership', { membership: 'm1' }]]);
  });
});
