import type { Complaint, ComplaintEvent, ComplaintEventInput } from '../../schemas/types.d.ts';
import type { WorkCalendar } from '../reference/calendar.rules.ts';
import type { Relation, Transition } from './lifecycle.rules.ts';
import { isLate, decideDueOn, replyTerm } from './term.rules.ts';

/** A report as it is kept: all of it, without what is worked out when it is read. */
export type StoredComplaint = Omit<Complaint, 'late' | 'possible' | 'events' | 'text'> &
  Required<Pick<Complaint, 'events' | 'text'>>;

/** Something that happens to a report: the row of the table, what was sent, by whom and when. */
export interface Happening {
  row: Transition;
  input: ComplaintEventInput;
  by: { id: string; org?: string | undefined };
  now: string;
  today: string;
  calendar: WorkCalendar;
}

const sides: Record<Relation, ComplaintEvent['side']> = { handler: 'operator', party: 'party', reporter: 'reporter' };

/** The report after something happened to it. */
export function afterEvent(before: StoredComplaint, happening: Happening): StoredComplaint {
  const { row, input, by, now, today } = happening;
  const event: ComplaintEvent = {
    ...input,
    status: row.to,
    on: today,
    recordedAt: now,
    side: sides[row.by],
    by: by.id,
    ...(by.org !== undefined && { org: by.org }),
  };
  return {
    ...before,
    ...changesBy(before, happening),
    status: row.to,
    events: [...before.events, event],
    changedAt: now,
  };
}

function changesBy(
  { status }: StoredComplaint,
  { row: { event }, input: { reasons = [], text = '' }, today, calendar }: Happening,
): Partial<StoredComplaint> {
  if (event === 'forwarded') return replyTerm(today, calendar);
  // The operator's time runs from the first reply: a second one does not give it more.
  if (event === 'replied') return status === 'replied' ? {} : { decideDueOn: decideDueOn(today, calendar) };
  if (event === 'upheld' || event === 'rejected') return { decision: { result: event, on: today, reasons, text } };
  return {};
}

/** How much of a report somebody sees. */
export type View = 'all' | 'party' | 'reporter' | 'public';

/**
 * What somebody sees of a report. Who reported it, only operator and auditor; what is said of the party, the party and the
 * reporter; everybody how it stands and what was decided.
 */
export function seenAs(complaint: StoredComplaint, view: View, today: string): Complaint {
  const late = isLate(complaint, today);
  if (view === 'all') return { ...complaint, late };
  const { reportedBy: _who, reporterOrg: _org, events, text, seenOn, party, scheme, body, ...rest } = complaint;
  const said = { text, ...(seenOn !== undefined && { seenOn }) };
  if (view === 'reporter') return { ...rest, ...said, late };
  if (view === 'party') {
    const concerned = {
      ...(party !== undefined && { party }),
      ...(scheme !== undefined && { scheme }),
      ...(body !== undefined && { body }),
    };
    return { ...rest, ...said, ...concerned, events: events.map(withoutPerson), late };
  }
  const { kind, id } = rest.subject;
  // A purchase is not public, so not even which one it is.
  const subject = kind === 'purchase' ? { kind } : { kind, ...(id !== undefined && { id }) };
  return { ...rest, subject, late };
}

function withoutPerson({ by: _by, org, ...event }: ComplaintEvent): ComplaintEvent {
  return { ...event, ...(event.side === 'party' && org !== undefined && { org }) };
}
