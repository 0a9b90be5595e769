import type { ProductGroup, ProductGroupInput } from '../../../../schemas/types.d.ts';
import { localised, typedText } from '../../ui/localised.ts';
import type { TypedText } from '../../ui/localised.ts';
import { attributeValues, toAttribute } from './attribute-values.ts';
import type { AttributeValues } from './attribute-values.ts';

/** A product group while it is typed, shaped like the wire. */
export interface GroupValues {
  code: string;
  validFrom: string;
  name: TypedText;
  /** The code of a family that is there, or nothing for the new one below. */
  chosenFamily: string;
  family: { code: string; name: TypedText };
  baseUnit: string;
  synonyms: string[];
  cpv: string[];
  attributes: AttributeValues[];
  advice: TypedText;
}

/** What the form begins with: the group as it stands, or one of which nothing is said yet. */
export function groupValues(group: ProductGroup | undefined, today: string): GroupValues {
  return {
    code: group?.code ?? '',
    validFrom: today,
    name: typedText(group?.name),
    chosenFamily: group?.family.code ?? '',
    family: { code: '', name: typedText(undefined) },
    baseUnit: group?.baseUnit ?? '',
    synonyms: [...(group?.synonyms ?? [])],
    cpv: [...(group?.cpv ?? [])],
    attributes: (group?.attributes ?? []).map((attribute) => attributeValues(attribute)),
    advice: typedText(group?.advice),
  };
}

/** The whole version: what the form does not ask about stays as it is. */
export function groupVersion(
  values: GroupValues,
  families: ReadonlyMap<string, ProductGroup['family']>,
  before: ProductGroup | undefined,
): ProductGroupInput {
  const { validFrom, name, family, baseUnit, synonyms, cpv, attributes, advice } = values;
  return {
    validFrom,
    name: localised(name),
    family: families.get(values.chosenFamily) ?? { code: family.code.trim(), name: localised(family.name) },
    baseUnit: baseUnit.trim(),
    synonyms,
    ...(cpv.length > 0 && { cpv }),
    ...(attributes.length > 0 && { attributes: attributes.map(toAttribute) }),
    ...(advice.vi.trim() !== '' && { advice: localised(advice) }),
    ...(before?.source !== undefined && { source: before.source }),
  };
}
