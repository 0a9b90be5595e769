import type { Product, SearchQuery, SearchResult } from '../../schemas/types.d.ts';
import { Problem } from '../core/problem.ts';
import type { Asked } from './explain.service.ts';
import { valuesOf } from './query.rules.ts';

/** What the register's own indexes can choose by; no list means all. */
export interface BrowseFilter {
  kinds: string[];
  groups: string[];
  suppliers: string[];
  /** Not those withdrawn on or before the day. */
  on: string;
}

/** A page of the accepted products, the latest first. */
export type Browse = (
  filter: BrowseFilter,
  page: { limit: number; skip: number },
) => Promise<{ items: Product[]; total: number }>;

/** Parameters that can be served without the engine, or left unserved. */
const storeParameters = new Set([
  'kind',
  'group',
  'family',
  'supplier',
  'validOn',
  'page',
  'limit',
  'facets',
  'sort',
  'q',
  'asTyped',
  'why',
  'highlight',
]);

/**
 * What can be shown while the search engine does not answer: the latest products by kind, group, family and supplier.
 * @throws Problem 503 where words are looked for, or what only the engine knows
 */
export async function browseWithoutEngine(
  browse: Browse,
  { query, law, request }: Asked,
): Promise<{ ids: string[] } & Pick<SearchResult, 'total'>> {
  if (request.words.length > 0 || (query.q ?? '').trim() !== '' || asksTheEngine(query))
    throw new Problem('SEARCH_UNAVAILABLE');
  const families = valuesOf(query.family);
  const ofFamilies = law.groups.filter(({ family }) => families.includes(family.code)).map(({ code }) => code);
  const chosen = valuesOf(query.group);
  const groups =
    chosen.length > 0 && families.length > 0
      ? chosen.filter((code) => ofFamilies.includes(code))
      : [...chosen, ...ofFamilies];
  if (groups.length === 0 && chosen.length + families.length > 0) return { ids: [], total: 0 };
  const filter = { kinds: valuesOf(query.kind), groups, suppliers: valuesOf(query.supplier), on: law.on };
  const { items, total } = await browse(filter, { limit: request.size, skip: (request.page - 1) * request.size });
  return { ids: items.map(({ id }) => id), total };
}

function asksTheEngine(query: SearchQuery): boolean {
  return Object.keys(query).some((name) => !storeParameters.has(name));
}
