import './browser-parts.ts';
import { describe, expect, it } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { AccountPage } from '../../client/src/features/accounts/account-page.tsx';
import { AccountMenu } from '../../client/src/features/accounts/account-menu.tsx';
import { InvitationPage } from '../../client/src/features/accounts/invitation-page.tsx';
import { NewPasswordPage } from '../../client/src/features/accounts/new-password-page.tsx';
import { PeoplePage } from '../../client/src/features/accounts/people/people-page.tsx';
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

const person = { id: 'p1', name: 'Trần An', email, secondFactor: false };

describe('the own account', () => {
  it('sets a second factor: password, first code, and recovery codes that are shown once', async () => {
    const uri = 'otpauth://totp/Xanh:an@example.vn?secret=JBSWY3DPEHPK3PXP&issuer=Xanh';
    const calls = renderWith(<AccountPage />, {
      'GET /api/me': { body: { ...nobody, person, memberships: [] } },
      'POST /api/auth/two-factor': { status: 201, body: { uri, recoveryCodes: ['a1b2c-d3e4f'] } },
      'POST /api/auth/two-factor/confirmation': { status: 204, body: null },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Bật xác thực hai lớp' }));
    const part = within(screen.getByRole('region', { name: 'Xác thực hai lớp' }));
    await userEvent.type(part.getByLabelText(/^Mật khẩu/, { selector: 'input' }), password);
    await press('Tiếp tục');
    await screen.findByRole('img', { name: 'Mã QR cho ứng dụng xác thực' });
    await press('Không quét được?');
    expect(screen.getByText('JBSW Y3DP EHPK 3PXP')).toBeTruthy();
    await fill(/^Sáu chữ số/, '123 456');
    expect(await findFaults()).toEqual([]);
    await press('Xác nhận');
    expect(await screen.findByText('a1b2c-d3e4f')).toBeTruthy();
    await press('Tôi đã cất giữ');
    expect(screen.queryByText('a1b2c-d3e4f')).toBeNull();
    expect(sent(calls)).toEqual([
      ['/api/auth/two-factor', { password }],
      ['/api/auth/two-factor/confirmation', { code: '123456' }],
    ]);
  });
});

describe('people and keys', () => {
  const member = {
    id: 'm1',
    person: 'p2',
    name: 'Lê Bình',
    email: 'binh@example.vn',
    role: 'officer',
    org: 'BTC',
    from: '2026-11-24T02:00:00.000Z',
    recordedAt: '2026-11-24T02:00:00.000Z',
    invitedThrough: '2026-12-01T02:00:00.000Z',
  };
  const agency = { code: 'BTC', kind: 'agency', name: { vi: 'Bộ Tài chính' }, names: [] };
  const membership = { id: 'm0', role: 'officer', org: 'BTC', orgName: agency.name, admin: true, isChosen: true };
  const list = (...items: object[]) => ({ body: { items, total: items.length, next: null } });

  it('let an administrator invite into its organisation and take a role away, and offer neither erasing nor keys to make', async () => {
    const answers = {
      'GET /api/me': {
        body: { ...nobody, actor: { id: 'p1', role: 'officer', org: 'BTC' }, person, memberships: [membership] },
      },
      'GET /api/organisations/BTC': { body: agency },
      'GET /api/memberships': list(member),
      'GET /api/keys': list({ id: 'k1', role: 'officer', org: 'BTC', through: '2026-01-01', recordedAt: member.from }),
      'POST /api/invitations': { status: 201, body: member },
      'DELETE /api/memberships/m1': { body: member },
    };
    const calls = renderWith(<PeoplePage />, answers, '/people');
    await userEvent.click(await screen.findByRole('button', { name: 'Thôi vai trò' }));
    expect(screen.queryByRole('button', { name: /^Xóa danh tính/ })).toBeNull();
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByRole('button', { name: 'Thôi vai trò' }));
    await waitFor(() => expect(calls.map(({ path }) => path)).toContain('/api/memberships/m1'));
    await userEvent.click(await screen.findByRole('tab', { name: 'Lời mời', hidden: true }));
    await fill(/^Địa chỉ thư/, 'chi@example.vn');
    expect(await findFaults()).toEqual([]);
    await press('Gửi lời mời');
    expect(sent(calls)).toEqual([['/api/invitations', { email: 'chi@example.vn', role: 'officer', org: 'BTC' }]]);
    await userEvent.click(screen.getByRole('tab', { name: 'Khóa của máy' }));
    expect(await screen.findByText('đã hết hạn')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Tạo khóa' })).toBeNull();
  });

  it('are nobody else’s to see', async () => {
    const actor = { id: 'p1', role: 'officer', org: 'BTC' };
    const plain = { ...membership, admin: undefined };
    renderWith(<PeoplePage />, { 'GET /api/me': { body: { ...nobody, actor, person, memberships: [plain] } } });
    expect(await screen.findByText(/dành cho đơn vị vận hành và quản trị viên/)).toBeTruthy();
  });
});
