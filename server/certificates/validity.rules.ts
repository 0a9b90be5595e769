import { Temporal } from 'temporal-polyfill';
import type { Certificate, Validity } from '../../schemas/types.d.ts';
import { remembered } from '../core/remembered.rules.ts';
import { standingAfter, type Standing } from './standing.rules.ts';
import { asEntered, coverageRuns, knownEvents } from './state.rules.ts';

type Dated = Pick<Certificate, 'validFrom' | 'validThrough' | 'events'>;
type Covering = Dated & Pick<Certificate, 'products'>;
type Known = Covering & Pick<Certificate, 'recordedAt'>;
type StandingReason = Exclude<Validity['reason'], 'NOT_KNOWN_YET' | 'PRODUCT_NOT_COVERED'>;
type DayReason = Exclude<Validity['reason'], 'NOT_KNOWN_YET'>;

/** Days of one answer: from this day until the next run begins. */
interface Run<Reason extends DayReason = DayReason> {
  from: string;
  reason: Reason;
}

/** Stands for "since ever", because an interval on the wire always begins on a day. */
const FIRST_DAY = '0001-01-01';

/** No day on the wire follows it, so a certificate that runs through it is open. */
const LAST_DAY = '9999-12-31';

const REASONS: Record<Standing, StandingReason> = {
  valid: 'VALID',
  suspended: 'SUSPENDED',
  surrendered: 'SURRENDERED',
  revoked: 'REVOKED',
  void: 'REVOKED',
};

const STATUSES: Record<StandingReason, Certificate['status']> = {
  VALID: 'valid',
  NOT_YET_VALID: 'notYetValid',
  ENDED: 'ended',
  SUSPENDED: 'suspended',
  SURRENDERED: 'surrendered',
  REVOKED: 'revoked',
};

/**
 * Whether a certificate was valid on a day, for a product where one is asked for, as the register knew it at an instant,
 * and the longest run of days around it with the same answer (`through: null` = without end; a run without a beginning
 * starts on 0001-01-01). Events count from the moment they were recorded, and come back as they take effect.
 * The day a certificate ends is still valid (Civil Code 2015 art. 148(3)); the last day before it starts is not.
 */
export function validity(
  certificate: Known,
  { product, on, knownAt }: { product?: string; on: string; knownAt: string },
): Validity {
  const answer = { on, knownAt };
  if (certificate.recordedAt > knownAt) {
    return { ...answer, valid: false, reason: 'NOT_KNOWN_YET', interval: null, events: [] };
  }
  const runs = runsFor(certificate, product, knownAt);
  const at = indexOfDay(runs, on);
  const { reason } = runs[at]!;
  const events = knownEvents(certificate, knownAt);
  return { ...answer, valid: reason === 'VALID', reason, interval: intervalAt(runs, at), events };
}

/**
 * Every run of days on which it is valid, for a product where one is named, as known at an instant, in order; none where
 * the certificate was not recorded by then.
 */
export function validRuns(
  certificate: Known,
  knownAt: string,
  product?: string,
): { from: string; through: string | null }[] {
  if (certificate.recordedAt > knownAt) return [];
  const runs = runsFor(certificate, product, knownAt);
  return runs.flatMap((run, at) => (run.reason === 'VALID' ? [intervalAt(runs, at)] : []));
}

/** Every run of days of one status as known at an instant, in order, from 0001-01-01 on. */
export function statusRuns(
  certificate: Dated,
  knownAt: string,
): { from: string; through: string | null; status: Certificate['status'] }[] {
  const runs = runsOf(certificate, knownAt);
  return runs.map((run, at) => {
    const { from, through } = intervalAt(runs, at);
    return { from, through, status: STATUSES[run.reason] };
  });
}

/** Why a recorded certificate did or did not hold for a product on a day, as known at an instant: `validity` in one word. */
export function reasonOn(
  certificate: Covering,
  { product, on, knownAt }: { product?: string; on: string; knownAt: string },
): DayReason {
  const runs = runsFor(certificate, product, knownAt);
  return runs[indexOfDay(runs, on)]!.reason;
}

/** The status of a recorded certificate on a day, from the events known at an instant. */
export function statusOn(certificate: Dated, on: string, knownAt: string): Certificate['status'] {
  const runs = runsOf(certificate, knownAt);
  return STATUSES[runs[indexOfDay(runs, on)]!.reason];
}

/**
 * The last valid day of a certificate whose decision prints none: the corresponding day after `months`, itself still
 * valid, or the month's last where there is no such day (Decree 08/2022 art. 145(3), Civil Code 2015 arts 147-148);
 * null where the scheme knows no term.
 */
export function defaultValidThrough(issuedOn: string, months: number | null): string | null {
  return months === null ? null : Temporal.PlainDate.from(issuedOn).add({ months }).toString();
}

/** The runs of the certificate, or those of a product: not covered where it is not among the products of the day. */
function runsFor(certificate: Covering, product: string | undefined, knownAt: string): Run[] {
  const standing = runsOf(certificate, knownAt);
  if (product === undefined) return standing;
  const coverage = coverageRuns(certificate, knownAt);
  const isAlwaysCovered = coverage.every(({ products }) => products.includes(product));
  if (isAlwaysCovered) return standing;
  const runs: Run[] = [];
  for (const from of [...new Set([...standing, ...coverage].map((run) => run.from))].sort()) {
    const isCovered = coverage.findLast((run) => run.from <= from)!.products.includes(product);
    begin(runs, from, isCovered ? standing[indexOfDay(standing, from)]!.reason : 'PRODUCT_NOT_COVERED');
  }
  return runs;
}

function runsOf(certificate: Dated, knownAt: string): Run<StandingReason>[] {
  const { validFrom, validThrough } = asEntered(certificate, knownAt);
  const runs: Run<StandingReason>[] = [{ from: FIRST_DAY, reason: 'NOT_YET_VALID' }];
  let standing: Standing = 'valid';
  begin(runs, validFrom, 'VALID');
  for (const event of knownEvents(certificate, knownAt).filter(({ type }) => type !== 'corrected')) {
    standing = standingAfter(standing, event.type) ?? standing;
    if (standing === 'void') runs.length = 1;
    begin(runs, standing === 'void' ? validFrom : event.on, REASONS[standing]);
  }
  // What is surrendered or revoked stays so after its end; everything else ends.
  const canEnd = standing === 'valid' || standing === 'suspended';
  if (canEnd && validThrough !== null && validThrough < LAST_DAY) {
    begin(runs, dayAfter(validThrough), 'ENDED');
  }
  return runs;
}

/** Adds a run, over one that would begin on the same day and into one of the same reason. */
function begin<R extends DayReason>(runs: Run<R>[], from: string, reason: R): void {
  if (runs.at(-1)?.from === from) runs.pop();
  if (runs.at(-1)?.reason !== reason) runs.push({ from, reason });
}

/** Days before the first run that a wire date can still name belong to it. */
function indexOfDay(runs: Run[], on: string): number {
  return Math.max(
    runs.findLastIndex((run) => run.from <= on),
    0,
  );
}

function intervalAt(runs: Run[], at: number): { from: string; through: string | null } {
  const next = runs[at + 1];
  return { from: runs[at]!.from, through: next === undefined ? null : dayBefore(next.from) };
}

const dayAfter = remembered((day) => shift(day, 1));
const dayBefore = remembered((day) => shift(day, -1));

/** Calendar arithmetic is dear, and a register has few days: see the two above. */
function shift(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}
