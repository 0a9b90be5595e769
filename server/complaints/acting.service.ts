import type { ComplaintEventInput } from '../../schemas/types.d.ts';
import { broken, Problem } from '../core/problem.ts';
import type { Actor, Idempotency } from '../core/route.ts';
import type { WorkCalendar } from '../reference/calendar.rules.ts';
import { afterEvent, type StoredComplaint } from './case.rules.ts';
import { transitionOf, type Transition } from './lifecycle.rules.ts';
import { aroundOf, refusalOf, viewOf, type StandingParts } from './standing.service.ts';
import { tell, type TellingParts } from './telling.service.ts';
import { isReplyTimeOver } from './term.rules.ts';

export interface ActingParts extends StandingParts, TellingParts {
  calendar(): Promise<WorkCalendar>;
}

const mostEvents = 20;

/** Lets the event happen, by the table. @throws Problem 403, 404, 409, 422 */
export async function act(
  parts: ActingParts,
  actor: Actor,
  { id, input, idempotency }: { id: string; input: ComplaintEventInput; idempotency?: Idempotency | undefined },
): Promise<StoredComplaint> {
  const { records, clock } = parts;
  const calendar = await parts.calendar();
  let hasHappened = false;
  const change = async (before: StoredComplaint, now: string): Promise<StoredComplaint> => {
    const today = clock.today();
    // Of what is not for the caller it learns nothing by trying.
    if ((await viewOf(parts, actor, before)) === 'public') throw new Problem('FORBIDDEN');
    const row = transitionOf(before.status, input.type);
    if (!row || before.events.length >= mostEvents)
      throw new Problem('COMPLAINT_NOT_NOW', { status: before.status, event: input.type });
    const refusal = refusalOf(row, actor, { complaint: before, around: await aroundOf(parts, actor, before) });
    if (refusal) throw refusal;
    refuseUnmet(row, before, today);
    hasHappened = true;
    return afterEvent(before, { row, input, by: actor, now, today, calendar });
  };
  const complaint = await records.change(id, change, { by: actor, action: input.type, idempotency });
  // Not for the same call sent again.
  if (hasHappened) tell(parts, complaint, input.type);
  return complaint;
}

/** @throws Problem 422 for what the row needs and the report lacks */
function refuseUnmet({ needs }: Transition, { party, replyDueOn = '–' }: StoredComplaint, today: string): void {
  if (needs.includes('party') && party === undefined) throw broken({ pointer: '/type', code: 'NO_PARTY_KNOWN' });
  if (needs.includes('heard') && !isReplyTimeOver({ replyDueOn }, today))
    throw broken({ pointer: '/type', code: 'PARTY_NOT_HEARD', params: { on: replyDueOn } });
}
