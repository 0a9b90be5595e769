import type { Clock } from '../core/clock.ts';
import type { Actor } from '../core/route.ts';
import type { NeedStore } from './port.ts';
import { writeWants, type Wanted } from './wants.rules.ts';

/** Counts what is looked for in vain. */
export interface NeedCounting {
  /**
   * A search that found nothing, by the groups that it names and the attributes that it asks for. An officer counts as its
   * agency; everybody else counts as a visitor, of whom nothing is kept but the group and the month. Resolves once it is
   * counted, so what has been answered is not lost; rejects with nothing, because a search is answered without it too.
   */
  count(search: { groups: string[]; attributes: Wanted }, actor: Actor | null): Promise<void>;
}

interface CountingParts {
  store: Pick<NeedStore, 'count'>;
  clock: Clock;
  /** The groups on the edition in force. */
  listed(): Promise<ReadonlySet<string>>;
  /** Tells the operator's log. */
  failed(error: unknown): void;
}

/** The counting over its store. */
export function createNeedCounting({ store, clock, listed, failed }: CountingParts): NeedCounting {
  return {
    async count({ groups, attributes }, actor) {
      try {
        const known = await listed();
        const agency = actor?.role === 'officer' ? (actor.org ?? null) : null;
        const wants = agency === null ? '' : writeWants(attributes);
        const month = clock.today().slice(0, 7);
        for (const group of groups.filter((code) => known.has(code)))
          await store.count({ group, month, agency, wants });
      } catch (error) {
        failed(error);
      }
    },
  };
}
