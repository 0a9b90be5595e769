import type { Services } from './compose.ts';
import type { Drain } from './core/drain.ts';
import type { SearchService } from './search/service.ts';

interface BackgroundParts {
  search: SearchService;
  importing: Omit<Drain, 'nudge'>;
  drains: Drain[];
  counting: Drain;
  sealing: Drain;
}

/** Begins, waits for and ends the background work: imports write, index and decisions follow, then the share's cells, and days are sealed. */
export function backgroundWork({
  search,
  importing,
  drains,
  counting,
  sealing,
}: BackgroundParts): Pick<Services, 'start' | 'settle' | 'close'> {
  return {
    async start() {
      await search.start();
      for (const drain of [...drains, counting, sealing]) drain.start();
      importing.start();
    },
    async settle() {
      await importing.settled();
      await Promise.all(drains.map((drain) => drain.settled()));
      await counting.settled();
      await sealing.settled();
    },
    async close() {
      await importing.close();
      await Promise.all([...drains, counting, sealing].map((drain) => drain.close()));
    },
  };
}
