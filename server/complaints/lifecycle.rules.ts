import type { ComplaintEventType, ComplaintStatus } from '../../schemas/types.d.ts';

/** How a caller stands to a report (`relation.rules.ts`). */
export type Relation = 'reporter' | 'party' | 'handler';

/** What an event needs beside the state that it is possible in. */
export type Need = 'party' | 'heard';

/** One row for each event in each state. What has no row cannot happen. */
export interface Transition {
  from: ComplaintStatus;
  event: ComplaintEventType;
  to: ComplaintStatus;
  by: Relation;
  needs: readonly Need[];
}

type Row = [from: ComplaintStatus, event: ComplaintEventType, to: ComplaintStatus, by: Relation, ...needs: Need[]];

/**
 * The life of a report. Nothing is decided against a party that was not heard: it replied, or the time to reply is over.
 * Whoever decides is neither of its side nor of the reporter's (ISO/IEC 17065:2012, 7.13).
 */
const rows: readonly Row[] = [
  ['received', 'forwarded', 'withParty', 'handler', 'party'],
  ['received', 'rejected', 'rejected', 'handler'],
  ['received', 'withdrawn', 'withdrawn', 'reporter'],
  ['withParty', 'replied', 'replied', 'party'],
  ['withParty', 'upheld', 'upheld', 'handler', 'heard'],
  ['withParty', 'rejected', 'rejected', 'handler'],
  ['withParty', 'withdrawn', 'withdrawn', 'reporter'],
  // The holder and the body of a certificate both have a say.
  ['replied', 'replied', 'replied', 'party'],
  ['replied', 'upheld', 'upheld', 'handler'],
  ['replied', 'rejected', 'rejected', 'handler'],
  ['replied', 'withdrawn', 'withdrawn', 'reporter'],
];

export const transitions: readonly Transition[] = rows.map(([from, event, to, by, ...needs]) => ({
  from,
  event,
  to,
  by,
  needs,
}));

/** States that nothing leads out of. */
export const ends: readonly ComplaintStatus[] = ['upheld', 'rejected', 'withdrawn'];

/** States in which nothing is decided yet. */
export const open: readonly ComplaintStatus[] = ['received', 'withParty', 'replied'];

/** The row of an event in a state; none where it cannot happen. */
export function transitionOf(from: ComplaintStatus, event: ComplaintEventType): Transition | undefined {
  return transitions.find((row) => row.from === from && row.event === event);
}
