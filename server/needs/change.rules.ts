import type { Need, NeedSeen } from '../../schemas/types.d.ts';

/** What there is to be seen of a need; of a group that is not on the edition in force, nothing. */
export function seenOf(need: Need | undefined, edition: string | null): NeedSeen {
  return {
    asks: need?.published?.asks ?? 0,
    agencies: need?.published?.agencies ?? 0,
    labelled: need?.labelled ?? 0,
    accepted: need?.accepted ?? 0,
    edition,
    obligation: need?.obligation ?? null,
  };
}

/** Whether a follower who looks again sees something else. */
export function isChanged(seen: NeedSeen, now: NeedSeen): boolean {
  return now.asks > seen.asks || now.labelled !== seen.labelled || now.obligation !== seen.obligation;
}

/** What is worth a letter: more is missed, the need is met or no longer, or the edition says otherwise of the group. */
export type NeedChange = 'grown' | 'met' | 'unmet' | 'mandatory' | 'preferred' | 'unlisted';

/** What of a need changed so much that its followers are written to. */
export function changesWorthALetter(before: NeedSeen, now: NeedSeen): NeedChange[] {
  if (now.obligation === null) return before.obligation === null ? [] : ['unlisted'];
  const isMet = now.accepted !== undefined && now.accepted > 0;
  const wasMet = before.accepted === undefined ? isMet : before.accepted > 0;
  return [
    ...(now.asks > before.asks ? ['grown' as const] : []),
    ...(isMet === wasMet ? [] : [isMet ? ('met' as const) : ('unmet' as const)]),
    ...(now.obligation === before.obligation ? [] : [now.obligation]),
  ];
}
