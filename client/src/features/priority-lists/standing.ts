import type { PriorityList } from '../../../../schemas/types.d.ts';

/** Where an edition stands on a day. */
export type Standing = 'inForce' | 'coming' | 'past' | 'draft';

/** An edition with where it stands and the last day before the next one starts. */
export interface StandingEdition {
  edition: PriorityList;
  standing: Standing;
  /** The last day on which it is in force; nothing while no later one is published and no correction ends it. */
  through: string | undefined;
}

const dayMs = 86_400_000;

/** Every edition with its standing, the newest first. */
export function standingOf(editions: PriorityList[], today: string): StandingEdition[] {
  const published = editions.filter(({ status }) => status === 'published').sort(byStart);
  return [...editions]
    .sort((a, b) => byStart(b, a))
    .map((edition) => {
      if (edition.status === 'draft') return { edition, standing: 'draft', through: undefined };
      const next = published.find(({ effectiveFrom }) => effectiveFrom > edition.effectiveFrom);
      const through = earlier(edition.through, next && dayBefore(next.effectiveFrom));
      return { edition, standing: standingOn(today, edition.effectiveFrom, through), through };
    });
}

/** The days that a draft would decide: from its start until the next published edition starts. */
export function daysDecided(draft: PriorityList, editions: PriorityList[]): { from: string; to: string | undefined } {
  const later = editions
    .filter(({ status, effectiveFrom }) => status === 'published' && effectiveFrom > draft.effectiveFrom)
    .sort(byStart)[0];
  return { from: draft.effectiveFrom, to: earlier(draft.through, later && dayBefore(later.effectiveFrom)) };
}

function standingOn(today: string, from: string, through: string | undefined): Standing {
  if (from > today) return 'coming';
  return through !== undefined && through < today ? 'past' : 'inForce';
}

/** The earlier of two last days; nothing where there is neither. */
function earlier(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
}

function byStart(a: PriorityList, b: PriorityList): number {
  return a.effectiveFrom < b.effectiveFrom ? -1 : a.effectiveFrom > b.effectiveFrom ? 1 : 0;
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - dayMs).toISOString().slice(0, 10);
}
