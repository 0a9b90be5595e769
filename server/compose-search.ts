import type { Collections } from './collections.ts';
import type { Composition } from './compose.ts';
import type { Registry } from './compose-registry.ts';
import { lawOn } from './facts.ts';
import { composeFind } from './compose-find.ts';
import type { FindService } from './find/service.ts';
import type { PurchaseService } from './purchases/service.ts';
import { openMessages } from './search/messages.adapter.ts';
import { createSearchService, type SearchService } from './search/service.ts';
import { searchOpens } from './search-opens.ts';
import { searchUpkeep } from './search-upkeep.ts';
import { organisationNames } from './share-sources.ts';

interface SearchComposition extends Pick<Composition, 'connection' | 'clock' | 'searchPort'> {
  records: Collections;
  registry: Registry;
  purchases: PurchaseService;
}

/** Search over the catalogue with what keeps its index in step, and the look-up that reads from the store alone. */
export async function composeSearch(
  composition: SearchComposition,
): Promise<{ search: SearchService; finder: FindService }> {
  const { connection, clock, searchPort, records, registry, purchases } = composition;
  const { organisations, catalogue, certificates, reference, priorityLists } = registry;
  const law = lawOn(reference, priorityLists);
  const finder = composeFind(records, registry, clock);
  const search = createSearchService({
    ...searchUpkeep(records, registry, clock),
    port: searchPort,
    messages: await openMessages(connection),
    clock,
    async facts(on) {
      const [facts, groups] = await Promise.all([law(on, clock.now()), reference.groups.all()]);
      return { ...facts, groups, suppliers: async (codes) => organisationNames(await organisations.byCode(codes)) };
    },
    browse: catalogue.browse,
    products: async (ids) => [...(await catalogue.byId(ids)).values()],
    labels: async (ids, on) =>
      certificates.labels([...(await catalogue.byId(ids)).values()], { on, knownAt: clock.now() }),
    opens: searchOpens({ ...registry, records, purchases }),
    absence: async (q, on, language) => (await finder.find({ q, on }, language)).absence,
  });
  return { search, finder };
}
