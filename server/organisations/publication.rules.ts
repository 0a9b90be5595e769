import type { MeActor, Organisation } from '../../schemas/types.d.ts';

/** A group of an answer that everybody may read: its key and what it sums up to. */
export interface PublicGroup {
  key: string;
  size: bigint;
}

type Reader = Pick<MeActor, 'role'> | null;

/** Whether the reader sees everything: operator and auditor (contract, roles). */
export function readsAll(actor: Reader): boolean {
  return actor?.role === 'operator' || actor?.role === 'auditor';
}

/** Whether the reader sees an organisation at which nobody has looked yet: its own too. */
export function seesUnverified(actor: Pick<MeActor, 'role' | 'org'> | null, code: string): boolean {
  return readsAll(actor) || actor?.org === code;
}

/**
 * The agencies of which nothing is public but the national sum: those that do not publish and all that stand below one,
 * but for those that the reader acts for.
 */
export function hiddenAgencies(unpublished: string[], subtree: (code: string) => string[], own: string[]): Set<string> {
  const hidden = new Set(unpublished.flatMap(subtree));
  for (const code of own) hidden.delete(code);
  return hidden;
}

/** The organisation as the reader may see it: former states for operator and auditor only, and no code of a hidden agency. */
export function presentTo(actor: Reader, organisation: Organisation, hidden: Set<string>): Organisation {
  if (readsAll(actor)) return organisation;
  const { earlier: _earlier, parent, parents, successors, ...rest } = organisation;
  const above = parents?.filter(({ code }) => !hidden.has(code));
  const heirs = successors?.filter((code) => !hidden.has(code));
  return {
    ...rest,
    ...(parent !== undefined && !hidden.has(parent) && { parent }),
    ...(above && above.length > 0 && { parents: above }),
    ...(heirs && heirs.length > 0 && { successors: heirs }),
  };
}

/**
 * The keys of a public breakdown, whatever it is by, that go into one remainder with the lines of hidden agencies. Where those lines are of a
 * single agency, whole minus groups would give that agency's own figure, so the smallest group goes with them; where two
 * or more agencies share the remainder, or none has lines, every group is shown. What several answers give when they are
 * subtracted from each other, such as the national sum less the agencies that publish, is the price of a national sum.
 */
export function withheldKeys(groups: PublicGroup[], hiddenAgenciesWithLines: number): Set<string> {
  if (hiddenAgenciesWithLines !== 1) return new Set();
  const [first, ...others] = groups;
  if (first === undefined) return new Set();
  const smaller = (a: PublicGroup, b: PublicGroup) => (b.size < a.size || (b.size === a.size && b.key < a.key) ? b : a);
  return new Set([others.reduce(smaller, first).key]);
}
