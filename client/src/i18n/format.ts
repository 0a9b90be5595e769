import type { LocalisedText } from '../../../schemas/types.d.ts';
import type { Language } from './index.ts';

const locales = { vi: 'vi-VN', en: 'en-GB' } as const;
const million = 1_000_000n;

/** Digits as exact money in the reader's way: `2.600.000 ₫`, `₫2,600,000`. */
export function formatMoney(amount: string, language: Language): string {
  return new Intl.NumberFormat(locales[language], { style: 'currency', currency: 'VND' }).format(BigInt(amount));
}

/** A large sum in words, `2,6 tỷ ₫`; exact below a million. */
export function formatShortMoney(amount: string, language: Language): string {
  const value = BigInt(amount);
  if (value < million && value > -million) return formatMoney(amount, language);
  const words = new Intl.NumberFormat(locales[language], {
    notation: 'compact',
    compactDisplay: 'long',
    maximumFractionDigits: 2,
  }).format(value);
  // A sum is never torn apart at the end of a line.
  return (language === 'vi' ? `${words} ₫` : `₫${words}`).replaceAll(' ', '\u00a0');
}

/** An amount in another currency, given as digits of its minor units. */
export function formatForeignMoney(amount: string, currency: string, language: Language): string {
  const writer = new Intl.NumberFormat(locales[language], { style: 'currency', currency });
  return writer.format(Number(inMajorUnits(amount, currency)));
}

/** Digits of minor units as the plain number that a person writes: 12345 US cents are `123.45`. */
export function inMajorUnits(amount: string, currency: string): string {
  const writer = new Intl.NumberFormat('en', { style: 'currency', currency });
  const places = writer.resolvedOptions().maximumFractionDigits ?? 0;
  const sign = amount.startsWith('-') ? '-' : '';
  const digits = amount.slice(sign.length).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  return sign + (places === 0 ? whole : `${whole}.${digits.slice(-places)}`);
}

/** A whole or decimal number: `1.234,5`. */
export function formatNumber(value: string | number, language: Language): string {
  return new Intl.NumberFormat(locales[language], { maximumFractionDigits: 6 }).format(Number(value));
}

/** A ratio such as `0.3512` as `35,12%`. */
export function formatPercent(ratio: string | number, language: Language): string {
  return new Intl.NumberFormat(locales[language], { style: 'percent', maximumFractionDigits: 2 }).format(Number(ratio));
}

/** A share such as `0.3512` as `35,12%`, always with both places: shares stand below each other. */
export function formatShare(ratio: string | number, language: Language): string {
  return new Intl.NumberFormat(locales[language], {
    style: 'percent',
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  }).format(Number(ratio));
}

/** A calendar day: `14/03/2026`, `14 Mar 2026`. */
export function formatDay(day: string, language: Language): string {
  const month = language === 'vi' ? '2-digit' : 'short';
  return new Intl.DateTimeFormat(locales[language], { day: '2-digit', month, year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

// The Swedish way of writing is ISO 8601 with a space: `2026-03-14 09:30:00`.
const vietnamTime = new Intl.DateTimeFormat('sv-SE', {
  dateStyle: 'short',
  timeStyle: 'medium',
  timeZone: 'Asia/Ho_Chi_Minh',
});

/** A moment to the second, in Vietnam's time: `14/03/2026 09:30:00`, `14 Mar 2026 09:30:00`. */
export function formatInstant(instant: string, language: Language): string {
  const [day = '', time = ''] = vietnamTime.format(new Date(instant)).split(' ');
  return `${formatDay(day, language)} ${time}`;
}

/** A moment to the minute, where it is read and not proven: `14/03/2026 09:30`. */
export function formatMoment(instant: string, language: Language): string {
  return formatInstant(instant, language).slice(0, -':00'.length);
}

/** The text in the reader's language, in Vietnamese where there is no other. */
export function pickText(text: LocalisedText, language: Language): string {
  return language === 'en' ? (text.en ?? text.vi) : text.vi;
}
