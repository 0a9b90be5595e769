import { setImmediate } from 'node:timers/promises';
import { ensure } from './errors.ts';

/** How long work may keep the thread before other clients have their turn, in milliseconds. */
export const PIECE = 4;

/** Items as they come. undefined stands for some work without a result: a moment in which others may have their turn. */
export type Stream<T> = Generator<T | undefined, void>;

/** Takes the items of a stream, in turns with the other clients, until `take` answers false. Gives whether the stream has ended. */
export async function consume<T>(
  stream: Iterator<T | undefined, unknown>,
  take: (item: T) => boolean | void,
): Promise<boolean> {
  for (let until = performance.now() + PIECE; ;) {
    const { value, done } = stream.next();
    if (done) return true;
    if (value !== undefined && take(value) === false) return false;
    if (performance.now() < until) continue;
    await setImmediate();
    until = performance.now() + PIECE;
  }
}

/** Throws 50 when the client's time is over; `deadline` is on `performance.now()`'s clock. */
export function assertInTime(deadline: number): void {
  ensure(performance.now() < deadline, 50, 'operation exceeded time limit');
}
