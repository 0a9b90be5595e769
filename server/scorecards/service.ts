import type { Organisation, Scorecard } from '../../schemas/types.d.ts';
import { createPause, type Clock } from '../core/clock.ts';
import { Problem } from '../core/problem.ts';
import type { TallyStore } from './port.ts';
import { stepDays, timedSteps, type Histogram } from './step.rules.ts';

/** How certification bodies do their work, in figures that everybody may see. */
export interface ScorecardService {
  /** @throws Problem 404 for what is no body */
  of(body: string): Promise<Scorecard>;
}

interface ScorecardParts {
  tally: TallyStore;
  organisation(code: string): Promise<Organisation>;
  /** How many reports about the body's certificates were upheld. */
  upheld(body: string): Promise<number>;
  clock: Clock;
}

const keptMs = 60_000;
const mostKept = 200;

/** The scorecards; one is counted once a minute at the most, however often it is asked for. */
export function createScorecardService(parts: ScorecardParts): ScorecardService {
  const kept = new Map<string, { until: number; card: Promise<Scorecard> }>();
  return {
    async of(code) {
      const { mayCertify = [] } = await parts.organisation(code);
      if (mayCertify.length === 0) throw new Problem('NOT_FOUND');
      const now = performance.now();
      const known = kept.get(code);
      if (known && known.until > now) return known.card;
      if (kept.size >= mostKept) kept.clear();
      const card = count(parts, code);
      kept.set(code, { until: now + keptMs, card });
      card.catch(() => kept.delete(code));
      return card;
    },
  };
}

async function count({ tally, upheld, clock }: ScorecardParts, body: string): Promise<Scorecard> {
  const on = clock.today();
  const [statuses, revocations, complaintsUpheld, dossiers] = await Promise.all([
    tally.statuses(body, on),
    tally.revocations(body),
    upheld(body),
    countDossiers(tally, body),
  ]);
  return {
    body,
    on,
    certificates: statuses.toSorted((a, b) => b.count - a.count) as Scorecard['certificates'],
    revocations: revocations
      .map(({ cause, count: times }) => ({ cause: cause ?? 'unsaid', count: times }))
      .toSorted((a, b) => b.count - a.count) as Scorecard['revocations'],
    complaintsUpheld,
    ...dossiers,
  };
}

async function countDossiers(
  tally: TallyStore,
  body: string,
): Promise<Pick<Scorecard, 'applications' | 'approved' | 'refused' | 'steps'>> {
  const pause = createPause();
  const histograms = new Map<string, Histogram>();
  let [applications, approved, refused] = [0, 0, 0];
  for await (const { events } of tally.dossiers(body)) {
    applications += 1;
    const own = new Set(events.filter(({ org }) => org === body).map(({ type }) => type));
    if (own.has('approved')) approved += 1;
    if (own.has('refused')) refused += 1;
    for (const { step, days } of stepDays(events)) {
      const histogram = histograms.get(step) ?? new Map<number, number>();
      histograms.set(step, histogram.set(days, (histogram.get(days) ?? 0) + 1));
    }
    await pause();
  }
  return { applications, approved, refused, steps: timedSteps(histograms) };
}
