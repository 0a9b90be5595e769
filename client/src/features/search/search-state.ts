/** The fields that the panel offers, in its order. */
export const facetFields = ['kind', 'family', 'group', 'scheme', 'tier', 'supplier'] as const;

export type FacetField = (typeof facetFields)[number];

/** Rows a page. */
export const pageSize = 12;

const asked = ['q', ...facetFields, 'priority', 'validOn', 'sort', 'page'] as const;

/** What the URL asks of the catalogue; anything else in it is left alone. */
export function readSearch(params: URLSearchParams): Partial<Record<(typeof asked)[number], string>> {
  return Object.fromEntries(asked.flatMap((name) => (params.get(name) ? [[name, params.get(name)]] : [])));
}

/** The chosen values of one filter. */
export function readValues(params: URLSearchParams, field: FacetField): string[] {
  return params.get(field)?.split(',') ?? [];
}

/** Another state of the URL, on its first page unless the page is what changed; an empty value goes. */
export function withValue(params: URLSearchParams, name: (typeof asked)[number], value: string): URLSearchParams {
  const next = new URLSearchParams(params);
  if (name !== 'page') next.delete('page');
  if (value === '') next.delete(name);
  else next.set(name, value);
  return next;
}

/** Takes a value into a filter or out of it. */
export function withToggled(params: URLSearchParams, field: FacetField, value: string): URLSearchParams {
  const chosen = readValues(params, field);
  const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
  return withValue(params, field, next.join(','));
}

/** How many filters narrow the search, beside the words. */
export function countFilters(params: URLSearchParams): number {
  const chosen = facetFields.reduce((sum, field) => sum + readValues(params, field).length, 0);
  return chosen + (params.has('priority') ? 1 : 0) + (params.has('validOn') ? 1 : 0);
}

/** The words stay, every filter goes. */
export function withoutFilters(params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams();
  for (const name of ['q', 'sort']) if (params.has(name)) next.set(name, params.get(name) ?? '');
  return next;
}
