import type { Registry } from './compose-registry.ts';
import type { Collections } from './collections.ts';
import type { Clock } from './core/clock.ts';
import type { Filter } from './core/records.ts';
import { createFindService, type FindService } from './find/service.ts';

/** The look-up over the records of the registry, never over the search index. */
export function composeFind(records: Collections, registry: Registry, clock: Clock): FindService {
  const { catalogue, certificates, reference } = registry;
  return createFindService({
    clock,
    products: catalogue,
    certificates(asked) {
      if ('id' in asked) return records.certificates.some([asked.id]);
      if ('codes' in asked) return records.certificates.find({ 'found.codes': { $in: asked.codes } }, 50);
      return records.certificates.find(beginningWith(asked.begin), asked.most);
    },
    validity: (id, on) => certificates.validity(id, { on }),
    labels: (products, on) => certificates.labels(products, { on, knownAt: clock.now() }),
    schemes: () => reference.schemes.all(),
    reports: async (scheme) => (await records.certificates.count({ scheme, 'source.kind': 'issuer' })) > 0,
  });
}

/** Certificates one of whose numbers begins so; folded, it holds letters and digits alone. */
export function beginningWith(code: string): Filter {
  return { 'found.codes': new RegExp(`^${code}`) };
}
