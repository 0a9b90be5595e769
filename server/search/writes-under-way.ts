import type { Settled, Ticket } from './port.ts';

/** Writes on their way to an engine, by ticket. */
export interface WritesUnderWay {
  pending(): number;
  add(write: Promise<unknown>): Ticket;
  settle(ticket: Ticket, ms: number): Promise<Settled>;
}

/** A write that nobody asks for again is forgotten once it is done. */
export function keepWrites(): WritesUnderWay {
  const underWay = new Map<Ticket, Promise<Settled>>();
  const done: Settled = { state: 'done' };
  let lastTicket = 0;
  return {
    pending: () => underWay.size,
    add(write) {
      const ticket = ++lastTicket;
      underWay.set(ticket, outcomeOf(write));
      void write.then(() => underWay.delete(ticket)).catch(() => null);
      return ticket;
    },
    settle: async (ticket, ms) =>
      (await within(underWay.get(ticket) ?? Promise.resolve(done), ms)) ?? { state: 'timeout' },
  };
}

async function outcomeOf(write: Promise<unknown>): Promise<Settled> {
  try {
    await write;
    return { state: 'done' };
  } catch (error) {
    return { state: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** The promise's value, or null where it takes longer. */
export async function within<T>(promise: Promise<T>, ms: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
