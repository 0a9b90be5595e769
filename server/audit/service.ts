import type { RecordHistory, Seal, SealProof, SealQuery } from '../../schemas/types.d.ts';
import type { Clock } from '../core/clock.ts';
import { createAskedVerification, type AskedVerification } from './asked.service.ts';
import { exportAll, type ExportLine } from './export.service.ts';
import { Problem } from '../core/problem.ts';
import type { Page } from '../core/records.ts';
import type { Actor } from '../core/route.ts';
import { proveInclusion } from './proof.service.ts';
import { readHistory, type ReadingParts, type RecordName } from './reading.service.ts';
import { sealSome } from './seal.service.ts';
import { verifyAll, type Verified } from './verify.service.ts';

/** The histories of all records, and the seals over their days; the only writer of the seals. */
export interface AuditService {
  /** Seals a day that is over and waits: how many records, 0 where none was left. */
  sealSome(): Promise<number>;
  /** Recomputes everything; `progress` is told what is gone through. */
  verify(progress: (what: string) => void): Promise<Verified>;
  /** Verifications that are asked of the running server. */
  asked: AskedVerification;
  /** Begins the history of records from before histories were kept; how many. */
  adopt(): Promise<number>;
  /** Every write of a record, as the actor may see it. @throws Problem 404 */
  history(actor: Actor | null, record: RecordName): Promise<RecordHistory>;
  /** The latest first. */
  seals(query: SealQuery): Promise<Page<Seal>>;
  /** @throws Problem 404 where the day has none */
  sealsOf(day: string): Promise<Page<Seal>>;
  /** Proves that a seal of the day covers the record. @throws Problem 404 */
  proof(day: string, record: RecordName): Promise<SealProof>;
  /** Everything that verifying elsewhere needs. */
  exportAll(): AsyncIterable<ExportLine>;
}

interface AuditParts extends ReadingParts {
  clock: Clock;
}

/** The histories over the store. */
export function createAuditService(parts: AuditParts): AuditService {
  const { store } = parts;
  return {
    sealSome: () => sealSome(parts),
    verify: (progress) => verifyAll(store, progress),
    adopt: () => store.adopt(parts.clock.now),
    asked: createAskedVerification(parts),
    history: (actor, record) => readHistory(parts, actor, record),
    seals: store.sealPage,
    async sealsOf(day) {
      const items = await store.sealsOf([day]);
      if (items.length === 0) throw new Problem('NOT_FOUND');
      return { items, total: items.length, next: null };
    },
    proof: (day, record) => proveInclusion(parts, day, record),
    exportAll: () => exportAll(store),
  };
}
