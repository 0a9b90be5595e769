import type { Measures, Tier } from '../../schemas/types.d.ts';
import { withheldKeys } from '../organisations/publication.rules.ts';
import { WITHHELD } from './place.rules.ts';
import { addTally, emptyTally, measuresOf, totalOf, type Tally } from './tally.rules.ts';

const MOST_GROUPS = 200;

/** Adds a tally to that of a key. */
export function addInto(tallies: Map<string, Tally>, key: string, tally: Tally): void {
  const known = tallies.get(key);
  if (known === undefined) tallies.set(key, [...tally]);
  else addTally(known, tally);
}

/** A public breakdown shows no figure of a single hidden agency: the smallest group goes with it. */
export function withoutSingleAgency(groups: Map<string, Tally>, hiddenAgencies: number): Map<string, Tally> {
  if (!groups.has(WITHHELD)) return groups;
  const shown = [...groups].filter(([key]) => key !== WITHHELD);
  const withheld = withheldKeys(
    shown.map(([key, tally]) => ({ key, size: totalOf(tally) })),
    hiddenAgencies,
  );
  const kept = new Map<string, Tally>();
  for (const [key, tally] of groups) addInto(kept, withheld.has(key) ? WITHHELD : key, tally);
  return kept;
}

/** The groups with the largest denominators by key, and the rest as one. */
export function measureGroups(
  groups: Map<string, Tally>,
  tiers: readonly Tier[],
  base: Tally | undefined,
): { groups: { key: string; measures: Measures }[]; others?: { measures: Measures } } {
  const bySize = [...groups]
    .map(([key, tally]) => ({ key, tally, total: totalOf(tally) }))
    .sort((a, b) => Number(b.total > a.total) - Number(b.total < a.total) || (a.key < b.key ? -1 : 1));
  const rest = emptyTally();
  for (const { tally } of bySize.slice(MOST_GROUPS)) addTally(rest, tally);
  const kept = bySize.slice(0, MOST_GROUPS).sort((a, b) => (a.key < b.key ? -1 : 1));
  return {
    groups: kept.map(({ key, tally }) => ({ key, measures: measuresOf(tally, tiers, base) })),
    ...(bySize.length > MOST_GROUPS && { others: { measures: measuresOf(rest, tiers, base) } }),
  };
}
