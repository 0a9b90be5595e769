import { Temporal } from 'temporal-polyfill';
import type { DeadlineStep } from '../../schemas/types.d.ts';
import type { WorkCalendar } from '../reference/calendar.rules.ts';

/** How many days a step may take by the text in force from a day on. */
export interface DeadlineRule {
  step: DeadlineStep;
  days: number;
  validFrom: string;
  reference: string;
}

/** The last day of a term; not `certain` where a day that bears on it may yet be declared off, or worked. */
export interface LastDay {
  day: string;
  certain: boolean;
}

const firstText = '2022-01-10';
/** The day from which Decree 48/2026 is in force. */
const amended = '2026-01-29';

/** Every text on a step's days, the later ones last. Days are calendar days: the decrees say "ngày". */
export const deadlineRules: readonly DeadlineRule[] = [
  { step: 'completeness', days: 5, validFrom: firstText, reference: 'Decree 08/2022 art. 147(1)' },
  {
    step: 'completeness',
    days: 4,
    validFrom: amended,
    reference: 'Decree 08/2022 art. 147(1), as amended by Decree 48/2026 art. 29',
  },
  { step: 'evaluation', days: 30, validFrom: firstText, reference: 'Decree 08/2022 art. 147(1)(2)' },
  {
    step: 'evaluation',
    days: 26,
    validFrom: amended,
    reference: 'Decree 08/2022 art. 147(1)(2), as amended by Decree 48/2026 art. 29',
  },
  { step: 'details', days: 15, validFrom: firstText, reference: 'Decree 08/2022 art. 148(1)(b)' },
  {
    step: 'details',
    days: 10,
    validFrom: amended,
    reference: 'Decree 08/2022 art. 148(1)(b), as amended by Decree 48/2026 art. 30',
  },
  { step: 'revocation', days: 15, validFrom: firstText, reference: 'Decree 08/2022 art. 148(3)' },
];

/** A dossier as far as its deadlines depend on it: the day of its receipt, and whether the applicant asked for the new rules. */
export interface Received {
  receivedOn: string;
  prefersNewRules?: boolean | undefined;
}

/**
 * The text that a dossier's step follows: that of the day of its receipt, or, where the applicant asked for it, the one that
 * came after (transition rule of Decree 48/2026); null before there was any.
 */
export function deadlineRule(step: DeadlineStep, { receivedOn, prefersNewRules }: Received): DeadlineRule | null {
  const asOf = prefersNewRules === true && receivedOn < amended ? amended : receivedOn;
  return deadlineRules.findLast((rule) => rule.step === step && rule.validFrom <= asOf) ?? null;
}

/**
 * The last day of a term of days: the first day is not counted (Civil Code 2015 art. 147(2)), and a last day that is not
 * worked gives way to the next one that is (art. 148(5)).
 */
export function lastDay(from: string, days: number, calendar: WorkCalendar): LastDay {
  return nextWorked(Temporal.PlainDate.from(from).add({ days }), calendar);
}

/** The last day of a term of months: the day that corresponds, or the month's last (Civil Code 2015 art. 148(3)(5)). */
export function lastDayOfMonths(from: string, months: number, calendar: WorkCalendar): LastDay {
  return nextWorked(Temporal.PlainDate.from(from).add({ months }), calendar);
}

function nextWorked(last: Temporal.PlainDate, { isWorkingDay, isKnown }: WorkCalendar): LastDay {
  let [day, certain] = [last, isKnown(last.toString())];
  while (!isWorkingDay(day.toString())) {
    day = day.add({ days: 1 });
    certain &&= isKnown(day.toString());
  }
  return { day: day.toString(), certain };
}

const dossierMonths = 6;
const reportMonths = 6;
const renewalMonths = 3;

/** The last day on which a dossier is good, from the notice of its receipt on (Decree 08/2022 art. 146). */
export function lapsesAfter(receivedOn: string, calendar: WorkCalendar): string {
  return lastDayOfMonths(receivedOn, dossierMonths, calendar).day;
}

/** Whether a test report is not older than six months on the day on which the dossier is valid (Decree 08/2022 art. 146). */
export function isFresh(issuedOn: string, validOn: string): boolean {
  return issuedOn <= validOn && validOn <= Temporal.PlainDate.from(issuedOn).add({ months: reportMonths }).toString();
}

/** The first day on which a renewal may be asked for: three months before the end (Decree 08/2022 art. 147(3)). */
export function earliestRenewal(validThrough: string): string {
  return Temporal.PlainDate.from(validThrough).subtract({ months: renewalMonths }).toString();
}

/** How many days lie between two days. */
export function daysBetween(from: string, through: string): number {
  return Temporal.PlainDate.from(from).until(through, { largestUnit: 'day' }).days;
}
