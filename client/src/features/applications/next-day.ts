import type { Application } from '../../../../schemas/types.d.ts';

/** The day that matters next for an application: the last one of a clock, of the dossier itself, or to lodge an appeal. */
export interface NextDay {
  kind: 'legal' | 'working' | 'lapse' | 'appeal';
  day: string;
  /** How many days ago it was, 0 where it is not over. */
  lateBy: number;
}

const dayMs = 86_400_000;

/** How many days lie between two days. */
export function daysBetween(from: string, through: string): number {
  return Math.round((Date.parse(through) - Date.parse(from)) / dayMs);
}

const lapsing = new Set<Application['status']>(['submitted', 'incomplete', 'underEvaluation', 'clarification']);

/** The last day on which the dossier is good, while that matters. */
export function lapseDayOf({ status, lapsesAfter }: Application): string | undefined {
  return lapsing.has(status) ? lapsesAfter : undefined;
}

/** The next day that matters; null where none does. The law's clock says it before the register's own. */
export function nextDayOf(application: Application, today: string): NextDay | null {
  const { legalClock, workingClock, appealSteps = [] } = application;
  const of = (kind: NextDay['kind'], day: string): NextDay => ({
    kind,
    day,
    lateBy: Math.max(0, daysBetween(day, today)),
  });
  if (legalClock) return of('legal', legalClock.dueOn);
  if (workingClock?.dueOn !== undefined) return of('working', workingClock.dueOn);
  const [firstStep] = appealSteps.flatMap(({ lodgeThrough }) => lodgeThrough ?? []).toSorted();
  if (firstStep !== undefined) return of('appeal', firstStep);
  const last = lapseDayOf(application);
  return last === undefined ? null : of('lapse', last);
}
