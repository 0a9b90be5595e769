import { expect, it } from '@jest/globals';
import { dayIn } from '../../server/core/day.rules.ts';
import { ruleText } from '../../server/core/problem.ts';

it('writes a day as the reader does, the same as the client', () => {
  const client = new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: 'short', year: 'numeric', timeZone: 'UTC' });
  for (let month = 1; month <= 12; month++) {
    const day = `2026-${String(month).padStart(2, '0')}-09`;
    expect(dayIn(day, 'en')).toBe(client.format(new Date(`${day}T00:00:00Z`)));
    expect(dayIn(day, 'vi')).toBe(`09/${String(month).padStart(2, '0')}/2026`);
  }
});

it('shows no day of the wire in what a problem says', () => {
  const { vi, en } = ruleText('SETTLED_BEFORE_BASIS', { on: '2026-03-14' });
  expect(vi).toBe('ngày quyết toán trước ngày xét 14/03/2026');
  expect(en).toBe('the day of settlement lies before the basis date 14 Mar 2026');
});
