import { Temporal } from 'temporal-polyfill';
import type { Certificate, CertificateEvent, Validity } from '../../schemas/types.d.ts';
import { inOrder, standingAfter, type Standing } from './standing.rules.ts';

type Dated = Pick<Certificate, 'validFrom' | 'validThrough' | 'events'>;
type Covering = Dated & Pick<Certificate, 'recordedAt' | 'products'>;
type StandingReason = Exclude<Validity['reason'], 'NOT_KNOWN_YET' | 'PRODUCT_NOT_COVERED'>;

/** Days of one answer: from this day until the next run begins. */
interface Run {
  from: string;
  reason: StandingReason;
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
  certificate: Covering,
  { product, on, knownAt }: { product?: string; on: string; knownAt: string },
): Validity {
  const answer = { on, knownAt };
  if (certificate.recordedAt > knownAt) {
    return { ...answer, valid: false, reason: 'NOT_KNOWN_YET', interval: null, events: [] };
  }
  const events = knownEvents(certificate, knownAt);
  if (product !== undefined && !certificate.products.includes(product)) {
    const interval = { from: FIRST_DAY, through: null };
    return { ...answer, valid: false, reason: 'PRODUCT_NOT_COVERED', interval, events };
  }
  const runs = runsOf(certificate, events);
  const at = indexOfDay(runs, on);
  const { reason } = runs[at]!;
  return { ...answer, valid: reason === 'VALID', reason, interval: intervalAt(runs, at), events };
}

/** Every run of valid days as known at an instant, in order; none where the certificate was not recorded by then. */
export function validRuns(certificate: Covering, knownAt: string): { from: string; through: string | null }[] {
  if (certificate.recordedAt > knownAt) return [];
  const runs = runsOf(certificate, knownEvents(certificate, knownAt));
  return runs.flatMap((run, at) => (run.reason === 'VALID' ? [intervalAt(runs, at)] : []));
}

/** Every run of days of one status as known at an instant, in order, from 0001-01-01 on. */
export function statusRuns(
  certificate: Dated,
  knownAt: string,
): { from: string; through: string | null; status: Certificate['status'] }[] {
  const runs = runsOf(certificate, knownEvents(certificate, knownAt));
  return runs.map((run, at) => {
    const { from, through } = intervalAt(runs, at);
    return { from, through, status: STATUSES[run.reason] };
  });
}

/** Why a recorded certificate was or was not valid on a day, from the events known at an instant: `validity` in one word. */
export function reasonOn(certificate: Dated, on: string, knownAt: string): StandingReason {
  const runs = runsOf(certificate, knownEvents(certificate, knownAt));
  return runs[indexOfDay(runs, on)]!.reason;
}

/** The status of a recorded certificate on a day, from the events known at an instant. */
export function statusOn(certificate: Dated, on: string, knownAt: string): Certificate['status'] {
  return STATUSES[reasonOn(certificate, on, knownAt)];
}

/**
 * The last valid day of a certificate whose decision prints none: the corresponding day after `months`, itself still
 * valid, or the month's last where there is no such day (Decree 08/2022 art. 145(3), Civil Code 2015 arts 147-148);
 * null where the scheme knows no term.
 */
export function defaultValidThrough(issuedOn: string, months: number | null): string | null {
  return months === null ? null : Temporal.PlainDate.from(issuedOn).add({ months }).toString();
}

function knownEvents(certificate: Dated, knownAt: string): CertificateEvent[] {
  return inOrder(certificate.events.filter((event) => event.recordedAt <= knownAt));
}

function runsOf(certificate: Dated, events: CertificateEvent[]): Run[] {
  const { validFrom, validThrough } = certificate;
  const runs: Run[] = [{ from: FIRST_DAY, reason: 'NOT_YET_VALID' }];
  let standing: Standing = 'valid';
  begin(runs, validFrom, 'VALID');
  for (const event of events) {
    standing = standingAfter(standing, event.type) ?? standing;
    if (standing === 'void') runs.length = 1;
    begin(runs, standing === 'void' ? validFrom : event.on, REASONS[standing]);
  }
  // What is surrendered or revoked stays so after its end; everything else ends.
  const canEnd = standing === 'valid' || standing === 'suspended';
  if (canEnd && validThrough !== null && validThrough < LAST_DAY) {
    begin(runs, shift(validThrough, 1), 'ENDED');
  }
  return runs;
}

/** Adds a run, over one that would begin on the same day and into one of the same reason. */
function begin(runs: Run[], from: string, reason: StandingReason): void {
  if (runs.at(-1)!.from === from) runs.pop();
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
  return { from: runs[at]!.from, through: next === undefined ? null : shift(next.from, -1) };
}

function shift(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}
