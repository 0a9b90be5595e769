import './browser-parts.ts';
import { expect, it, jest } from '@jest/globals';
import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { SupplierSelect } from '../../client/src/ui/supplier-select.tsx';
import { renderWith } from './render.tsx';

const supplier = {
  code: 'S1',
  kind: 'supplier',
  name: { vi: 'Công ty Mẫu' },
  recordedAt: '2026-01-01T00:00:00.000Z',
  revision: 1,
};

it('takes no supplier of the list before, however quick the keys: only one that the letters found', async () => {
  const choose = jest.fn();
  renderWith(<SupplierSelect label="Nhà cung cấp" value="" onChange={choose} error={undefined} />, {
    'GET /api/organisations': { body: { items: [supplier], total: 1, next: null } },
  });
  const field = screen.getByRole('combobox', { name: /Nhà cung cấp/ });
  await userEvent.click(field);
  await screen.findByRole('option', { name: 'Công ty Mẫu' });
  await userEvent.type(field, 'Khác{ArrowDown}{Enter}');
  expect(choose).not.toHaveBeenCalled();
  await screen.findByRole('option', { name: 'Công ty Mẫu' });
  await userEvent.type(field, '{ArrowDown}{Enter}');
  expect(choose).toHaveBeenCalledWith('S1');
});

it('keeps the supplier that is chosen again', async () => {
  const choose = jest.fn();
  renderWith(<SupplierSelect label="Nhà cung cấp" value="S1" onChange={choose} error={undefined} />, {
    'GET /api/organisations': { body: { items: [supplier], total: 1, next: null } },
    'GET /api/organisations/S1': { body: supplier },
  });
  await userEvent.click(await screen.findByDisplayValue('Công ty Mẫu'));
  await userEvent.click(await screen.findByRole('option', { name: 'Công ty Mẫu' }));
  expect(choose.mock.calls).not.toContainEqual(['']);
});
