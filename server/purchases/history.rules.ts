import type { LineDecision, PurchaseLine } from '../../schemas/types.d.ts';
import type { Accreditation } from '../certificates/accreditation.rules.ts';
import type { Version } from '../reference/dated.rules.ts';
import { bearingOn } from './claim.rules.ts';
import { decide, type DecidableLine, type Facts, type Verdict } from './decision.rules.ts';

/**
 * Every decision on a line over knowledge time, oldest first: the one of its recording, and one for each later fact that
 * changed it. A decision is known from the moment its fact was recorded or published, however late it is worked out.
 */
export function decisionHistory(
  line: DecidableLine & Pick<PurchaseLine, 'recordedAt'>,
  facts: Facts,
  evaluatedAt: string,
): LineDecision[] {
  const relevant = { ...facts, certificates: bearingOn(line, facts.certificates) };
  const later = instantsOf(relevant).filter((instant) => instant > line.recordedAt);
  const history: LineDecision[] = [];
  const isLate = (knownFrom: string): boolean => knownFrom > evaluatedAt;
  for (const knownFrom of [line.recordedAt, ...new Set(later.sort())]) {
    const verdict = decide(line, relevant, knownFrom);
    const last = history.at(-1);
    if (last === undefined || !isSameVerdict(last, verdict))
      history.push({ ...verdict, evaluatedAt: isLate(knownFrom) ? knownFrom : evaluatedAt, knownFrom });
  }
  return history;
}

/**
 * The history to store in place of the stored one, or null where nothing has to be written: an entry that says the same
 * since the same moment stays as it was first evaluated, under the rules of that time.
 */
export function mergeHistory(stored: LineDecision[], fresh: LineDecision[]): LineDecision[] | null {
  const merged = fresh.map(
    (decision) =>
      stored.find((kept) => kept.knownFrom === decision.knownFrom && isSameVerdict(kept, decision)) ?? decision,
  );
  const isUnchanged = merged.length === stored.length && merged.every((decision, at) => decision === stored[at]);
  return isUnchanged ? null : merged;
}

/** The decision on a line that was known at an instant; of one recorded later, its first. */
export function decisionKnownAt(line: Pick<PurchaseLine, 'green' | 'earlier'>, knownAt: string): LineDecision {
  const history = [...line.earlier, line.green];
  return history.findLast(({ knownFrom }) => knownFrom <= knownAt) ?? history[0]!;
}

/** A certificate as it is read: with what its criteria documents and its body's accreditations said of its end. */
type WithEndings = Facts['certificates'][number] & {
  endings?: Record<string, Version[]>;
  accreditation?: Accreditation;
};

function instantsOf({ certificates, editions, agreements, schemes }: Facts): string[] {
  const events = certificates.flatMap((certificate) => certificate.events);
  const corrected = editions.flatMap(({ corrections = [] }) => corrections.map(({ recordedAt }) => recordedAt));
  const versions = [schemes, agreements].flat().flatMap((record): Version[] => record.versions);
  const endings = certificates.flatMap(({ endings: said = {} }: WithEndings) => Object.values(said).flat());
  const bodies = certificates.flatMap(({ accreditation }: WithEndings) => Object.values(accreditation?.bodies ?? {}));
  const accredited = bodies.flat().map(({ knownFrom }) => knownFrom);
  const recorded = [...certificates, ...events, ...versions, ...endings].map(({ recordedAt }) => recordedAt);
  return [...recorded, ...accredited, ...editions.flatMap(({ publishedAt }) => publishedAt ?? []), ...corrected];
}

/** Whether two decisions say the same, whenever and under whichever version of the rules they were made. */
function isSameVerdict(a: Verdict, b: Verdict): boolean {
  return (
    a.status === b.status &&
    a.tier === b.tier &&
    a.certificate === b.certificate &&
    a.inScope === b.inScope &&
    a.edition === b.edition &&
    a.basisDate === b.basisDate &&
    a.reasons.join() === b.reasons.join()
  );
}
