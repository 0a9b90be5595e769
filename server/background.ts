import type { Services } from './compose.ts';
import type { Drain } from './core/drain.ts';
import type { SearchService } from './search/service.ts';

interface BackgroundParts {
  search: SearchService;
  importing: Omit<Drain, 'nudge'>;
  /** Writes what was decided: certificates, listings. */
  following: Drain;
  drains: Drain[];
  /** Follow all those, one after the other: the share's cells, the seals, letters to followers. */
  after: Drain[];
  /** Letters on their way. */
  post: { settled(): Promise<void> };
}

/** Begins, waits for and ends the background work: imports and decided applications write, index and decisions follow, then the share's cells, days are sealed, and followers are written to. */
export function backgroundWork({
  search,
  importing,
  following,
  drains,
  after,
  post,
}: BackgroundParts): Pick<Services, 'start' | 'settle' | 'close'> {
  return {
    async start() {
      await search.start();
      for (const drain of [following, ...drains, ...after]) drain.start();
      importing.start();
    },
    async settle() {
      await importing.settled();
      await following.settled();
      await Promise.all(drains.map((drain) => drain.settled()));
      for (const drain of after) await drain.settled();
      await post.settled();
    },
    async close() {
      await importing.close();
      await post.settled();
      await Promise.all([following, ...drains, ...after].map((drain) => drain.close()));
    },
  };
}
