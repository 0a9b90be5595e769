import type { SavedSearch, SavedSearchInput } from '../../schemas/types.d.ts';

/** The most that a person keeps. */
export const most = 100;

type List = readonly SavedSearch[];

/** What of a question is the same however its query is written. */
export function isSame(a: SavedSearchInput, b: SavedSearchInput): boolean {
  return a.page === b.page && a.name === b.name && a.query === b.query;
}

/** A question as it is kept: without spaces around its name, seen up to no later than now. */
export function tidied({ page, name, query, seenUntil }: SavedSearchInput, now: string): SavedSearchInput {
  return {
    page,
    name: name.trim(),
    query,
    ...(seenUntil !== undefined && { seenUntil: earlier(seenUntil, now) }),
  };
}

/**
 * The list with the questions in it, at a place or at its end. None is there twice: of one that is kept already only what was
 * seen moves on.
 */
export function withKept(list: List, added: List, place: number = list.length): SavedSearch[] {
  const known = list.map((kept) => {
    const again = added.find((one) => isSame(one, kept));
    return again?.seenUntil === undefined ? kept : seen(kept, again.seenUntil);
  });
  const fresh = added.filter(
    (one, at) => !list.some((kept) => isSame(kept, one)) && added.findIndex((other) => isSame(other, one)) === at,
  );
  return known.toSpliced(place, 0, ...fresh);
}

/** The list after these were looked at up to the instant; what was seen is never unseen again. */
export function withSeen(list: List, ids: readonly string[], until: string): SavedSearch[] {
  return list.map((kept) => (ids.includes(kept.id) ? seen(kept, until) : kept));
}

function seen(kept: SavedSearch, until: string): SavedSearch {
  return { ...kept, seenUntil: kept.seenUntil !== undefined && kept.seenUntil > until ? kept.seenUntil : until };
}

/** The earlier of an instant that somebody sent, with whatever offset, and now. */
export function earlier(sent: string, now: string): string {
  const instant = new Date(Date.parse(sent)).toISOString();
  return instant < now ? instant : now;
}
