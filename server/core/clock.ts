import { setImmediate } from 'node:timers/promises';
import { Temporal } from 'temporal-polyfill';
import { badQuery } from './problem.ts';

/** Where a moment or a day comes from: an argument of every service, so that no rule asks for the time itself. */
export interface Clock {
  /** The present instant, ISO 8601 in UTC. */
  now(): string;
  /** The present calendar day in Asia/Ho_Chi_Minh. */
  today(): string;
}

/** The real clock. `fixedDay` (tests only) moves the day that counts as today; instants stay real. */
export function systemClock(fixedDay?: string): Clock {
  return {
    now: () => new Date().toISOString(),
    today: () => fixedDay ?? dayOf(new Date().toISOString()),
  };
}

/** A clock that stands where it is set: the demonstration register is written with days of its own. */
export function settableClock(): Clock & { set(instant: string): void } {
  let instant = new Date(0).toISOString();
  return { now: () => instant, today: () => dayOf(instant), set: (next) => (instant = next) };
}

/** The calendar day in Asia/Ho_Chi_Minh on which the instant falls. */
export function dayOf(instant: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO('Asia/Ho_Chi_Minh').toPlainDate().toString();
}

const settledAfterMs = 2000;

/** The last instant that is settled: every write with a `recordedAt` up to it is committed or refused. */
export function settledInstant(clock: Clock): string {
  return new Date(Date.parse(clock.now()) - settledAfterMs).toISOString();
}

/**
 * The instant of an explicit `knownAt`, in UTC; now where none is asked for. Answers as known 2 s ago or earlier never
 * change, because by then every write with such a `recordedAt` is committed or refused.
 * @throws Problem 400 for an instant that is not yet settled
 */
export function knowledgeInstant(clock: Clock, asked: string | undefined): string {
  if (asked === undefined) return clock.now();
  const instant = new Date(asked).toISOString();
  if (instant > settledInstant(clock)) throw badQuery('knownAt', 'KNOWN_AT_TOO_LATE');
  return instant;
}

const holdMs = 10;

/** To be awaited in long loops: lets other work in once the loop has kept the event loop to itself for some milliseconds. */
export function createPause(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < holdMs) return;
    await setImmediate();
    since = performance.now();
  };
}
