import type { GroupAttribute, ProductGroup, SearchQuery } from '../../schemas/types.d.ts';
import type { Clause, Facet, Filter } from './clause.rules.ts';
import { attributeField } from './document.rules.ts';

/** The parameter and the facet of an attribute. */
export function attributeName(key: string): `attr.${string}` {
  return `attr.${key}`;
}

/**
 * The attributes that the query chooses by or counts, by their keys, as far as the groups that are asked about have them, else as
 * any group has them: codes of all of these, and all their classes, since a key has the same type and unit everywhere.
 */
export function attributesOf(
  groups: ProductGroup[],
  query: Pick<SearchQuery, 'group' | 'family' | 'attr' | 'facets'>,
): Map<string, GroupAttribute> {
  const keys = new Set([...Object.keys(query.attr ?? {}), ...countedKeys(query)]);
  if (keys.size === 0) return new Map();
  const isAsked = ({ code, family }: ProductGroup) => isNamed(query.group, code) && isNamed(query.family, family.code);
  const known = new Map<string, GroupAttribute>();
  for (const group of [...groups.filter(isAsked), ...groups.filter((other) => !isAsked(other))]) {
    for (const attribute of group.attributes ?? []) {
      const { key } = attribute;
      if (!keys.has(key)) continue;
      const other = known.get(key);
      if (!other) known.set(key, attribute);
      else if (isAsked(group) || other.type === 'code') known.set(key, merged(other, attribute));
    }
  }
  return known;
}

function countedKeys({ facets = '' }: Pick<SearchQuery, 'facets'>): string[] {
  return facets.split(',').flatMap((name) => /^attr[.](.+)$/.exec(name.trim())?.[1] ?? []);
}

/** The first value that a parameter `attr.<key>` does not know, or the key that no group has; null where all is known. */
export function unknownAttribute(
  query: SearchQuery,
  attributes: ReadonlyMap<string, GroupAttribute>,
): { parameter: string; value: string } | null {
  for (const [key, text] of Object.entries(query.attr ?? {})) {
    const parameter = attributeName(key);
    const attribute = attributes.get(key);
    if (!attribute) return { parameter, value: key };
    const values = text.split(',').map((value) => value.trim());
    const value = values.find((candidate) => clauseOf(attribute, candidate) === null);
    if (value !== undefined) return { parameter, value };
  }
  return null;
}

/** The conditions that the query sets on attributes: values of one mean “or”, different ones “and”. */
export function attributeFilters(query: SearchQuery, attributes: ReadonlyMap<string, GroupAttribute>): Filter[] {
  return Object.entries(query.attr ?? {}).flatMap(([key, text]) => {
    const attribute = attributes.get(key);
    if (!attribute) return [];
    const any = text.split(',').flatMap((value) => clauseOf(attribute, value.trim()) ?? []);
    return [{ facet: attributeName(key), where: { any } }];
  });
}

/**
 * What is counted of an attribute: its codes, or the classes of a number, each a value that `attr.<key>` takes and that finds
 * exactly as many; with them the least and the greatest number.
 */
export function attributeFacet(attribute: GroupAttribute): Facet {
  const { key, type, steps = [] } = attribute;
  const field = attributeField(key);
  const name = attributeName(key);
  if (type !== 'number') return { name, field };
  const classes = [undefined, ...steps].map((from, at) => ({ from, below: steps[at] }));
  const values = classes.map(({ from, below }) => ({
    value:
      from === undefined && below === undefined ? '..' : `${from ?? ''}..${below === undefined ? '' : `<${below}`}`,
    where: {
      field,
      ...(from !== undefined && { gte: from }),
      ...(below !== undefined && { below }),
    },
  }));
  return { name, values, range: field };
}

/** Whether the row's own attributes are what was asked for: the index may be behind the store. */
export function hasAttributes(
  own: Record<string, number | string | boolean> | undefined,
  query: SearchQuery,
  attributes: ReadonlyMap<string, GroupAttribute>,
): boolean {
  return Object.entries(query.attr ?? {}).every(([key, text]) => {
    const attribute = attributes.get(key);
    const value = own?.[key];
    if (!attribute || value === undefined) return false;
    return text.split(',').some((asked) => isMet(value, clauseOf(attribute, asked.trim())));
  });
}

const decimal = '-?(?:0|[1-9][0-9]{0,11})(?:[.][0-9]{1,6})?';
const rangePattern = new RegExp(`^(${decimal})?[.][.](<?)(${decimal})?$`);
const numberPattern = new RegExp(`^${decimal}$`);

/** `12000`, `9000..18000` (both included), `9000..`, `..18000`, `9000..<18000` (the last not); a code; true or false. */
function clauseOf(attribute: GroupAttribute, value: string): Extract<Clause, { field: unknown }> | null {
  const field = attributeField(attribute.key);
  if (attribute.type === 'boolean') return value === 'true' || value === 'false' ? { field, in: [value] } : null;
  if (attribute.type === 'code')
    return attribute.codes?.some((code) => code.value === value) ? { field, in: [value] } : null;
  if (numberPattern.test(value)) return { field, gte: Number(value), lte: Number(value) };
  const [whole, from, isBelow, to] = rangePattern.exec(value) ?? [];
  if (whole === undefined || (isBelow && to === undefined)) return null;
  return {
    field,
    ...(from !== undefined && { gte: Number(from) }),
    ...(to !== undefined && (isBelow ? { below: Number(to) } : { lte: Number(to) })),
  };
}

function isMet(value: number | string | boolean, clause: ReturnType<typeof clauseOf>): boolean {
  if (!clause) return false;
  if ('in' in clause) return clause.in.includes(String(value));
  const { gte = -Infinity, lte = Infinity, below = Infinity } = clause;
  return typeof value === 'number' && gte <= value && value <= lte && value < below;
}

function isNamed(chosen: string | undefined, code: string): boolean {
  return chosen === undefined || chosen.split(',').some((value) => value.trim() === code);
}

function merged(a: GroupAttribute, b: GroupAttribute): GroupAttribute {
  const codes = [...(a.codes ?? []), ...(b.codes ?? [])];
  const steps = [...new Set([...(a.steps ?? []), ...(b.steps ?? [])])].sort((x, y) => x - y);
  return {
    ...a,
    ...(steps.length > 0 && { steps }),
    ...(codes.length > 0 && {
      codes: codes.filter(({ value }, at) => codes.findIndex((code) => code.value === value) === at),
    }),
  };
}
