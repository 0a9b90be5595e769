/** A group that a product was of, until the register learned that it is of another. */
export interface FormerGroup {
  group: string;
  /** The instant from which it was no longer known as this. */
  until: string;
}

interface Grouped {
  group: string;
  formerGroups?: FormerGroup[];
}

/** The group that a product was known to be of at an instant: an answer as known then does not follow later changes. */
export function groupKnownAt({ group, formerGroups = [] }: Grouped, instant: string): string {
  return formerGroups.find(({ until }) => instant < until)?.group ?? group;
}

/** The changed product with its former group kept, where the change moved it to another. */
export function withGroupHistory<T extends Grouped>(before: Grouped, after: T, now: string): T {
  if (before.group === after.group) return after;
  return { ...after, formerGroups: [...(before.formerGroups ?? []), { group: before.group, until: now }] };
}
