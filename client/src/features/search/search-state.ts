/** The fields that the panel offers, in its order. */
export const facetFields = ['kind', 'family', 'group', 'scheme', 'tier', 'supplier'] as const;

export type FacetField = (typeof facetFields)[number];
/** The parameter of an attribute, in the address as in the API. */
export type AttributeParameter = `attr.${string}`;

/** Rows a page. */
export const pageSize = 12;

const asked = ['q', 'asTyped', ...facetFields, 'priority', 'ids', 'changedSince', 'validOn', 'sort', 'page'] as const;

type Parameter = (typeof asked)[number] | AttributeParameter;

/** What the URL asks of the catalogue; anything else in it is left alone. */
export function readSearch(params: URLSearchParams): Partial<Record<Parameter, string>> {
  const names = [...asked, ...attributeParameters(params)];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = params.get(name);
      return value ? [[name, value]] : [];
    }),
  );
}

/** The parameter of the attribute. */
export function attributeParameter(key: string): AttributeParameter {
  return `attr.${key}`;
}

function attributeParameters(params: URLSearchParams): AttributeParameter[] {
  return [...params.keys()].filter((name): name is AttributeParameter => name.startsWith('attr.'));
}

/**
 * The chosen values of a number apart: classes that are counted, and the range that was typed, both ends included. One that
 * is neither stays among the chosen, so that it can be seen and taken away.
 */
export function readRange(
  values: string[],
  counts: { value: string }[],
): { chosen: string[]; from: number | undefined; to: number | undefined } {
  const typed = values.find(
    (value) => /^[0-9.]*[.]{2}[0-9.]*$/.test(value) && !counts.some((count) => count.value === value),
  );
  const [from = '', to = ''] = typed?.split('..') ?? [];
  return { chosen: values.filter((value) => value !== typed), from: numberOf(from), to: numberOf(to) };
}

function numberOf(end: string): number | undefined {
  return end === '' ? undefined : Number(end);
}

/** A typed range in place of what was chosen of the number before. */
export function withRange(
  params: URLSearchParams,
  name: AttributeParameter,
  { from, to }: { from: number | undefined; to: number | undefined },
): URLSearchParams {
  const isOpen = from === undefined && to === undefined;
  return withValue(params, name, isOpen ? '' : `${from ?? ''}..${to ?? ''}`);
}

/** The chosen values of one filter. */
export function readValues(params: URLSearchParams, field: FacetField | AttributeParameter): string[] {
  return params.get(field)?.split(',') ?? [];
}

/** Another state of the URL, on its first page unless the page is what changed; an empty value goes. */
export function withValue(params: URLSearchParams, name: Parameter, value: string): URLSearchParams {
  const next = new URLSearchParams(params);
  if (name !== 'page') next.delete('page');
  // Other words are understood anew.
  if (name === 'q') next.delete('asTyped');
  if (value === '') next.delete(name);
  else next.set(name, value);
  return next;
}

/** Takes a value into a filter or out of it. */
export function withToggled(
  params: URLSearchParams,
  field: FacetField | AttributeParameter,
  value: string,
): URLSearchParams {
  return withValue(params, field, toggled(readValues(params, field), value).join(','));
}

/** The values with this one too, or without it. */
export function toggled(chosen: string[], value: string): string[] {
  return chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
}

/** How many filters narrow the search, beside the words. */
export function countFilters(params: URLSearchParams): number {
  const fields = [...facetFields, ...attributeParameters(params)];
  const chosen = fields.reduce((sum, field) => sum + readValues(params, field).length, 0);
  const others = ['priority', 'validOn', 'ids', 'changedSince'].filter((name) => params.has(name));
  return chosen + others.length;
}

/** The words stay, every filter goes. */
export function withoutFilters(params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams();
  for (const name of ['q', 'sort']) if (params.has(name)) next.set(name, params.get(name) ?? '');
  return next;
}
