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
const number = String.raw`(\d{1,3}(?:[.\s]\d{3})+|\d{1,9})(?:[.,](\d{1,3}))?`;
const unit = String.raw`(btu/h|btu|g/m[2²]|kwh|kw|kva|kg|watt|w|hp|ng[ựu]a|oát|oat|gsm|gam|g|inch(?:es)?|"|mm|cm|mét|met|ml|m|lít|lit|lumen|lm|l|gb|tb|v|ah)`;
const written = new RegExp(String.raw`(?<![\p{L}\p{N}.,×x*/-])${number} ?${unit}(?![\p{L}\p{N}²³/×])`, 'giu');
/** One metre and twenty is said 1m2. */
const metres = /(?<![\p{L}\p{N}.,×x*/-])(\d{1,2})m(\d{1,2})(?![\p{L}\p{N}²³/×])/giu;

/** Every measure in a text, in its order: 12.000 BTU, 12000btu, 1,5 HP, 70gsm, 1m2. */
export function measuresIn(text: string): Measure[] {
  const plain = [...text.matchAll(written)].map((match): Measure => {
    const [whole, digits = '', places = '', symbol = ''] = match;
    const value = Number(`${digits.replace(/\D/g, '')}.${places || '0'}`);
    return { start: match.index, end: match.index + whole.length, value, units: unitsOf(symbol) };
  });
  const split = [...text.matchAll(metres)].map((match): Measure => {
    const [whole, digits = '', places = ''] = match;
    return {
      start: match.index,
      end: match.index + whole.length,
      value: Number(`${digits}.${places}`),
      units: ['MTR'],
    };
  });
  return [...plain, ...split].sort((a, b) => a.start - b.start);
}

function unitsOf(symbol: string): string[] {
  const spelt = symbol.toLowerCase().normalize('NFC');
  return spellings[spelt] ?? spellings[fold(spelt)] ?? [];
}
