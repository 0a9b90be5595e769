import type { OrganisationChange } from '../../../schemas/types.d.ts';

/** What was recorded of an organisation, and when: the whole of what anybody may ever know of it. */
export interface Recorded {
  at: string;
  change: OrganisationChange;
}

type Dated = { from?: string; through?: string };

/** The last that was recorded by the instant; undefined before the first. */
export function naiveKnown(log: Recorded[], knownAt: string): OrganisationChange | undefined {
  let known: OrganisationChange | undefined;
  for (const { at, change } of log) if (at <= knownAt) known = change;
  return known;
}

/** The name on a day: the dated one that holds, else the one that holds wherever the list says nothing. */
export function naiveName({ name, names = [] }: OrganisationChange, day: string): string {
  return (holding(names, day)?.name ?? name).vi;
}

/** The agency above on a day: the dated one that holds, else on the first free days the one that sets the first. */
export function naiveAbove({ parent, parents = [] }: OrganisationChange, day: string): string | undefined {
  const listed = holding(parents, day)?.code;
  if (listed !== undefined || parents.some(({ code }) => code === parent)) return listed;
  const starts = parents.map(({ from = '' }) => from).toSorted();
  const isBeforeAll = starts.every((start) => day < start);
  return isBeforeAll ? parent : undefined;
}

function holding<T extends Dated>(runs: T[], day: string): T | undefined {
  return runs.find(({ from = '0000', through = '9999' }) => from <= day && day <= through);
}
