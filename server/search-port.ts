import type { Config } from '../schemas/types.d.ts';
import { createEmbeddedSearch } from './search/embedded.adapter.ts';
import { createMeilisearch } from './search/meilisearch.adapter.ts';
import type { SearchPort } from './search/port.ts';

/** The Meilisearch of `MEILI_URL`, else the engine inside this process. */
export function openSearch({ MEILI_URL, MEILI_KEY }: Pick<Config, 'MEILI_URL' | 'MEILI_KEY'>): SearchPort {
  return MEILI_URL ? createMeilisearch({ url: MEILI_URL, key: MEILI_KEY }) : createEmbeddedSearch();
}
