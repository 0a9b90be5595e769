import type { Connection } from 'mongoose';
import type { PriorityList } from '../schemas/types.d.ts';
import type { Registry } from './compose-registry.ts';
import type { Clock } from './core/clock.ts';
import { keepForAMoment } from './core/kept-moment.ts';
import type { Logger } from './core/log.ts';
import { createDrain, type Drain } from './core/drain.ts';
import { Problem } from './core/problem.ts';
import { createNeedCounting, type NeedCounting } from './needs/counting.service.ts';
import { createNeedFollowService, type NeedFollowService } from './needs/follows.service.ts';
import { createNeedLetters, type FollowerPost } from './needs/letters.service.ts';
import { createNeedService, type NeedService, type Supply } from './needs/service.ts';
import type { NeedStore } from './needs/port.ts';
import { openNeedStore } from './needs/store.adapter.ts';
import type { SearchService } from './search/service.ts';

// The map reads every ask there ever was.
const keptMs = 60_000;
// A letter comes within minutes of what it tells; one a day at the most.
const lettersEveryMs = 600_000;

interface NeedComposition {
  connection: Connection;
  registry: Registry;
  clock: Clock;
  log: Logger;
}

interface Accounts {
  post: Pick<FollowerPost, 'deliver'>;
  memberships: Pick<FollowerPost, 'addressesOf'>;
  address: string;
}

/** What is there once there is a search: the map, who follows it, and the letters to them, once there are accounts. */
export interface NeedsOverSearch {
  needs: NeedService;
  needFollows: NeedFollowService;
  writing(accounts: Accounts): Drain;
}

/** What is looked for in vain: the counting, which search needs, and what is made of it. */
export async function composeNeeds(
  composition: NeedComposition,
): Promise<{ counting: NeedCounting; over(search: SearchService): NeedsOverSearch }> {
  const { connection, registry, clock, log } = composition;
  const store = await openNeedStore(connection);
  const edition = async () => (await registry.recentLaw(clock.today())).edition;
  const counting = createNeedCounting({
    store,
    clock,
    listed: async () => new Set((await edition())?.entries.map(({ group }) => group)),
    failed: (error) => log.error({ err: error }, 'a need was not counted'),
  });
  return { counting, over: (search) => composeOver({ ...composition, search, store, edition }) };
}

interface OverSearch extends NeedComposition {
  search: SearchService;
  store: NeedStore;
  edition(): Promise<PriorityList | null>;
}

function composeOver(composition: OverSearch): NeedsOverSearch {
  const { registry, store, clock, log, search } = composition;
  const { reference } = registry;
  const sources = sourcesOf(composition);
  const needs = createNeedService({
    ...sources,
    keep: (ask) => keepForAMoment(ask, keptMs),
    supply: async () => (await supplyOf(search, reference)).supply,
  });
  const current = createNeedService({
    ...sources,
    keep: (ask) => ({ get: ask }),
    supply: () => knownSupply(search, reference),
  });
  return {
    needs,
    needFollows: createNeedFollowService({ store, needs, clock }),
    writing({ post: { deliver }, memberships: { addressesOf }, address }) {
      const post = { deliver, addressesOf, address };
      const letters = createNeedLetters({ store, clock, post, groups: reference.groups.all, needs: current });
      return createDrain({ name: 'letters on needs', pass: letters.pass, everyMs: lettersEveryMs, log });
    },
  };
}

function sourcesOf({ registry, search, store, clock, edition }: OverSearch) {
  const { reference, organisations, provinces } = registry;
  return {
    store,
    clock,
    edition,
    groups: reference.groups.all,
    organisations: (codes: string[], on: string) => organisations.byCodeOn(codes, on, clock.now()),
    async provinceToday(code: string, on: string) {
      const key = (await provinces.all()).keyOn({ code, on }, '34', clock.today());
      return key === 'unknown' ? null : key;
    },
    isProvince: async (code: string) => (await provinces.all()).byCode(code, clock.today()) !== undefined,
    matching: (group: string, attributes: Record<string, string>) => countMatching(search, group, attributes),
  };
}

const one = { page: 1, limit: 1 };

/** What there is by group, where the engine says it. @throws Problem 503 where it does not answer */
async function knownSupply(search: SearchService, reference: Registry['reference']): Promise<Map<string, Supply>> {
  const { supply, isKnown } = await supplyOf(search, reference);
  if (!isKnown) throw new Problem('SEARCH_UNAVAILABLE');
  return supply;
}

async function supplyOf(
  search: SearchService,
  { schemes }: Registry['reference'],
): Promise<{ supply: Map<string, Supply>; isKnown: boolean }> {
  const scheme = (await schemes.all()).map(({ code }) => code).join(',');
  const [labelled, accepted] = await Promise.all([
    search.search({ ...one, facets: 'group', scheme }, 'vi'),
    search.search({ ...one, facets: 'group', priority: true }, 'vi'),
  ]);
  const counts = (of: typeof labelled) => new Map((of.facets['group'] ?? []).map(({ value, count }) => [value, count]));
  const [all, good] = [counts(labelled), counts(accepted)];
  return {
    supply: new Map([...all].map(([group, count]) => [group, { labelled: count, accepted: good.get(group) ?? 0 }])),
    isKnown: labelled.degraded !== true && accepted.degraded !== true,
  };
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
