import type { GroupAttribute } from '../../schemas/types.d.ts';
import { ratioOf } from './units.rules.ts';

/** What is wrong with a definition, at its place in the list. */
export interface DefinitionFault {
  pointer: string;
  code: 'TWICE' | 'ATTRIBUTE_FIELD_OF_OTHER_TYPE' | 'ATTRIBUTE_BOUNDS' | 'ATTRIBUTE_UNIT' | 'ATTRIBUTE_DIFFERS';
  params?: Record<string, string>;
}

/**
 * Whether a group's attributes hold together: each key once; codes only for a code attribute, and each once; unit, bounds and
 * classes only for a number, in their order; every accepted unit convertible; and a key that other groups have too of the same
 * type and unit there, so that a filter on it means the same everywhere.
 */
export function definitionFaults(attributes: GroupAttribute[], elsewhere: GroupAttribute[]): DefinitionFault[] {
  return attributes.flatMap((attribute, at) => [
    ...(attributes.findIndex(({ key }) => key === attribute.key) < at
      ? [{ pointer: `/attributes/${at}/key`, code: 'TWICE' as const, params: { code: attribute.key } }]
      : []),
    ...ownFaults(attribute).map((fault) => ({ ...fault, pointer: `/attributes/${at}${fault.pointer}` })),
    ...(elsewhere.some((other) => other.key === attribute.key && !isAlike(other, attribute))
      ? [{ pointer: `/attributes/${at}`, code: 'ATTRIBUTE_DIFFERS' as const, params: { code: attribute.key } }]
      : []),
  ]);
}

function isAlike(a: GroupAttribute, b: GroupAttribute): boolean {
  return a.type === b.type && a.unit?.code === b.unit?.code;
}

const numberFields = ['unit', 'min', 'max', 'steps', 'accepts'] as const;

function ownFaults(attribute: GroupAttribute): DefinitionFault[] {
  const { type, codes = [], min = -Infinity, max = Infinity, steps = [] } = attribute;
  const foreign = [...(type === 'number' ? [] : numberFields), ...(type === 'code' ? [] : (['codes'] as const))];
  const isTwice = (code: string, at: number) => codes.findIndex(({ value }) => value === code) < at;
  const isOrdered = min <= max && steps.every((step, at) => step > (steps[at - 1] ?? min) && step <= max);
  return [
    ...foreign
      .filter((field) => attribute[field] !== undefined)
      .map((field) => ({ pointer: `/${field}`, code: 'ATTRIBUTE_FIELD_OF_OTHER_TYPE' as const, params: { type } })),
    ...(type === 'code' && codes.length === 0
      ? [{ pointer: '/codes', code: 'ATTRIBUTE_FIELD_OF_OTHER_TYPE' as const, params: { type } }]
      : []),
    ...codes.flatMap(({ value }, at) =>
      isTwice(value, at) ? [{ pointer: `/codes/${at}`, code: 'TWICE' as const, params: { code: value } }] : [],
    ),
    ...(isOrdered ? [] : [{ pointer: '', code: 'ATTRIBUTE_BOUNDS' as const }]),
    ...unitFaults(attribute),
  ];
}

function unitFaults({ unit, accepts = [] }: GroupAttribute): DefinitionFault[] {
  return accepts.flatMap(({ unit: other, factor }, at) => {
    const isKnown =
      unit !== undefined && (factor !== undefined ? Number(factor) > 0 : ratioOf(other.code, unit.code) !== null);
    const params = { unit: other.code, allowed: unit?.code ?? '' };
    return isKnown ? [] : [{ pointer: `/accepts/${at}/unit`, code: 'ATTRIBUTE_UNIT' as const, params }];
  });
}
