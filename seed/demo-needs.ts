import type { SearchQuery } from '../schemas/types.d.ts';
import type { Services } from '../server/compose.ts';
import type { SettableClock } from '../server/core/clock.ts';
import type { Actor } from '../server/core/route.ts';
import needs from './data/demo-needs.json' with { type: 'json' };
import { addDays, addMonths, firstOfMonth, instantAt, workingDay } from './demo-calendar.ts';

/** A search of the demonstration, and when who asked it. */
interface DemoSearch {
  at: string;
  by: Actor | null;
  query: Partial<SearchQuery>;
}

const opened = 6;

/** What officers and visitors looked for in vain in the two months before the day: told, as those months are over. */
function demoSearches(today: string): DemoSearch[] {
  return needs.flatMap(({ query, agencies, visitors }, need) => {
    const officers = agencies.map((org): Actor => ({ id: 'seed', role: 'officer', org }));
    const askers = [...officers, ...Array.from({ length: visitors }, () => null)];
    return askers.map((by, at) => {
      const month = addMonths(firstOfMonth(today), -1 - (at % 2));
      const day = workingDay(addDays(month, opened + need + 2 * at));
      return { at: instantAt(day, `09:${10 + at}`), by, query };
    });
  });
}

/**
 * Asks them as anybody would, so they are counted by the same rule. It comes last, over the whole register: a search has no key
 * by which one that was cut off would know that it was asked.
 */
export async function searchInVain({ search }: Services, clock: SettableClock, today: string): Promise<void> {
  for (const { at, by, query } of demoSearches(today))
    await clock.at(at, () => search.search({ ...query, page: 1, limit: 1 }, 'vi', by));
}
