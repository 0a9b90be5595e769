import { fold } from './fold.rules.ts';

/** A number with its unit as it stands in a text; a unit may stand for several: 80 g of paper is meant by the square metre. */
export interface Measure {
  /** Where it stands in the text. */
  start: number;
  end: number;
  value: number;
  /** Codes of UN/ECE Recommendation 20. */
  units: string[];
}

/** How units are written, folded; by what they stand for. */
const spellings: Record<string, string[]> = {
  btu: ['2I'],
  'btu/h': ['2I'],
  hp: ['HJ'],
  ngua: ['HJ'],
  kw: ['KWT'],
  w: ['WTT'],
  watt: ['WTT'],
  oat: ['WTT'],
  kwh: ['KWH'],
  gsm: ['GM'],
  'g/m2': ['GM'],
  'g/m²': ['GM'],
  g: ['GM', 'GRM'],
  gam: ['GM', 'GRM'],
  kg: ['KGM'],
  inch: ['INH'],
  inches: ['INH'],
  '"': ['INH'],
  mm: ['MMT'],
  cm: ['CMT'],
  m: ['MTR'],
  met: ['MTR'],
  l: ['LTR'],
  lit: ['LTR'],
  ml: ['MLT'],
  gb: ['E34'],
  tb: ['E35'],
  lm: ['LUM'],
  lumen: ['LUM'],
  v: ['VLT'],
  ah: ['AMH'],
  kva: ['KVA'],
};
const number = String.raw`(?:\d{1,3}(?:[.,\s]\d{3})+|\d{1,9})(?:[.,]\d{1,3})?`;
const unit = String.raw`(?:btu/h|btu|g/m[2²]|kwh|kw|kva|kg|watt|w|hp|ng[ựu]a|oát|oat|gsm|gam|g|inch(?:es)?|"|mm|cm|mét|met|ml|m|lít|lit|lumen|lm|l|gb|tb|v|ah)`;
const alone = String.raw`(?<![\p{L}\p{N}.,×x*/-])`;
const unbroken = String.raw`(?![\p{L}\p{N}²³/×])`;

/** How measures are written: a number that may have its unit, and one that has; both where nothing belongs to a code. */
export const writtenMeasure = {
  alone,
  number,
  loose: `${number}(?: ?${unit}${unbroken})?`,
  whole: `${number} ?${unit}${unbroken}`,
};
const written = new RegExp(`${alone}${writtenMeasure.whole}`, 'giu');
const parts = new RegExp(`^(${number}) ?(${unit})?$`, 'iu');
/** One metre and twenty is said 1m2. */
const metres = new RegExp(String.raw`${alone}(\d{1,2})m(\d{1,2})${unbroken}`, 'giu');

/** Every measure in a text, in its order: 12.000 BTU, 12000btu, 1,5 HP, 70gsm, 1m2. */
export function measuresIn(text: string): Measure[] {
  const plain = [...text.matchAll(written)].map(({ 0: whole, index }): Measure => ({
    start: index,
    end: index + whole.length,
    ...readMeasure(whole),
  }));
  const split = [...text.matchAll(metres)].map(({ 0: whole, 1: digits, 2: places, index }): Measure => {
    return { start: index, end: index + whole.length, value: Number(`${digits}.${places}`), units: ['MTR'] };
  });
  return [...plain, ...split].sort((a, b) => a.start - b.start);
}

/** The number and the units of what is written so; no unit where none is. */
export function readMeasure(whole: string): Pick<Measure, 'value' | 'units'> {
  const [, digits = '', symbol = ''] = parts.exec(whole) ?? [];
  return { value: numberIn(digits), units: unitsOf(symbol) };
}

/** Three digits after a separator are thousands, in 12.000 and in 12,000, unless a nought leads: nobody measures to the third place. */
export function numberIn(digits: string): number {
  const thousands = /^([1-9]\d{0,2}(?:[.,\s]\d{3})+)(?:[.,](\d{1,2}))?$/u.exec(digits);
  if (thousands) return Number(`${thousands[1]?.replace(/\D/g, '')}.${thousands[2] ?? '0'}`);
  return Number(digits.replace(/\s/gu, '').replace(',', '.'));
}

function unitsOf(symbol: string): string[] {
  const spelt = symbol.toLowerCase().normalize('NFC');
  return spellings[spelt] ?? spellings[fold(spelt)] ?? [];
}
