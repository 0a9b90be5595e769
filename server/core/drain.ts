import type { Logger } from './log.ts';

/** Work that marks in the store ask for, done in the background until none is left. */
export interface Drain {
  /** Works now, from now on when nudged, and now and then in case a nudge was lost or another process wrote. */
  start(): void;
  /** Says that there may be work now. */
  nudge(): void;
  /** Resolves once a whole pass that began after this call found nothing left, or failed. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

interface DrainParts {
  name: string;
  /** Does some of the work; how much it did, 0 when nothing was left. */
  pass(): Promise<number>;
  /** How often it looks without being nudged: every second, where what follows a write must be seen within two. */
  everyMs?: number;
  log: Logger;
}

const secondMs = 1000;
const longestPauseMs = 30_000;

/** A drain over `pass`. A pass that fails is logged and tried again, later each time: a mark stays until its work is done. */
export function createDrain({ name, pass, everyMs = secondMs, log }: DrainParts): Drain {
  let running: Promise<void> | null = null;
  let isAsked = false;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  const rest = createRest();

  const run = async (): Promise<void> => {
    try {
      for (let isMore = true; isMore;) {
        isAsked = false;
        const done = await pass();
        isMore = !isClosed && (done > 0 || isAsked);
      }
      rest.end();
    } catch (error) {
      rest.begin();
      log.error({ err: error, drain: name }, 'background work failed; it will be tried again');
    }
  };
  const work = (): Promise<void> => {
    isAsked = true;
    return (running ??= run().finally(() => (running = null)));
  };
  const workUnlessResting = (): void => {
    if (!isClosed && !rest.isOn()) void work();
  };
  return {
    start() {
      timer = setInterval(workUnlessResting, everyMs).unref();
      workUnlessResting();
    },
    nudge: () => timer && workUnlessResting(),
    settled: work,
    async close() {
      isClosed = true;
      clearInterval(timer);
      await running;
    },
  };
}

/** The rest after a failure, twice as long after each further one. */
function createRest(): { begin(): void; end(): void; isOn(): boolean } {
  let failures = 0;
  let until = 0;
  return {
    begin() {
      until = performance.now() + Math.min(secondMs * 2 ** failures, longestPauseMs);
      failures += 1;
    },
    end: () => void (failures = 0),
    isOn: () => performance.now() < until,
  };
}
