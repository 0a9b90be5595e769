import type {
  Application,
  ApplicationDecision,
  ApplicationEvent,
  ApplicationEventInput,
  ApplicationEventType,
} from '../../schemas/types.d.ts';
import type { WorkCalendar } from '../reference/calendar.rules.ts';
import { clocksOf } from './clock.rules.ts';
import { lapsesAfter } from './deadline.rules.ts';
import { awaited, ends } from './lifecycle.rules.ts';
import type { Transition } from './transition.rules.ts';
import { procedureOf } from './procedure.rules.ts';

/** What an answer adds to a dossier; never stored. */
type WorkedOut = 'checklist' | 'legalClock' | 'workingClock' | 'awaits' | 'appealSteps' | 'possible' | 'barred';

/** A dossier as it is stored, with the last days of its clocks and its place in a queue. */
export type StoredApplication = Omit<Application, WorkedOut> & {
  legalDueOn?: string;
  workingDueOn?: string;
  place?: string;
};

/** Something that happens to a dossier: the row of the table, what was sent, by whom and when. */
export interface Happening {
  row: Transition;
  input: Omit<ApplicationEventInput, 'type'>;
  by: { id: string; role: ApplicationEvent['role']; org?: string | undefined };
  now: string;
  today: string;
  calendar: WorkCalendar;
}

/** The dossier after something happened to it. */
export function afterEvent(before: StoredApplication, happening: Happening): StoredApplication {
  const { row, by, now, today } = happening;
  const input = withIssueDay(happening);
  const { id, role, org } = by;
  const event: ApplicationEvent = {
    type: row.event,
    status: row.to,
    on: today,
    recordedAt: now,
    by: id,
    role,
    ...(org !== undefined && { org }),
    ...input,
  };
  const changes = changesBy(before, { ...happening, input });
  const events = [...before.events, event];
  return withDays({ ...before, ...changes, status: row.to, events, changedAt: now }, happening);
}

/** The dossier with the last days of its clocks and its own, from what happened and the days off. */
export function withDays(
  dossier: StoredApplication,
  { calendar, today }: Pick<Happening, 'calendar' | 'today'>,
): StoredApplication {
  const { legal, working } = clocksOf(dossier, { calendar, today });
  const { receivedOn } = dossier;
  const last = receivedOn !== undefined && procedureOf(dossier).ages ? lapsesAfter(receivedOn, calendar) : undefined;
  const days = { legalDueOn: legal?.dueOn, workingDueOn: working?.dueOn, lapsesAfter: last };
  return { ...dossier, ...days, place: placeOf({ ...dossier, ...days }) };
}

/**
 * Where a dossier stands in a queue, as a text that sorts: by its next last day, then what has none by its receipt, then
 * drafts, what was refused, and what is over.
 */
export function placeOf({
  status,
  receivedOn = '',
  legalDueOn,
  workingDueOn,
  lapsesAfter: last,
}: Pick<StoredApplication, 'status'> & Partial<StoredApplication>): string {
  if (ends.includes(status)) return '5';
  if (status === 'draft') return '3';
  if (awaited[status] === null) return '4';
  const [next] = [legalDueOn, workingDueOn, last].filter((day) => day !== undefined).toSorted();
  return next === undefined ? `2 ${receivedOn}` : `1 ${next}`;
}

/** A certificate is issued on the day of its decision, unless that says another. */
function withIssueDay({ row, input, today }: Happening): Happening['input'] {
  const isDecision = row.event === 'approved' || row.event === 'resultCorrected';
  return isDecision && input.certificate ? { ...input, certificate: { issuedOn: today, ...input.certificate } } : input;
}

type Changes = { [K in keyof StoredApplication]?: StoredApplication[K] | undefined };

/** What an event changes beside the state, where it does. */
function changesBy(before: StoredApplication, happening: Happening): Changes {
  const change = effects[happening.row.event];
  const hands = happening.row.by.includes('applicant')
    ? { preparedBy: adding(before.preparedBy, happening.by.id) }
    : {};
  return { ...hands, ...change?.(before, happening) };
}

const takesInHand = ({ reviewer }: StoredApplication, { by }: Happening): Changes => ({ reviewer: reviewer ?? by.id });

const effects: Partial<Record<ApplicationEventType, (before: StoredApplication, happening: Happening) => Changes>> = {
  submitted: ({ receivedOn }, { today }) => ({ receivedOn: receivedOn ?? today, validOn: today }),
  foundIncomplete: takesInHand,
  foundComplete: takesInHand,
  asked: takesInHand,
  evaluated: takesInHand,
  taken: takesInHand,
  released: () => ({ reviewer: undefined }),
  conflictDeclared: ({ conflicts, reviewer }, { by }) => ({
    conflicts: adding(conflicts, by.id),
    reviewer: reviewer === by.id ? undefined : reviewer,
  }),
  approved: (before, happening) => ({
    ...takesInHand(before, happening),
    decision: decisionOf('approved', happening),
    outcome: undefined,
  }),
  // Whoever takes an appeal in hand is another person.
  refused: ({ refusedBy }, happening) => ({
    decision: decisionOf('refused', happening),
    refusedBy: adding(refusedBy, happening.by.id),
    reviewer: undefined,
  }),
  appealUpheld: () => ({ decision: undefined, reviewer: undefined }),
  appealDismissed: ({ refusedBy }, { by }) => ({ refusedBy: adding(refusedBy, by.id), reviewer: undefined }),
  resultCorrected: ({ decision }, { input }) => ({
    decision: decision && { ...decision, ...(input.certificate && { certificate: input.certificate }) },
    outcome: undefined,
  }),
};

function decisionOf(result: ApplicationDecision['result'], { by, today, input }: Happening): ApplicationDecision {
  const { reasons = [], text, certificate } = input;
  return {
    result,
    on: today,
    by: by.id,
    ...(by.org !== undefined && { org: by.org }),
    reasons,
    ...(text !== undefined && { text }),
    ...(certificate && { certificate }),
  };
}

function adding(ids: string[], id: string): string[] {
  return ids.includes(id) ? ids : [...ids, id];
}
