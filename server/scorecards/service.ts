import type { Organisation, Scorecard } from '../../schemas/types.d.ts';
import { createPause, type Clock } from '../core/clock.ts';
import { Problem } from '../core/problem.ts';
import { derivedBody, type Certifier } from './body.rules.ts';
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
  /** Who may certify for one of the schemes, on whatever day. */
  bodiesOf(schemes: string[]): Promise<Certifier[]>;
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
      const card = count(parts, code, [...new Set(mayCertify.map(({ scheme }) => scheme))]);
      kept.set(code, { until: now + keptMs, card });
      card.catch(() => kept.delete(code));
      return card;
    },
  };
}

async function count(parts: ScorecardParts, body: string, schemes: string[]): Promise<Scorecard> {
  const { tally, upheld, clock } = parts;
  const on = clock.today();
  const [statuses, revocations, complaintsUpheld, dossiers, unnamed] = await Promise.all([
    tally.statuses(body, on),
    tally.revocations(body),
    upheld(body),
    countDossiers(tally, body),
    countUnnamed(parts, { body, schemes, on }),
  ]);
  return {
    body,
    on,
    certificates: summed([...statuses, ...unnamed.statuses], 'status') as Scorecard['certificates'],
    revocations: summed(
      [...revocations, ...unnamed.revocations].map((row) => ({ ...row, cause: row.cause ?? 'unsaid' })),
      'cause',
    ) as Scorecard['revocations'],
    bodyUnknown: unnamed.unknown,
    complaintsUpheld,
    ...dossiers,
  };
}

/** Rows of one key as one row, the most first. */
function summed<K extends string>(rows: (Record<K, string> & { count: number })[], key: K): { count: number }[] {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row[key], (counts.get(row[key]) ?? 0) + row.count);
  return [...counts].map(([value, times]) => ({ [key]: value, count: times })).toSorted((a, b) => b.count - a.count);
}

/** The certificates that name no body: those that were the body's all the same, and how many nobody can tell. */
async function countUnnamed(
  { tally, bodiesOf }: ScorecardParts,
  { body, schemes, on }: { body: string; schemes: string[]; on: string },
) {
  const pause = createPause();
  const bodies = await bodiesOf(schemes);
  const statuses: { status: string; count: number }[] = [];
  const revocations: { cause: string | null; count: number }[] = [];
  let unknown = 0;
  for await (const { status, causes, ...act } of tally.unnamed(schemes, on)) {
    const whose = derivedBody(act, bodies);
    if (whose === null) unknown += 1;
    if (whose === body) {
      statuses.push({ status, count: 1 });
      revocations.push(...causes.map((cause) => ({ cause, count: 1 })));
    }
    await pause();
  }
  return { statuses, revocations, unknown };
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
