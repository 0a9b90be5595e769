import { Temporal } from 'temporal-polyfill';

/** A cell as a sheet gives it: a spreadsheet's numbers are numbers, all else is text; days are `YYYY-MM-DD`. */
export type Cell = string | number;
/** `dot` is 1.234.567,89; `comma` is 1,234,567.89. */
export type NumberStyle = 'dot' | 'comma';
export type DateOrder = 'dmy' | 'mdy';

/** A decimal number without its point: `digits` over 10^`places`. */
export interface Decimal {
  digits: bigint;
  places: number;
}

/** What the values of a column say of how it writes numbers. */
export interface NumberEvidence {
  dot: number;
  comma: number;
  /** Values such as 1.234 or 1,234, which may be either. */
  unclear: number;
}

const grouped = { dot: /^[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?$/, comma: /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/ };
const plain = { dot: /^\d+(?:,\d+)?$/, comma: /^\d+(?:\.\d+)?$/ };

/** The digits and separators of a cell; what stands for the currency, spaces between groups and a sign are no part of it. */
function bareNumber(cell: string): { text: string; isNegative: boolean } {
  const text = cell
    .normalize('NFC')
    .replace(/(?:vnđ|vnd|đồng|₫|đ|%)/giu, '')
    .replace(/[\s\u00a0\u202f']/gu, '');
  const isNegative = /^(?:[-−]|\(.*\)$)/u.test(text) || /\d-$/.test(text);
  return { text: text.replace(/[-−()+]/gu, ''), isNegative };
}

function styleOf(text: string): keyof NumberEvidence | null {
  if (!/[.,]/.test(text)) return null;
  if (/^[1-9]\d{0,2}[.,]\d{3}$/.test(text)) return 'unclear';
  const fits = (style: NumberStyle) => grouped[style].test(text) || plain[style].test(text);
  const [isDot, isComma] = [fits('dot'), fits('comma')];
  return isDot === isComma ? null : isDot ? 'dot' : 'comma';
}

/** Counts what a cell says of the style of its column. */
export function weighNumber(evidence: NumberEvidence, cell: Cell): void {
  if (typeof cell === 'number') return;
  const style = styleOf(bareNumber(cell).text);
  if (style) evidence[style] += 1;
}

/**
 * The style of a column from all its values; null where they leave it open or speak for both, and must be asked. A column
 * without any separator reads the same in either.
 */
export function decideStyle({ dot, comma, unclear }: NumberEvidence): NumberStyle | null {
  if (dot > 0 && comma > 0) return null;
  if (dot > 0 || comma > 0) return dot > 0 ? 'dot' : 'comma';
  return unclear > 0 ? null : 'dot';
}

/** The number of a cell; null where it is none in this style, `isNegative` where it carries a sign or stands in brackets. */
export function readDecimal(cell: Cell, style: NumberStyle): (Decimal & { isNegative: boolean }) | null {
  if (typeof cell === 'number') return fromDouble(cell);
  const { text, isNegative } = bareNumber(cell);
  if (!grouped[style].test(text) && !plain[style].test(text)) return null;
  const [whole = '', part = ''] = style === 'dot' ? text.split(',') : text.split('.');
  return { digits: BigInt(whole.replace(/[.,]/g, '') + part), places: part.length, isNegative };
}

/** A spreadsheet's number to the 15 digits that it holds for sure: 0.1 + 0.2 is 0.3. */
function fromDouble(value: number): (Decimal & { isNegative: boolean }) | null {
  const [mantissa = '', exponent = '0'] = Math.abs(value).toExponential(14).split('e');
  const significant = mantissa.replace('.', '').replace(/0+$/, '') || '0';
  const places = significant.length - 1 - Number(exponent);
  if (!Number.isFinite(value) || Math.abs(places) > 30) return null;
  return {
    digits: BigInt(significant) * (places < 0 ? 10n ** BigInt(-places) : 1n),
    places: Math.max(0, places),
    isNegative: value < 0,
  };
}

/** The number times a factor as whole digits; null where something is left behind the point. */
export function wholeOf({ digits, places }: Decimal, factor: bigint): string | null {
  const scale = 10n ** BigInt(places);
  const product = digits * factor;
  return product % scale === 0n ? String(product / scale) : null;
}

/** The number as a decimal string, `2.5`, without needless zeros. */
export function decimalText({ digits, places }: Decimal): string {
  const text = String(digits).padStart(places + 1, '0');
  const [whole, part] = [text.slice(0, text.length - places), text.slice(text.length - places).replace(/0+$/, '')];
  return part === '' ? whole : `${whole}.${part}`;
}

const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/;
const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[ ,].*)?$/;
const inWords = /^ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})$/u;
// 25569 is 1 January 1970; what lies outside these years is a number, not a day.
const serials = { first: 20_000, last: 80_000, epoch: '1899-12-30' };

/** The calendar day of a cell: d/m/y, y-m-d, or a spreadsheet's serial number; null where it is none. */
export function readDay(cell: Cell, order: DateOrder): string | null {
  const text = String(cell).normalize('NFC').trim().toLowerCase();
  if (/^\d{5}(?:\.\d+)?$/.test(text)) return fromSerial(Math.floor(Number(text)));
  const [, year, month, day] = yearFirst.exec(text) ?? /^((?:19|20)\d\d)(\d\d)(\d\d)$/.exec(text) ?? [];
  if (year !== undefined) return dayOf(year, month, day);
  const [, first, second, last] = yearLast.exec(text) ?? inWords.exec(text) ?? [];
  return order === 'dmy' ? dayOf(last, second, first) : dayOf(last, first, second);
}

function fromSerial(serial: number): string | null {
  if (serial < serials.first || serial > serials.last) return null;
  return Temporal.PlainDate.from(serials.epoch).add({ days: serial }).toString();
}

function dayOf(...[year, month, day]: (string | undefined)[]): string | null {
  try {
    const parts = { year: Number(year), month: Number(month), day: Number(day) };
    return Temporal.PlainDate.from(parts, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}

/** How many days of a column can be read in each order. */
export interface DateEvidence {
  dmy: number;
  mdy: number;
}

/** Counts in which orders a cell is a day; one that is a day in both says nothing. */
export function weighDay(evidence: DateEvidence, cell: Cell): void {
  const [dmy, mdy] = [readDay(cell, 'dmy') !== null, readDay(cell, 'mdy') !== null];
  if (dmy !== mdy) evidence[dmy ? 'dmy' : 'mdy'] += 1;
}

/** Days are d/m/y as Vietnam writes them; null where values can only be m/d/y, which is asked. */
export function decideOrder({ mdy }: DateEvidence): DateOrder | null {
  return mdy > 0 ? null : 'dmy';
}
