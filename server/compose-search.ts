import type { Collections } from './collections.ts';
import type { Composition, Services } from './compose.ts';
import type { Registry } from './compose-registry.ts';
import { beginningWith, composeFind } from './compose-find.ts';
import { composeNeeds, type NeedsOverSearch } from './compose-needs.ts';
import { recordFields } from './core/model.ts';
import type { PurchaseService } from './purchases/service.ts';
import type { SearchFacts } from './search/explain.service.ts';
import { createNewsService } from './search/news.service.ts';
import { openMessages } from './search/messages.adapter.ts';
import { createSearchService } from './search/service.ts';
import { createSuggestService } from './search/suggest.service.ts';
import { keepTitles, titleFields } from './search/titles.adapter.ts';
import { searchOpens } from './search-opens.ts';
import { searchUpkeep } from './search-upkeep.ts';

interface SearchComposition extends Pick<Composition, 'connection' | 'clock' | 'log' | 'searchPort'> {
  records: Collections;
  registry: Registry;
  purchases: PurchaseService;
}

type Searching = Pick<Services, 'search' | 'finder' | 'suggestions' | 'news'> & NeedsOverSearch;

const productFields = recordFields('product');

/** Search over the catalogue with what keeps its index in step, suggestions, what is missed by it, and the look-up that reads from the store alone. */
export async function composeSearch(composition: SearchComposition): Promise<Searching> {
  const { connection, clock, searchPort, records, registry, purchases } = composition;
  const { organisations, catalogue, certificates, recentLaw, recentNames } = registry;
  const needs = await composeNeeds(composition);
  const finder = composeFind(records, registry, clock);
  const reading = {
    port: searchPort,
    clock,
    async facts(on: string): Promise<SearchFacts> {
      return { ...(await recentLaw(on)), suppliers: recentNames };
    },
    products: (ids: string[]) => records.products.some(ids, productFields),
  };
  const search = createSearchService({
    ...searchUpkeep(records, registry, clock),
    ...reading,
    messages: await openMessages(connection),
    browse: catalogue.browse,
    titles: keepTitles((ids) => records.products.some(ids, titleFields)),
    labels: (ids, law) => certificates.labels(ids, { on: law.on, knownAt: clock.now(), law }),
    opens: searchOpens({ ...registry, records, purchases }),
    absence: (q, on, language) => finder.absence({ q, on }, language),
    unmet: needs.counting.count,
  });
  const suggestions = createSuggestService({
    ...reading,
    async labelled(products, on) {
      const ids = products.map(({ id }) => id);
      const labels = await certificates.labels(ids, { on, knownAt: clock.now() });
      return new Set(products.flatMap((product) => (labels(product).length > 0 ? product.id : [])));
    },
    suppliers: async (q, most) => (await organisations.page(null, { kind: 'supplier', q, limit: most })).items,
    certificates: (begin, most) => records.certificates.find(beginningWith(begin), most),
  });
  return { search, finder, suggestions, news: createNewsService(search, clock), ...needs.over(search) };
}
