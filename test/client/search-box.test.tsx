import './browser-parts.ts';
import { describe, expect, it, jest } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useLocation } from 'react-router';
import type { SuggestResult } from '../../schemas/types.d.ts';
import { SearchBox } from '../../client/src/features/search/search-box.tsx';
import { findFaults, renderWith } from './render.tsx';

const suggestions: SuggestResult['suggestions'] = [
  { kind: 'group', id: 'office-paper', label: 'Giấy văn phòng', detail: 'Văn phòng phẩm' },
  { kind: 'product', id: '665f1f77bcf86cd799439011', label: 'Giấy in A4', detail: 'Mẫu MX-A4-70' },
  { kind: 'product', id: '665f1f77bcf86cd799439012', label: 'Giấy in A3' },
];

function Address() {
  const { pathname, search } = useLocation();
  return <p>{`at ${pathname}${search}`}</p>;
}

function openBox() {
  const onSearch = jest.fn();
  const calls = renderWith(
    <>
      <SearchBox value="" onSearch={onSearch} isBusy={false} />
      <Address />
    </>,
    { 'GET /api/suggest': { body: { q: '', suggestions } } },
  );
  return { onSearch, calls, box: screen.getByRole('combobox', { name: 'Tìm sản phẩm, dịch vụ' }) };
}

describe('the search box', () => {
  it('offers what may be meant by kind, and goes to what the arrow keys chose', async () => {
    const { onSearch, box } = openBox();
    await userEvent.type(box, 'giay i');
    const products = await screen.findByRole('group', { name: 'Sản phẩm' });
    expect(within(products).getAllByRole('option')).toHaveLength(2);
    expect(box.getAttribute('aria-expanded')).toBe('true');
    expect(screen.getByRole('status').textContent).toMatch(/^3 gợi ý/);
    expect(await findFaults()).toEqual([]);
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    expect(document.getElementById(box.getAttribute('aria-activedescendant') ?? '')?.textContent).toMatch(/^Giấy văn/);
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await screen.findByText('at /products/665f1f77bcf86cd799439011');
    expect(onSearch).not.toHaveBeenCalled();
    expect(screen.queryByRole('option')).toBeNull();
  });

  it('searches for the words with Enter, and closes with Escape without searching', async () => {
    const { onSearch, box } = openBox();
    await userEvent.type(box, 'giay i');
    await screen.findByRole('option', { name: 'Giấy in A3' });
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('option')).toBeNull();
    expect(onSearch).not.toHaveBeenCalled();
    await userEvent.keyboard('{Enter}');
    expect(onSearch.mock.calls).toEqual([['giay i']]);
  });

  it('asks once for a run of letters, and gives up the question before when it asks the next one', async () => {
    const { calls, box } = openBox();
    const given: AbortSignal[] = [];
    const answer = globalThis.fetch;
    globalThis.fetch = (path, init) => {
      if (init?.signal) given.push(init.signal);
      return given.length === 1 ? new Promise(() => {}) : answer(path, init);
    };
    await userEvent.type(box, 'giay');
    await waitFor(() => expect(given).toHaveLength(1));
    await userEvent.type(box, ' in');
    await screen.findByRole('option', { name: /^Giấy in A4/ });
    expect(given.map(({ aborted }) => aborted)).toEqual([true, false]);
    expect(calls.map(({ path }) => path)).toEqual(['/api/suggest?q=giay+in']);
  });
});
