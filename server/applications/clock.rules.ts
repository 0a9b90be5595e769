import type { Application, ApplicationStatus, LegalClock, WorkingClock } from '../../schemas/types.d.ts';
import { appealStepsOf } from './appeal.rules.ts';
import type { WorkCalendar } from '../reference/calendar.rules.ts';
import { daysBetween, deadlineRule, lastDay } from './deadline.rules.ts';
import { transitionOf } from './lifecycle.rules.ts';
import type { ClockEffect } from './transition.rules.ts';
import { procedureOf } from './procedure.rules.ts';

/** What of a dossier its clocks are read from. */
export type Timed = Pick<Application, 'kind' | 'events'> &
  Partial<Pick<Application, 'scheme' | 'receivedOn' | 'prefersNewRules'>>;

/** The clock of the law, and the register's own; null where it does not run. */
export interface Clocks {
  legal: LegalClock | null;
  working: WorkingClock | null;
}

type Phase = 'check' | 'evaluation' | 'appeal';
interface Running {
  phase: Phase;
  startedOn: string;
  pausedDays: number;
  pausedSince?: string | undefined;
}

/**
 * Both clocks on a day, from what happened to the dossier. The law's goes on while an answer is awaited, because no text
 * stops it; the register's stands still then and ends as many days later.
 */
export function clocksOf(dossier: Timed, { calendar, today }: { calendar: WorkCalendar; today: string }): Clocks {
  const { legal, working } = runningOf(dossier);
  const term = (phase: Phase) => termOf(dossier, phase);
  const legalTerm = legal && term(legal.phase);
  return {
    legal: legal && legalTerm && legalClock(legal, legalTerm, { calendar, today }),
    working: working && workingClock(working, term(working.phase), { calendar, today }),
  };
}

interface Term {
  days: number;
  reference: string;
}

function termOf(dossier: Timed, phase: Phase): Term | null {
  const procedure = procedureOf(dossier);
  if (phase === 'appeal') {
    const lodged = dossier.events.findLast(({ type }) => type === 'appealed')?.step;
    const step = appealStepsOf(procedure).find(({ code }) => code === lodged);
    return step && step.decideWithinDays !== null ? { days: step.decideWithinDays, reference: step.reference } : null;
  }
  const step = procedure.deadlines[phase];
  const { receivedOn } = dossier;
  return step && receivedOn !== undefined ? deadlineRule(step, { ...dossier, receivedOn }) : null;
}

interface Day {
  calendar: WorkCalendar;
  today: string;
}

function legalClock({ phase, startedOn }: Running, { days, reference }: Term, { calendar, today }: Day): LegalClock {
  const last = lastDay(startedOn, days, calendar);
  return { phase, startedOn, days, dueOn: last.day, certain: last.certain, late: today > last.day, reference };
}

function workingClock(running: Running, term: Term | null, { calendar, today }: Day): WorkingClock {
  const { phase, startedOn, pausedSince } = running;
  const pausedDays = running.pausedDays + (pausedSince === undefined ? 0 : daysBetween(pausedSince, today));
  const elapsed = { phase, startedOn, pausedDays, workedDays: daysBetween(startedOn, today) - pausedDays };
  if (pausedSince !== undefined) return { ...elapsed, pausedSince, late: false };
  if (term === null) return { ...elapsed, late: false };
  const { day } = lastDay(startedOn, term.days + pausedDays, calendar);
  return { ...elapsed, dueOn: day, late: today > day };
}

/** The clocks after the last event, played from the first one through the table. */
function runningOf(dossier: Timed): { legal: Running | null; working: Running | null } {
  const { evaluates } = procedureOf(dossier);
  let [legal, working]: (Running | null)[] = [null, null];
  let status: ApplicationStatus = 'draft';
  for (const { type, on, status: next } of dossier.events) {
    const furtherStep = next === 'appealRejected';
    const row = transitionOf(status, type, { evaluates, furtherStep });
    if (row) [legal, working] = [after(legal, row.legal, on), after(working, row.working, on)];
    status = next;
  }
  return { legal: legal ?? null, working: working ?? null };
}

function after(running: Running | null | undefined, effect: ClockEffect, on: string): Running | null {
  if (effect === 'check' || effect === 'evaluation' || effect === 'appeal')
    return { phase: effect, startedOn: on, pausedDays: 0 };
  if (effect === 'ends' || !running) return null;
  if (effect === 'stops') return { ...running, pausedSince: on };
  const { pausedSince } = running;
  if (effect !== 'resumes' || pausedSince === undefined) return running;
  return { ...running, pausedDays: running.pausedDays + daysBetween(pausedSince, on), pausedSince: undefined };
}
