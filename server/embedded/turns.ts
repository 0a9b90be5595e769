import { setImmediate } from 'node:timers/promises';
import { StoreError } from './errors.ts';

/** How long a read may keep the thread before other clients have their turn, in milliseconds. */
export const PIECE = 4;
/** How many documents pass from one step to the next at once. */
export const PIECE_DOCUMENTS = 250;

/** Long work takes turns with the other clients: `pass` lets them in once this work has kept the thread for a piece of time. */
export class Turns {
  #until = performance.now() + PIECE;

  get isOver(): boolean {
    return performance.now() >= this.#until;
  }

  async pass(): Promise<void> {
    if (!this.isOver) return;
    await setImmediate();
    this.#until = performance.now() + PIECE;
  }
}

/** Throws 50 when the client's time is over; `deadline` is on `performance.now()`'s clock. */
export function assertInTime(deadline: number): void {
  if (performance.now() >= deadline) throw new StoreError(50, 'operation exceeded time limit');
}
