import './browser-parts.ts';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { useQuery } from '@tanstack/react-query';
import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { meQuery } from '../../client/src/api/me.ts';
import { i18n } from '../../client/src/i18n/index.ts';
import { DayText, InstantText } from '../../client/src/ui/date-text.tsx';
import { LabelLine } from '../../client/src/ui/label-line.tsx';
import { LanguageSwitch } from '../../client/src/ui/language-switch.tsx';
import { Money, ShortMoney } from '../../client/src/ui/money.tsx';
import { LineFacts } from '../../client/src/features/purchases/line-facts.tsx';
import type { ProductLabel, PurchaseLine } from '../../schemas/types.d.ts';
import { findFaults, renderWith } from './render.tsx';

const label: ProductLabel = {
  certificate: 'c1',
  number: '12/DEMO',
  scheme: 'VN-ECOLABEL',
  schemeName: { vi: 'Nhãn sinh thái Việt Nam', en: 'Vietnam Ecolabel' },
  holder: 'DEMO-S1',
  issuedOn: '2024-06-01',
  validFrom: '2024-06-01',
  validThrough: '2027-06-01',
  validUntil: '2027-06-01',
  source: { kind: 'issuer' },
  valid: true,
  reason: 'VALID',
  tier: 'A',
  tierReason: 'COUNTS',
  events: [],
};

/** A no-break space is a space to the reader. */
const shown = () => (document.body.textContent ?? '').replaceAll('\u00a0', ' ');

beforeEach(() => localStorage.clear());
afterEach(() => i18n.changeLanguage('vi'));

describe('the words of the screen', () => {
  it('write money and days the Vietnamese way', () => {
    renderWith(
      <>
        <Money amount="2600000" /> | <ShortMoney amount="2600000000" /> | <Money amount="-1234567890123456789" /> |{' '}
        <DayText day="2026-03-14" /> | <InstantText instant="2026-03-14T18:30:00.000Z" />
      </>,
    );
    expect(shown()).toContain('2.600.000 ₫ | 2,6 tỷ ₫ | -1.234.567.890.123.456.789 ₫ | 14/03/2026 |');
    expect(shown()).toContain('15/03/2026 01:30:00');
  });

  it('write money and days the English way', async () => {
    await i18n.changeLanguage('en');
    renderWith(
      <>
        <Money amount="2600000" /> | <ShortMoney amount="2600000000" /> | <DayText day="2026-03-14" />
      </>,
    );
    expect(shown()).toContain('₫2,600,000 | ₫2.6 billion | 14 Mar 2026');
  });

  it('say which label, what it counts for and until when', async () => {
    renderWith(<LabelLine label={label} />);
    expect(shown()).toMatch(/Nhãn sinh thái Việt Nam.*Tính là xanh \(hạng A: nhãn theo luật\).*đến hết 01\/06\/2027/);
    expect(await findFaults()).toEqual([]);
  });

  it('name the units of Recommendation 20 that they know, and leave any other as it is written', () => {
    const line = { description: 'x', quantity: '40', asDelivered: undefined } as unknown as PurchaseLine;
    renderWith(
      <>
        <LineFacts currency="VND" line={{ ...line, unit: 'RM' }} />
        <LineFacts currency="VND" line={{ ...line, unit: 'hộp to' }} />
      </>,
    );
    expect(shown()).toContain(`40 ${i18n.t('unit.RM')}`);
    expect(shown()).not.toContain('40 RM');
    expect(shown()).toContain('40 hộp to');
  });

  it('say plainly that a label has ended', () => {
    renderWith(<LabelLine label={{ ...label, valid: false, reason: 'ENDED', tier: null, tierReason: 'NOT_VALID' }} />);
    expect(shown()).toContain('Đã hết hạn (01/06/2027)');
    expect(shown()).not.toContain('Tính là xanh');
  });

  it('change with the language switch, which is remembered and told to the server', async () => {
    const calls = renderWith(<SwitchAndAsk />, {
      'GET /api/me': { body: { actor: null, demoRoles: [], demo: false, today: '2026-11-24' } },
    });
    expect(screen.getByText('14/03/2026')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'English' }));
    expect(screen.getByText('14 Mar 2026')).toBeTruthy();
    expect(localStorage.getItem('xanh.language')).toBe('en');
    await userEvent.click(screen.getByRole('button', { name: 'ask' }));
    await waitFor(() => expect(calls.at(-1)?.headers).toContainEqual(['accept-language', 'en']));
    expect(screen.getByRole('button', { name: 'Tiếng Việt' })).toBeTruthy();
  });
});

function SwitchAndAsk() {
  const { refetch } = useQuery({ ...meQuery, enabled: false });
  return (
    <>
      <LanguageSwitch />
      <DayText day="2026-03-14" />
      <button type="button" onClick={() => void refetch()}>
        ask
      </button>
    </>
  );
}
