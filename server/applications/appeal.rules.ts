import type { AppealStepCode } from '../../schemas/types.d.ts';
import { lastDay, lastDayOfMonths, type LastDay } from './deadline.rules.ts';
import type { WorkCalendar } from '../reference/calendar.rules.ts';
import type { Procedure } from './procedure.rules.ts';

/** A way to have a refusal looked at again: what it follows, within which time, and how long its decision may take. */
export interface AppealStep {
  code: AppealStepCode;
  /** The refusal itself, or the steps after which it is open. */
  after: ('refusal' | AppealStepCode)[];
  lodgeWithin: { days: number } | { months: number } | null;
  decideWithinDays: number | null;
  reference: string;
}

const complaints = 'Law on Complaints 02/2011/QH13';
const court = 'Law on Administrative Procedure 93/2015/QH13';

/** A complaint and a second one, or the court at any point: the decision is an administrative one. */
const administrative: AppealStep[] = [
  {
    code: 'complaint',
    after: ['refusal'],
    lodgeWithin: { days: 90 },
    // Ten days to accept it (art. 27) and thirty from then on (art. 28); forty-five where the matter is complicated.
    decideWithinDays: 40,
    reference: `${complaints} arts 7, 9, 27, 28`,
  },
  {
    code: 'secondComplaint',
    after: ['complaint'],
    lodgeWithin: { days: 30 },
    // Ten days to accept it (art. 36) and forty-five from then on (art. 37); sixty where the matter is complicated.
    decideWithinDays: 55,
    reference: `${complaints} arts 7, 33, 36, 37`,
  },
  {
    code: 'court',
    after: ['refusal', 'complaint', 'secondComplaint'],
    lodgeWithin: { months: 12 },
    decideWithinDays: null,
    reference: `${court} art. 116; ${complaints} art. 7`,
  },
];

/** One objection, decided by another person of the same house. */
const within = (reference: string): AppealStep[] => [
  { code: 'complaint', after: ['refusal'], lodgeWithin: null, decideWithinDays: null, reference },
];

/** The steps that are open against a refusal in a procedure. */
export function appealStepsOf({ code, decidedBy }: Procedure): AppealStep[] {
  if (decidedBy === 'operator') return within('The rules of the register');
  if (code === 'schemeEvaluation' || code === 'schemeDetails') return within('ISO/IEC 17065:2012, 7.13');
  return administrative;
}

/** The steps that are open after a refusal, or after an appeal that was rejected. */
export function openSteps(procedure: Procedure, after: 'refusal' | AppealStepCode): AppealStep[] {
  return appealStepsOf(procedure).filter((step) => step.after.includes(after));
}

/** The last day to lodge a step against a decision of the day; null where no text sets one. */
export function lodgeThrough({ lodgeWithin }: AppealStep, decidedOn: string, calendar: WorkCalendar): LastDay | null {
  if (lodgeWithin === null) return null;
  return 'days' in lodgeWithin
    ? lastDay(decidedOn, lodgeWithin.days, calendar)
    : lastDayOfMonths(decidedOn, lodgeWithin.months, calendar);
}
