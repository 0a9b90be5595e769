import type { GroupAttribute, Measure, Product, ProductInput } from '../../schemas/types.d.ts';
import { fractionOf, type Fraction, ratioOf, scaled } from './units.rules.ts';

type Input = NonNullable<ProductInput['attributes']>;
type Stored = Pick<Product, 'attributes' | 'attributesEntered'>;

/** Why a value is not one of the attribute; the place is the attribute's key. */
export interface AttributeFault {
  key: string;
  code:
    | 'ATTRIBUTE_UNKNOWN'
    | 'ATTRIBUTE_NOT_A_NUMBER'
    | 'ATTRIBUTE_NOT_YES_OR_NO'
    | 'ATTRIBUTE_CODE_UNKNOWN'
    | 'ATTRIBUTE_TOO_SMALL'
    | 'ATTRIBUTE_TOO_LARGE'
    | 'ATTRIBUTE_UNIT';
  params?: Record<string, string | number>;
}

type Read = { value: number | string | boolean; entered?: Measure } | Omit<AttributeFault, 'key'>;

/** Converted numbers keep six decimals, rounded half away from zero; quantities of the register have no more. */
const places = 6;

/**
 * A product's attributes as they are stored: each number in the attribute's own unit, beside it what was entered where that
 * differs; or what is wrong, for every attribute. None is ever required.
 */
export function readAttributes(
  definitions: GroupAttribute[],
  input: Input,
): { stored: Stored; faults: AttributeFault[] } {
  const attributes: NonNullable<Stored['attributes']> = {};
  const entered: NonNullable<Stored['attributesEntered']> = {};
  const faults: AttributeFault[] = [];
  for (const [key, given] of Object.entries(input)) {
    const definition = definitions.find((candidate) => candidate.key === key);
    const read: Read = definition ? readValue(definition, given) : { code: 'ATTRIBUTE_UNKNOWN' };
    if ('code' in read) faults.push({ key, ...read });
    else {
      attributes[key] = read.value;
      if (read.entered) entered[key] = read.entered;
    }
  }
  const stored = {
    ...(Object.keys(attributes).length > 0 && { attributes }),
    ...(Object.keys(entered).length > 0 && { attributesEntered: entered }),
  };
  return { stored, faults };
}

/** Stored attributes as they would be entered again, each number with its unit: for the check against another group. */
export function enteredAgain(
  { attributes = {}, attributesEntered = {} }: Stored,
  definitions: GroupAttribute[],
): Input {
  const again = Object.entries(attributes).map(([key, value]) => {
    const unit = definitions.find((definition) => definition.key === key)?.unit?.code;
    const measure = typeof value === 'number' && unit !== undefined ? { value, unit } : value;
    return [key, attributesEntered[key] ?? measure] as const;
  });
  return Object.fromEntries(again);
}

function readValue(definition: GroupAttribute, given: Input[string]): Read {
  if (definition.type === 'boolean')
    return typeof given === 'boolean' ? { value: given } : { code: 'ATTRIBUTE_NOT_YES_OR_NO' };
  if (definition.type === 'code') {
    const known = (definition.codes ?? []).map(({ value }) => value);
    if (typeof given === 'string' && known.includes(given)) return { value: given };
    return { code: 'ATTRIBUTE_CODE_UNKNOWN', params: { allowed: known.join(', ') } };
  }
  if (typeof given === 'number') return readNumber(definition, given, null);
  return typeof given === 'object' ? readNumber(definition, given.value, given) : { code: 'ATTRIBUTE_NOT_A_NUMBER' };
}

function readNumber(definition: GroupAttribute, number: number, measure: Measure | null): Read {
  const { min, max, unit } = definition;
  const ratio = measure ? ratioInto(definition, measure.unit) : one;
  if (!ratio) {
    const allowed = [unit, ...(definition.accepts ?? []).map((accepted) => accepted.unit)].flatMap(
      (known) => known?.code ?? [],
    );
    return { code: 'ATTRIBUTE_UNIT', params: { unit: measure?.unit ?? '', allowed: allowed.join(', ') } };
  }
  const value = Number(scaled(String(number), ratio, places));
  const symbol = unit ? ` ${unit.symbol}` : '';
  if (min !== undefined && value < min) return { code: 'ATTRIBUTE_TOO_SMALL', params: { limit: `${min}${symbol}` } };
  if (max !== undefined && value > max) return { code: 'ATTRIBUTE_TOO_LARGE', params: { limit: `${max}${symbol}` } };
  const isSame = !measure || measure.unit === unit?.code;
  return { value, ...(!isSame && { entered: measure }) };
}

const one: Fraction = { top: 1n, bottom: 1n };

/** What one of a unit is in the attribute's: the group's custom first (an air conditioner's "HP"), else the units' own ratio. */
export function ratioInto({ unit, accepts = [] }: GroupAttribute, from: string): Fraction | null {
  if (!unit) return null;
  const custom = accepts.find((accepted) => accepted.unit.code === from)?.factor;
  return custom === undefined ? ratioOf(from, unit.code) : fractionOf(custom);
}
