import type { SearchNews, SearchNewsInput } from '../../schemas/types.d.ts';
import type { Clock } from '../core/clock.ts';
import type { Language } from '../core/problem.ts';
import type { SearchService } from './service.ts';

/** What is new in the searches that somebody keeps. */
export interface NewsService {
  /** @throws Problem 400 for a value that a parameter of a search does not know, 503 where the engine does not answer */
  news(input: SearchNewsInput, language: Language): Promise<SearchNews>;
}

/** A write is found within two seconds: what was written in the last ones may not be counted yet, and is the next time. */
const lagMs = 2000;

/** One search after the other: twenty at once would keep everybody else waiting. */
export function createNewsService(search: Pick<SearchService, 'countNew'>, clock: Clock): NewsService {
  return {
    async news({ searches }, language) {
      const countedAt = new Date(Date.parse(clock.now()) - lagMs).toISOString();
      const counts: number[] = [];
      for (const { asked, since } of searches)
        counts.push(since === undefined ? 0 : await search.countNew({ ...asked, page: 1, limit: 1 }, since, language));
      return { countedAt, counts };
    },
  };
}
