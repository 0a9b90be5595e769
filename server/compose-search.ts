import type { Product } from '../schemas/types.d.ts';
import type { Collections } from './collections.ts';
import type { Composition, Services } from './compose.ts';
import type { Registry } from './compose-registry.ts';
import { lawOn } from './facts.ts';
import { beginningWith, composeFind } from './compose-find.ts';
import type { PurchaseService } from './purchases/service.ts';
import type { SearchFacts } from './search/explain.service.ts';
import { createNewsService } from './search/news.service.ts';
import { openMessages } from './search/messages.adapter.ts';
import { createSearchService } from './search/service.ts';
import { createSuggestService } from './search/suggest.service.ts';
import { searchOpens } from './search-opens.ts';
import { searchUpkeep } from './search-upkeep.ts';
import { organisationNames } from './share-sources.ts';

interface SearchComposition extends Pick<Composition, 'connection' | 'clock' | 'searchPort'> {
  records: Collections;
  registry: Registry;
  purchases: PurchaseService;
}

/** Search over the catalogue with what keeps its index in step, suggestions, and the look-up that reads from the store alone. */
export async function composeSearch(
  composition: SearchComposition,
): Promise<Pick<Services, 'search' | 'finder' | 'suggestions' | 'news'>> {
  const { connection, clock, searchPort, records, registry, purchases } = composition;
  const { organisations, catalogue, certificates, reference, priorityLists } = registry;
  const law = lawOn(reference, priorityLists);
  const finder = composeFind(records, registry, clock);
  const labels = (products: Product[], on: string) => certificates.labels(products, { on, knownAt: clock.now() });
  const reading = {
    port: searchPort,
    clock,
    async facts(on: string): Promise<SearchFacts> {
      const [facts, groups] = await Promise.all([law(on, clock.now()), reference.groups.all()]);
      return { ...facts, groups, suppliers: async (codes) => organisationNames(await organisations.byCode(codes)) };
    },
    products: async (ids: string[]) => [...(await catalogue.byId(ids)).values()],
  };
  const search = createSearchService({
    ...searchUpkeep(records, registry, clock),
    ...reading,
    messages: await openMessages(connection),
    browse: catalogue.browse,
    labels: async (ids, on) => labels(await reading.products(ids), on),
    opens: searchOpens({ ...registry, records, purchases }),
    absence: async (q, on, language) => (await finder.find({ q, on }, language)).absence,
  });
  const suggestions = createSuggestService({
    ...reading,
    labelled: async (products, on) =>
      new Set([...(await labels(products, on))].flatMap(([id, own]) => (own.length > 0 ? id : []))),
    suppliers: async (q, most) => (await organisations.page(null, { kind: 'supplier', q, limit: most })).items,
    certificates: (begin, most) => records.certificates.find(beginningWith(begin), most),
  });
  return { search, finder, suggestions, news: createNewsService(search, clock) };
}
