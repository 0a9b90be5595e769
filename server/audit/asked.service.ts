import type { Verification } from '../../schemas/types.d.ts';
import type { Clock } from '../core/clock.ts';
import type { AuditStore } from './port.ts';
import { verifyAll } from './verify.service.ts';

/** Verifications that somebody asks this server for; one at a time, for it reads everything. */
export interface AskedVerification {
  /** Begins one, unless one is under way. */
  begin(): Verification;
  /** The one that is under way, or the last. */
  last(): Verification;
}

export function createAskedVerification({ store, clock }: { store: AuditStore; clock: Clock }): AskedVerification {
  let last: Verification = { state: 'none' };
  const run = async (startedAt: string): Promise<void> => {
    try {
      const result = await verifyAll(store, () => {});
      last = { state: 'done', startedAt, finishedAt: clock.now(), ...result };
    } catch {
      // The store was closed or could not be read: that is said of the verification, and is no finding.
      last = { state: 'failed', startedAt, finishedAt: clock.now() };
    }
  };
  return {
    begin() {
      if (last.state !== 'running') {
        const startedAt = clock.now();
        last = { state: 'running', startedAt };
        void run(startedAt);
      }
      return last;
    },
    last: () => last,
  };
}
