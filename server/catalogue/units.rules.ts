/** A number as numerator and denominator, so that no conversion loses anything before it is rounded. */
export interface Fraction {
  top: bigint;
  bottom: bigint;
}

type Dimension =
  | 'power'
  | 'energy'
  | 'length'
  | 'area'
  | 'volume'
  | 'mass'
  | 'mass per area'
  | 'mass per volume'
  | 'flow'
  | 'time'
  | 'storage';

interface Unit {
  dimension: Dimension;
  /** In the dimension's base unit: an exact decimal, or one divided by another. */
  size: string | readonly [top: string, bottom: string];
}

/**
 * Units of UN/ECE Recommendation 20 by their code, each by its exact size. Base units: W, Wh, m, m², L, kg, kg/m², kg/L, m³/h,
 * hour, MB. Exact by definition: the inch 0.0254 m; the pound 0.45359237 kg; the British thermal unit (international table)
 * 1055.05585262 J; the metric horse power 75 kgf·m/s = 735.49875 W; the mechanical horse power 550 lbf·ft/s =
 * 745.69987158227022 W. A month has no fixed length, so it converts into nothing.
 */
const units: Readonly<Record<string, Unit>> = {
  WTT: { dimension: 'power', size: '1' },
  KWT: { dimension: 'power', size: '1000' },
  '2I': { dimension: 'power', size: ['1055.05585262', '3600'] },
  HJ: { dimension: 'power', size: '735.49875' },
  BHP: { dimension: 'power', size: '745.69987158227022' },
  WHR: { dimension: 'energy', size: '1' },
  KWH: { dimension: 'energy', size: '1000' },
  '4H': { dimension: 'length', size: '0.000001' },
  MMT: { dimension: 'length', size: '0.001' },
  CMT: { dimension: 'length', size: '0.01' },
  INH: { dimension: 'length', size: '0.0254' },
  MTR: { dimension: 'length', size: '1' },
  CMK: { dimension: 'area', size: '0.0001' },
  MTK: { dimension: 'area', size: '1' },
  MLT: { dimension: 'volume', size: '0.001' },
  LTR: { dimension: 'volume', size: '1' },
  MTQ: { dimension: 'volume', size: '1000' },
  GRM: { dimension: 'mass', size: '0.001' },
  KGM: { dimension: 'mass', size: '1' },
  LBR: { dimension: 'mass', size: '0.45359237' },
  TNE: { dimension: 'mass', size: '1000' },
  GM: { dimension: 'mass per area', size: '0.001' },
  '28': { dimension: 'mass per area', size: '1' },
  GL: { dimension: 'mass per volume', size: '0.001' },
  B35: { dimension: 'mass per volume', size: '1' },
  MQH: { dimension: 'flow', size: '1' },
  G53: { dimension: 'flow', size: '60' },
  MIN: { dimension: 'time', size: ['1', '60'] },
  HUR: { dimension: 'time', size: '1' },
  DAY: { dimension: 'time', size: '24' },
  '4L': { dimension: 'storage', size: '1' },
  E34: { dimension: 'storage', size: '1000' },
  E35: { dimension: 'storage', size: '1000000' },
};

/** What one of a unit is in another, exactly; null where they do not measure the same. A unit is always one of itself. */
export function ratioOf(from: string, to: string): Fraction | null {
  if (from === to) return { top: 1n, bottom: 1n };
  const [own, other] = [unitOf(from), unitOf(to)];
  if (!own || !other || own.dimension !== other.dimension) return null;
  const [a, b] = [sizeOf(own), sizeOf(other)];
  return { top: a.top * b.bottom, bottom: a.bottom * b.top };
}

/** A decimal, also one with an exponent (`1e-7`), exactly. */
export function fractionOf(decimal: string): Fraction {
  const [mantissa = '', exponent = '0'] = decimal.toLowerCase().split('e');
  const [whole = '', places = ''] = mantissa.split('.');
  const shift = places.length - Number(exponent);
  const digits = BigInt(whole + places);
  return shift >= 0
    ? { top: digits, bottom: 10n ** BigInt(shift) }
    : { top: digits * 10n ** BigInt(-shift), bottom: 1n };
}

/** The product of a decimal and a ratio, rounded half away from zero to `places` decimals, as a decimal. */
export function scaled(decimal: string, { top, bottom }: Fraction, places: number): string {
  const value = fractionOf(decimal);
  const [numerator, denominator] = [value.top * top * 10n ** BigInt(places), value.bottom * bottom];
  const size = numerator < 0n ? -numerator : numerator;
  const digits = String((size * 2n + denominator) / (denominator * 2n)).padStart(places + 1, '0');
  const cut = digits.length - places;
  const text = `${digits.slice(0, cut)}.${digits.slice(cut)}`.replace(/\.?0+$/, '');
  return numerator < 0n && text !== '0' ? `-${text}` : text;
}

function unitOf(code: string): Unit | undefined {
  return Object.hasOwn(units, code) ? units[code] : undefined;
}

function sizeOf({ size }: Unit): Fraction {
  const [top, bottom] = typeof size === 'string' ? [size, '1'] : size;
  const [a, b] = [fractionOf(top), fractionOf(bottom)];
  return { top: a.top * b.bottom, bottom: a.bottom * b.top };
}
