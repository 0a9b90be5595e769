import type { Application, ApplicationQuery, OpenAppealStep } from '../../schemas/types.d.ts';
import type { Filter, Page } from '../core/records.ts';
import type { Actor } from '../core/route.ts';
import { hasFurtherStep, type ActingParts } from './acting.service.ts';
import { lodgeThrough } from './appeal.rules.ts';
import type { WorkCalendar } from '../reference/calendar.rules.ts';
import { checkedItems } from './checklist.rules.ts';
import { clocksOf } from './clock.rules.ts';
import type { StoredApplication } from './dossier.rules.ts';
import { awaited, transitionOf, transitions } from './lifecycle.rules.ts';
import { isEvaluated, stepsAgainst } from './need.service.ts';
import { procedureOf, restsOn } from './procedure.rules.ts';
import { closenessOf, isReviewing, type Around } from './relation.rules.ts';
import { aroundOf, refusalOf, seenBy } from './standing.service.ts';
import { withFacts } from './submission.service.ts';

/** The dossier with its checklist, its clocks, and what the caller may do with it now. */
export async function show(parts: ActingParts, actor: Actor, dossier: StoredApplication): Promise<Application> {
  const today = parts.clock.today();
  const [calendar, around, attachments] = await Promise.all([
    parts.calendar(),
    aroundOf(parts, actor, dossier),
    withFacts(parts, dossier),
  ]);
  const dated = withClocks(dossier, calendar, today);
  const isOverdue = dated.legalClock?.late === true;
  const closeness = isReviewing(actor, around) ? closenessOf(actor, dossier, around) : null;
  return {
    ...dated,
    events: withReferences(dossier),
    checklist: checkedItems(procedureOf(dossier), attachments, dossier.validOn ?? today),
    possible: possibleTo(actor, dossier, { around, isOverdue }),
    ...(closeness !== null && { barred: closeness }),
  };
}

/** The dossiers that the caller may see: the one begun first first, or the one that is due first. */
export async function list(parts: ActingParts, actor: Actor, query: ApplicationQuery): Promise<Page<Application>> {
  const { status, scheme, applicant, mine, late, sort, limit, cursor } = query;
  const today = parts.clock.today();
  const overdue = { $lt: today };
  const filters: Filter[] = [
    await seenBy(parts, actor),
    ...(status ? [{ status }] : []),
    ...(scheme ? [{ scheme }] : []),
    ...(applicant ? [{ applicant }] : []),
    ...(mine ? [{ $or: [{ preparedBy: actor.id }, { reviewer: actor.id }] }] : []),
    ...(late ? [{ $or: [{ legalDueOn: overdue }, { workingDueOn: overdue }] }] : []),
  ];
  const [page, calendar] = await Promise.all([
    parts.records.page(
      { $and: filters },
      { limit, ...(cursor !== undefined && { cursor }), ...(sort === 'deadline' && { by: 'place' }) },
    ),
    parts.calendar(),
  ]);
  return { ...page, items: page.items.map((dossier) => withClocks(dossier, calendar, today)) };
}

function withClocks(dossier: StoredApplication, calendar: WorkCalendar, today: string): Application {
  const { legal, working } = clocksOf(dossier, { calendar, today });
  return {
    ...dossier,
    legalClock: legal,
    workingClock: working,
    awaits: awaited[dossier.status],
    appealSteps: openTo(dossier, calendar),
  };
}

/** What happened, each with the text that it rests on. */
function withReferences(dossier: StoredApplication): Application['events'] {
  const procedure = procedureOf(dossier);
  const { evaluates } = procedure;
  return dossier.events.map((event, at) => {
    const from = dossier.events[at - 1]?.status ?? 'draft';
    const row = transitionOf(from, event.type, { evaluates, furtherStep: event.status === 'appealRejected' });
    return row ? { ...event, reference: restsOn(row.reference, procedure) } : event;
  });
}

function openTo(dossier: StoredApplication, calendar: WorkCalendar): OpenAppealStep[] {
  if (dossier.status !== 'refused' && dossier.status !== 'appealRejected') return [];
  const { steps, decidedOn } = stepsAgainst(dossier);
  return steps.map((step) => {
    const last = lodgeThrough(step, decidedOn, calendar);
    return { step: step.code, reference: step.reference, ...(last && { lodgeThrough: last.day }) };
  });
}

/** The events of the rows that the caller stands in; whether all is there that an event must bring is said when it is sent. */
function possibleTo(
  actor: Actor,
  dossier: StoredApplication,
  { around, isOverdue }: { around: Around; isOverdue: boolean },
): Application['possible'] {
  const { evaluates } = procedureOf(dossier);
  const [where, after] = [
    evaluates ? 'evaluated' : 'notEvaluated',
    hasFurtherStep(dossier) ? 'furtherStep' : 'lastStep',
  ];
  const rows = transitions.filter(
    (row) =>
      row.from === dossier.status &&
      (row.where ?? where) === where &&
      (row.after ?? after) === after &&
      (!row.needs.includes('reviewer') || dossier.reviewer !== undefined) &&
      (!row.needs.includes('problem') || dossier.outcome?.problem !== undefined) &&
      (!row.needs.includes('evaluation') || isEvaluated(dossier)) &&
      (!row.needs.includes('overdue') || isOverdue) &&
      (!row.needs.includes('openStep') || stepsAgainst(dossier).steps.length > 0) &&
      refusalOf(row, actor, { dossier, around }) === null,
  );
  return [...new Set(rows.map(({ event }) => event))];
}
