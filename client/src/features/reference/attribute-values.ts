import type { GroupAttribute } from '../../../../schemas/types.d.ts';
import { localised, typedText } from '../../ui/localised.ts';
import type { TypedText } from '../../ui/localised.ts';

export const attributeTypes = ['number', 'code', 'boolean'] as const satisfies GroupAttribute['type'][];

/** One value of a code list while it is typed. */
export interface CodeValues {
  value: string;
  name: TypedText;
}

/** An attribute while it is typed, shaped like the wire; nothing is an empty field. */
export interface AttributeValues {
  key: string;
  name: TypedText;
  type: GroupAttribute['type'];
  unit: { code: string; symbol: string };
  min: number | string;
  max: number | string;
  codes: CodeValues[];
  /** What the form does not ask about. */
  rest: Pick<GroupAttribute, 'steps' | 'accepts' | 'source'>;
}

/** An attribute as the form takes it; one of which nothing is said yet without one. */
export function attributeValues(attribute?: GroupAttribute): AttributeValues {
  const { key = '', name, type = 'number', unit, min = '', max = '', codes = [], ...rest } = attribute ?? {};
  return {
    key,
    name: typedText(name),
    type,
    unit: { code: unit?.code ?? '', symbol: unit?.symbol ?? '' },
    min,
    max,
    codes: codes.map(({ value, name: words }) => ({ value, name: typedText(words) })),
    rest,
  };
}

/** An attribute as it is sent: what belongs to another type is left out. */
export function toAttribute({ key, name, type, unit, min, max, codes, rest }: AttributeValues): GroupAttribute {
  const { source, ...ofNumbers } = rest;
  const code = unit.code.trim();
  return {
    key: key.trim(),
    name: localised(name),
    type,
    ...(type === 'number' && {
      ...ofNumbers,
      ...(code !== '' && { unit: { code, symbol: unit.symbol.trim() === '' ? code : unit.symbol.trim() } }),
      ...(min !== '' && { min: Number(min) }),
      ...(max !== '' && { max: Number(max) }),
    }),
    ...(type === 'code' && {
      codes: codes.map(({ value, name: words }) => ({ value: value.trim(), name: localised(words) })),
    }),
    ...(source !== undefined && { source }),
  };
}
