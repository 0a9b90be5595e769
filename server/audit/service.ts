import type { Clock } from '../core/clock.ts';
import { exportAll, type ExportLine } from './export.service.ts';
import type { AuditStore } from './port.ts';
import { sealSome } from './seal.service.ts';
import { verifyAll, type Verified } from './verify.service.ts';

/** The histories of all records, and the seals over their days; the only writer of the seals. */
export interface AuditService {
  /** Seals a day that is over and waits: how many records, 0 where none was left. */
  sealSome(): Promise<number>;
  /** Recomputes everything; `progress` is told what is gone through. */
  verify(progress: (what: string) => void): Promise<Verified>;
  /** Everything that verifying elsewhere needs. */
  exportAll(): AsyncIterable<ExportLine>;
}

interface AuditParts {
  store: AuditStore;
  clock: Clock;
}

/** The histories over the store. */
export function createAuditService(parts: AuditParts): AuditService {
  const { store } = parts;
  return {
    sealSome: () => sealSome(parts),
    verify: (progress) => verifyAll(store, progress),
    exportAll: () => exportAll(store),
  };
}
