import type { Need, NeedFollow } from '../../schemas/types.d.ts';
import type { Clock } from '../core/clock.ts';
import { Problem } from '../core/problem.ts';
import type { Actor } from '../core/route.ts';
import { isChanged, seenOf } from './change.rules.ts';
import type { NeedStore, StoredFollow } from './port.ts';
import type { NeedService } from './service.ts';

/** The needs that an organisation follows: it is shown what changed since it last looked. */
export interface NeedFollowService {
  all(actor: Actor): Promise<{ items: NeedFollow[] }>;
  /** Follows a group; where it is followed already, says that it was looked at. @throws Problem 404 for a group that is not on the list */
  follow(actor: Actor, group: string): Promise<NeedFollow>;
  unfollow(actor: Actor, group: string): Promise<void>;
}

interface FollowParts {
  store: Pick<NeedStore, 'follow' | 'unfollow' | 'follows'>;
  needs: NeedService;
  clock: Clock;
}

/** What is followed, over its store. */
export function createNeedFollowService({ store, needs, clock }: FollowParts): NeedFollowService {
  const all = async ({ org = '' }: Actor): Promise<NeedFollow[]> => {
    const [follows, { items, edition }] = await Promise.all([store.follows(org), needs.map({})]);
    return follows.map((follow) =>
      told(
        follow,
        items.find(({ group }) => group === follow.group),
        edition,
      ),
    );
  };
  return {
    all: async (actor) => ({ items: await all(actor) }),
    async follow(actor, group) {
      const { items, edition } = await needs.map({});
      const need = items.find((candidate) => candidate.group === group);
      if (!need) throw new Problem('NOT_FOUND');
      await store.follow(actor.org ?? '', {
        group,
        since: clock.today(),
        seen: seenOf(need, edition),
        seenAt: clock.now(),
      });
      return (await all(actor)).find((follow) => follow.group === group)!;
    },
    unfollow: ({ org = '' }, group) => store.unfollow(org, group),
  };
}

function told({ group, since, seen }: StoredFollow, need: Need | undefined, edition: string | null): NeedFollow {
  const now = seenOf(need, edition);
  return { group, since, seen, now, changed: isChanged(seen, now) };
}
