import type { CertificateService } from '../certificates/service.ts';
import { stateOn } from '../certificates/state.rules.ts';
import { broken, Problem, type Fault } from '../core/problem.ts';
import type { Actor } from '../core/route.ts';
import { lodgeThrough, openSteps, type AppealStep } from './appeal.rules.ts';
import type { WorkCalendar } from '../reference/calendar.rules.ts';
import { clocksOf } from './clock.rules.ts';
import type { Happening, StoredApplication } from './dossier.rules.ts';
import type { Need, Transition } from './transition.rules.ts';
import { entryOf, needsResult } from './outcome.rules.ts';
import { procedureOf } from './procedure.rules.ts';
import { refuseMissing, refuseUnfit, type SubmissionParts } from './submission.service.ts';

/** What the needs of an event are looked up in. */
export interface NeedParts extends SubmissionParts {
  /** Says what the register would refuse, without writing. */
  certificates: Pick<CertificateService, 'refuseEntry' | 'refuseNewEvent'>;
}

interface Asked {
  row: Transition;
  dossier: StoredApplication;
  input: Happening['input'];
  actor: Actor;
  today: string;
  calendar: WorkCalendar;
}

/** Checks what a row needs; `text`, `items` and `reasons` are the schema's to ask for, `lapse` is the register's own to see. */
const checks: Partial<Record<Need, (parts: NeedParts, asked: Asked) => void | Promise<void>>> = {
  checklist: (parts, { row, dossier, today }) =>
    row.event === 'submitted'
      ? refuseUnfit(parts, dossier, today)
      : refuseMissing(parts, dossier, validOn(dossier, today)),
  reviewer: (_parts, { row, dossier }) => {
    if (dossier.reviewer === undefined)
      throw new Problem('NOT_POSSIBLE_NOW', { status: dossier.status, event: row.event });
  },
  evaluation: (_parts, { dossier }) => {
    if (!isEvaluated(dossier)) throw broken({ pointer: '/type', code: 'EVALUATION_FIRST' });
  },
  problem: (_parts, { row, dossier }) => {
    if (dossier.outcome?.problem === undefined)
      throw new Problem('NOT_POSSIBLE_NOW', { status: dossier.status, event: row.event });
  },
  openStep: (_parts, asked) => refuseStep(asked),
  overdue: (_parts, { dossier, today, calendar }) => {
    const { legal } = clocksOf(dossier, { calendar, today });
    if (!legal?.late)
      throw broken({ pointer: '/step', code: 'APPEAL_NOT_OVERDUE', params: { on: legal?.dueOn ?? '–' } });
  },
  result: (parts, asked) => refuseResult(parts, asked),
};

/** @throws Problem 409, 422 for what the row needs and the dossier or the call lacks */
export async function refuseUnmet(parts: NeedParts, asked: Asked): Promise<void> {
  for (const need of asked.row.needs) await checks[need]?.(parts, asked);
}

/** Whether it was evaluated since it was found complete, or opened again by an appeal. */
export function isEvaluated({ events }: StoredApplication): boolean {
  const since = events.findLastIndex(({ type }) => type === 'foundComplete' || type === 'appealUpheld');
  return events.slice(since).some(({ type }) => type === 'evaluated');
}

function validOn({ validOn: day }: StoredApplication, today: string): string {
  return day ?? today;
}

/** What is open to lodge against the refusal as it stands, and the day of the decision that it is against. */
export function stepsAgainst(dossier: StoredApplication): { steps: AppealStep[]; decidedOn: string } {
  const { status, events } = dossier;
  const last = status === 'refused' ? 'refusal' : events.findLast(({ type }) => type === 'appealed')?.step;
  const decided = events.findLast(({ type }) => type === 'refused' || type === 'appealDismissed');
  const steps = last === undefined ? [] : openSteps(procedureOf(dossier), last);
  return { steps, decidedOn: decided?.on ?? '' };
}

/** A complaint that is not answered opens the next step, whose time runs from the last day of the answer (Law on Complaints art. 33). */
function refuseStep({ dossier, input: { step }, today, calendar }: Asked): void {
  const { steps, decidedOn } = stepsAgainst(dossier);
  const asked = steps.find(({ code }) => code === step);
  const open = steps.map(({ code }) => code).join(', ') || '–';
  if (!asked) throw broken({ pointer: '/step', code: 'APPEAL_STEP_NOT_OPEN', params: { open } });
  const unanswered = dossier.status === 'appealed' ? clocksOf(dossier, { calendar, today }).legal?.dueOn : undefined;
  const last = lodgeThrough(asked, unanswered ?? decidedOn, calendar)?.day;
  if (last !== undefined && last < today)
    throw broken({ pointer: '/step', code: 'APPEAL_TOO_LATE', params: { on: last } });
}

/** The certificate as decided is one that the register will take: asked before the decision, not found out after it. */
async function refuseResult(parts: NeedParts, { row, dossier, input, actor, today }: Asked): Promise<void> {
  const { certificate } = input;
  const text = input.text ?? dossier.decision?.text;
  if (needsResult(dossier) && !certificate) throw broken({ pointer: '/certificate', code: 'RESULT_NEEDED' });
  if (!needsResult(dossier) && certificate) throw broken({ pointer: '/certificate', code: 'RESULT_NOT_NEEDED' });
  const { issuedOn = today } = certificate ?? {};
  const at = '/certificate/issuedOn';
  if (issuedOn > today) throw broken({ pointer: at, code: 'IN_THE_FUTURE' });
  if (certificate && issuedOn < (dossier.receivedOn ?? issuedOn)) throw broken({ pointer: at, code: 'BEFORE_RECEIPT' });
  const earlier = dossier.certificate === undefined ? null : await parts.certificate(dossier.certificate);
  const on = row.event === 'approved' ? today : (dossier.decision?.on ?? today);
  const entry = entryOf(dossier, { on, text, certificate }, earlier ? stateOn(earlier, today).products : []);
  const { refuseEntry, refuseNewEvent } = parts.certificates;
  await named(async () => {
    if (entry?.do === 'certificate') await refuseEntry(actor, entry.input);
    if (entry?.do === 'event') await refuseNewEvent(actor, entry.certificate, entry.event);
  });
}

/** What the register says of the certificate, named by its place in the decision. */
async function named(look: () => Promise<void>): Promise<void> {
  try {
    await look();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const faults = error.faults.map((fault): Fault => ({ ...fault, pointer: `/certificate${fault.pointer}` }));
    throw new Problem(error.code, error.params, faults);
  }
}
