import { AsyncLocalStorage } from 'node:async_hooks';
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
export interface SettableClock extends Clock {
  set(instant: string): void;
  /** Does the work with the clock at the instant, whatever other work is under way at another one. */
  at<T>(instant: string, work: () => T): T;
}

/** A clock that stands at 1970 until it is set. */
export function settableClock(): SettableClock {
  const own = new AsyncLocalStorage<string>();
  let instant = new Date(0).toISOString();
  const now = (): string => own.getStore() ?? instant;
  return {
    now,
    today: () => dayOf(now()),
    set: (next) => (instant = next),
    at: (moment, work) => own.run(moment, work),
  };
}

/** The calendar day in Asia/Ho_Chi_Minh on which the instant falls. */
export function dayOf(instant: string): string {
  if (!isWithin(last, instant)) last = readDay(instant);
  return last.day;
}

/** A day of the register's calendar with its first instant, and that of the next day: calendar arithmetic is dear, and many ask for one day. */
let last = { day: '', from: '', until: '' };

/** Instants of one form are in the order of their texts; one of another form is worked out. */
function isWithin({ from, until }: typeof last, instant: string): boolean {
  return instant.length === from.length && instant.endsWith('Z') && from <= instant && instant < until;
}

function readDay(instant: string): typeof last {
  const start = Temporal.Instant.from(instant).toZonedDateTimeISO('Asia/Ho_Chi_Minh').startOfDay();
  const [from, until] = [start, start.add({ days: 1 })].map((moment) =>
    new Date(moment.epochMilliseconds).toISOString(),
  );
  return { day: start.toPlainDate().toString(), from: from!, until: until! };
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

const holdMs = 5;

/** To be awaited in long loops: lets other work in once the loop has kept the event loop to itself for some milliseconds. */
export function createPause(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < holdMs) return;
    await setImmediate();
    since = performance.now();
  };
}
