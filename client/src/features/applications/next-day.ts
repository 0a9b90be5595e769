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

/** The next day that matters; null where none does. The law's clock says it before the register's own. */
export function nextDayOf(
  { legalClock, workingClock, awaits, appealSteps = [], lapsesAfter, status }: Application,
  today: string,
): NextDay | null {
  const of = (kind: NextDay['kind'], day: string): NextDay => ({
    kind,
    day,
    lateBy: Math.max(0, daysBetween(day, today)),
  });
  if (legalClock) return of('legal', legalClock.dueOn);
  if (workingClock?.dueOn !== undefined) return of('working', workingClock.dueOn);
  const [firstStep] = appealSteps.flatMap(({ lodgeThrough }) => lodgeThrough ?? []).toSorted();
  if (firstStep !== undefined) return of('appeal', firstStep);
  const isOpen = status !== 'draft' && awaits !== null;
  return isOpen && lapsesAfter !== undefined ? of('lapse', lapsesAfter) : null;
}
