import type { Connection } from 'mongoose';
import type { Registry } from './compose-registry.ts';
import type { Clock } from './core/clock.ts';
import { keepForAMoment } from './core/kept-moment.ts';
import type { Logger } from './core/log.ts';
import { Problem } from './core/problem.ts';
import { createNeedCounting, type NeedCounting } from './needs/counting.service.ts';
import { createNeedFollowService, type NeedFollowService } from './needs/follows.service.ts';
import { createNeedService, type NeedService, type Supply } from './needs/service.ts';
import { openNeedStore } from './needs/store.adapter.ts';
import type { SearchService } from './search/service.ts';

// The map reads every ask there ever was.
const keptMs = 60_000;

interface NeedComposition {
  connection: Connection;
  registry: Registry;
  clock: Clock;
  log: Logger;
}

/** What is looked for in vain: the counting, which search needs, and from it, once there is a search, the map and who follows it. */
export async function composeNeeds({ connection, registry, clock, log }: NeedComposition): Promise<{
  counting: NeedCounting;
  over(search: SearchService): { needs: NeedService; needFollows: NeedFollowService };
}> {
  const { reference, organisations, provinces, recentLaw } = registry;
  const store = await openNeedStore(connection);
  const edition = async () => (await recentLaw(clock.today())).edition;
  const counting = createNeedCounting({
    store,
    clock,
    listed: async () => new Set((await edition())?.entries.map(({ group }) => group)),
    failed: (error) => log.error({ err: error }, 'a need was not counted'),
  });
  return {
    counting,
    over(search) {
      const needs = createNeedService({
        store,
        clock,
        keep: (ask) => keepForAMoment(ask, keptMs),
        edition,
        groups: reference.groups.all,
        organisations: (codes, on) => organisations.byCodeOn(codes, on, clock.now()),
        async provinceToday(code, on) {
          const key = (await provinces.all()).keyOn({ code, on }, '34', clock.today());
          return key === 'unknown' ? null : key;
        },
        isProvince: async (code) => (await provinces.all()).byCode(code, clock.today()) !== undefined,
        supply: () => supplyOf(search, reference),
        matching: (group, attributes) => countMatching(search, group, attributes),
      });
      return { needs, needFollows: createNeedFollowService({ store, needs, clock }) };
    },
  };
}

const one = { page: 1, limit: 1 };

async function supplyOf(search: SearchService, { schemes }: Registry['reference']): Promise<Map<string, Supply>> {
  const scheme = (await schemes.all()).map(({ code }) => code).join(',');
  const [labelled, accepted] = await Promise.all([
    search.search({ ...one, facets: 'group', scheme }, 'vi'),
    search.search({ ...one, facets: 'group', priority: true }, 'vi'),
  ]);
  const counts = (of: typeof labelled) => new Map((of.facets['group'] ?? []).map(({ value, count }) => [value, count]));
  const [all, good] = [counts(labelled), counts(accepted)];
  return new Map([...all].map(([group, count]) => [group, { labelled: count, accepted: good.get(group) ?? 0 }]));
}

/** None for attributes that the group has no longer. */
async function countMatching(search: SearchService, group: string, attr: Record<string, string>): Promise<number> {
  try {
    return (await search.search({ ...one, group, priority: true, attr }, 'vi')).total;
  } catch (error) {
    if (error instanceof Problem && error.code === 'INVALID_QUERY') return 0;
    throw error;
  }
}
