import type { ApplicationEvent, ScorecardStep } from '../../schemas/types.d.ts';
import { daysBetween } from '../applications/deadline.rules.ts';

type Happened = Pick<ApplicationEvent, 'type' | 'on'>;

/** The steps of a dossier that are timed: its check, its evaluation, and all of it from receipt to the first decision. */
export const steps = ['check', 'evaluation', 'whole'] as const;

/** From which event to which a step runs; one is over before it can begin again. */
const bounds: Record<(typeof steps)[number], { from: readonly Happened['type'][]; to: readonly Happened['type'][] }> = {
  check: { from: ['submitted'], to: ['foundComplete', 'foundIncomplete', 'approved', 'refused'] },
  evaluation: { from: ['foundComplete'], to: ['approved', 'refused'] },
  whole: { from: ['submitted'], to: ['approved', 'refused'] },
};

/** How many days each step of a dossier took, each time that it was gone through. */
export function stepDays(events: readonly Happened[]): { step: (typeof steps)[number]; days: number }[] {
  return steps.flatMap((step) => {
    const { from, to } = bounds[step];
    let began: string | null = null;
    return events.flatMap(({ type, on }) => {
      if (began === null && from.includes(type)) began = on;
      if (began === null || !to.includes(type)) return [];
      const days = daysBetween(began, on);
      began = null;
      return [{ step, days }];
    });
  });
}

/** How often a step took how many days: as many numbers as there are different days, however many dossiers. */
export type Histogram = Map<number, number>;

/** The median of the days, the lower one of two; null for none. */
export function medianOf(histogram: Histogram): number | null {
  const total = [...histogram.values()].reduce((sum, count) => sum + count, 0);
  let passed = 0;
  for (const [days, count] of [...histogram].toSorted(([a], [b]) => a - b)) {
    passed += count;
    if (2 * passed >= total) return days;
  }
  return null;
}

/** Every step with its median and how often it was gone through. */
export function timedSteps(histograms: ReadonlyMap<string, Histogram>): ScorecardStep[] {
  return steps.map((step) => {
    const histogram = histograms.get(step) ?? new Map();
    const times = [...histogram.values()].reduce((sum: number, count: number) => sum + count, 0);
    return { step, medianDays: medianOf(histogram), times };
  });
}
