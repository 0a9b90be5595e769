import type { Complaint } from '../../schemas/types.d.ts';
import { lastWorkingDay, type WorkCalendar } from '../reference/calendar.rules.ts';

/** Working days for each step; rules of this register, for no text sets a time for such reports. */
export const termDays = { check: 5, reply: 10, decide: 15 } as const;

/** By when the operator forwards or rejects what came in on the day. */
export function checkDueOn(receivedOn: string, calendar: WorkCalendar): string {
  return lastWorkingDay(receivedOn, termDays.check, calendar);
}

/** By when the party may reply to what it is told on the day, and by when the operator decides if it says nothing. */
export function replyTerm(
  forwardedOn: string,
  calendar: WorkCalendar,
): Required<Pick<Complaint, 'replyDueOn' | 'decideDueOn'>> {
  const replyDueOn = lastWorkingDay(forwardedOn, termDays.reply, calendar);
  return { replyDueOn, decideDueOn: decideDueOn(replyDueOn, calendar) };
}

/** By when the operator decides after the reply of the day. */
export function decideDueOn(repliedOn: string, calendar: WorkCalendar): string {
  return lastWorkingDay(repliedOn, termDays.decide, calendar);
}

type Timed = Pick<Complaint, 'status' | 'checkDueOn'> & Partial<Pick<Complaint, 'replyDueOn' | 'decideDueOn'>>;

/** Whether the time of the party to reply is over. A day that was told stays, whatever day off is declared later. */
export function isReplyTimeOver({ replyDueOn }: Partial<Pick<Complaint, 'replyDueOn'>>, today: string): boolean {
  return replyDueOn !== undefined && replyDueOn < today;
}

/** Whether the operator is late. The party has a right to reply and no duty, so it never is. */
export function isLate({ status, checkDueOn: check, decideDueOn: decide }: Timed, today: string): boolean {
  if (status === 'received') return check < today;
  return (status === 'withParty' || status === 'replied') && decide !== undefined && decide < today;
}
