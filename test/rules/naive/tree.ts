import type { AgencyPlace } from '../../../server/organisations/tree.rules.ts';

/** Who stands directly above the agency on the day, by looking through its list. */
export function naiveParent(agencies: AgencyPlace[], code: string, day: string): string | null {
  const parents = agencies.find((agency) => agency.code === code)?.parents ?? [];
  for (const { code: parent, from, through } of parents) {
    const hasBegun = from === undefined || day >= from;
    const hasEnded = through !== undefined && day > through;
    if (hasBegun && !hasEnded) return parent;
  }
  return null;
}

/** The agency and all above it on the day, step by step. */
export function naiveLineage(agencies: AgencyPlace[], code: string, day: string): string[] {
  const parent = naiveParent(agencies, code, day);
  return parent === null ? [code] : [code, ...naiveLineage(agencies, parent, day)];
}

/** Whether the agency stands above itself on the day. */
export function goesRound(agencies: AgencyPlace[], code: string, day: string): boolean {
  let at: string | null = code;
  for (let steps = 0; at !== null && steps <= agencies.length; steps++) at = naiveParent(agencies, at, day);
  return at !== null;
}
