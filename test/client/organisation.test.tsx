import './browser-parts.ts';
import { describe, expect, it } from '@jest/globals';
import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { Route, Routes } from 'react-router';
import { changed } from '../../client/src/features/organisations/change.ts';
import { OrganisationPage } from '../../client/src/features/organisations/organisation-page.tsx';
import type { Organisation } from '../../schemas/types.d.ts';
import { findFaults, renderWith } from './render.tsx';

const unit: Organisation = {
  code: 'T-UNIT',
  kind: 'agency',
  name: { vi: 'Sở Mẫu (hư cấu)' },
  names: [
    { name: { vi: 'Sở Cũ (hư cấu)' }, through: '2025-06-30' },
    { name: { vi: 'Sở Mẫu (hư cấu)' }, from: '2025-07-01' },
  ],
  parents: [{ code: 'T-TOP' }],
  parent: 'T-TOP',
  province: '24',
  provinces: [{ code: '24', from: '2025-07-01' }],
  knownFrom: '2026-01-01T00:00:00.000Z',
  recordedAt: '2026-01-01T00:00:00.000Z',
  revision: 3,
};
const answers = {
  'GET /api/me': { body: { actor: { id: 'k', role: 'operator' }, demoRoles: [], demo: false, today: '2026-11-24' } },
  'GET /api/organisations/T-UNIT': { body: unit },
  'PUT /api/organisations/T-UNIT': { body: { ...unit, revision: 4 } },
  'GET /api/organisations': { body: { items: [], total: 0, next: null } },
  'GET /api/provinces': {
    body: { items: [{ id: '24.34', code: '24', name: { vi: 'Tỉnh Bắc Ninh' } }], total: 1, next: null },
  },
};

function renderPage() {
  const routes = (
    <Routes>
      <Route path="/organisations/:code" element={<OrganisationPage />} />
    </Routes>
  );
  return renderWith(routes, answers, '/organisations/T-UNIT');
}

describe('the page of an organisation', () => {
  it('tells its names and its place from day to day', async () => {
    renderPage();
    await screen.findByRole('heading', { level: 1, name: 'Sở Mẫu (hư cấu)' }, { timeout: 20_000 });
    expect(screen.getByText('Sở Cũ (hư cấu)')).toBeTruthy();
    expect(screen.getByText('30/06/2025')).toBeTruthy();
    await waitFor(() => expect(screen.getAllByText('Tỉnh Bắc Ninh (24)').length).toBeGreaterThan(0));
    expect(screen.getByText('Không có đơn vị trực thuộc vào ngày này.')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Đơn mua' }).getAttribute('href')).toBe('/purchases?agency=T-UNIT');
    expect(await findFaults()).toEqual([]);
  });

  it('lets the operator rename it from a day on, under the state that was read', async () => {
    const calls = renderPage();
    const name = await screen.findByLabelText(/Tên tiếng Việt/, {}, { timeout: 20_000 });
    await userEvent.clear(name);
    await userEvent.type(name, 'Sở Mới');
    await userEvent.click(screen.getByRole('button', { name: 'Ghi nhận thay đổi' }));
    await waitFor(() => expect(calls.some(({ body }) => body !== undefined)).toBe(true));
    const sent = calls.find(({ body }) => body !== undefined);
    expect(sent?.headers).toContainEqual(['if-match', '"3"']);
    expect(sent?.body).toMatchObject({
      kind: 'agency',
      name: { vi: 'Sở Mới' },
      names: [
        { name: { vi: 'Sở Cũ (hư cấu)' }, through: '2025-06-30' },
        { name: { vi: 'Sở Mẫu (hư cấu)' }, from: '2025-07-01', through: '2026-11-23' },
        { name: { vi: 'Sở Mới' }, from: '2026-11-24' },
      ],
    });
    expect(sent?.body).not.toHaveProperty('revision');
  });
});

describe('a change on a day', () => {
  it('moves: the agencies above stay as they were before the day, and those dated from then on give way', () => {
    const moved = {
      ...unit,
      parents: [
        { code: 'A', through: '2025-12-31' },
        { code: 'B', from: '2026-01-01' },
      ],
    };
    expect(changed(moved, { type: 'move', on: '2025-06-01', parent: 'C' }).parents).toEqual([
      { code: 'A', through: '2025-05-31' },
      { code: 'C', from: '2025-06-01' },
    ]);
    expect(changed(moved, { type: 'move', on: '2026-03-01', parent: null }).parents).toEqual([
      { code: 'A', through: '2025-12-31' },
      { code: 'B', from: '2026-01-01', through: '2026-02-28' },
    ]);
  });

  it('moves to another province, and mends the tax code for every day', () => {
    const elsewhere = changed(unit, { type: 'relocate', on: '2026-11-24', province: '01' });
    expect(elsewhere.provinces).toEqual([
      { code: '24', from: '2025-07-01', through: '2026-11-23' },
      { code: '01', from: '2026-11-24' },
    ]);
    expect(elsewhere).not.toHaveProperty('province');
    expect(changed(unit, { type: 'taxCode', taxCode: '0100000001' })).toMatchObject({ taxCode: '0100000001' });
    expect(changed({ ...unit, taxCode: '1' }, { type: 'taxCode', taxCode: '' })).not.toHaveProperty('taxCode');
  });

  it('gives and takes mandates: what stays keeps its groups and days, what goes ends the day before', () => {
    const body = {
      ...unit,
      mayCertify: [{ scheme: 'A', groups: ['g'] }, { scheme: 'B' }, { scheme: 'C', from: '2027-01-01' }],
    };
    expect(changed(body, { type: 'mandate', on: '2026-11-24', schemes: ['A', 'C'] }).mayCertify).toEqual([
      { scheme: 'A', groups: ['g'] },
      { scheme: 'B', through: '2026-11-23' },
      { scheme: 'C', from: '2026-11-24' },
    ]);
  });

  it('closes: the last day and who carries on', () => {
    expect(changed(unit, { type: 'close', on: '2026-12-31', successor: 'T-NEXT' })).toMatchObject({
      through: '2026-12-31',
      successors: ['T-NEXT'],
    });
    expect(changed(unit, { type: 'close', on: '2026-12-31', successor: null })).not.toHaveProperty('successors');
  });
});
