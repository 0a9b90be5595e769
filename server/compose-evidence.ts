import type { Connection } from 'mongoose';
import type { ApplicationService } from './applications/service.ts';
import type { Collections } from './collections.ts';
import type { ComplaintService } from './complaints/service.ts';
import type { Registry } from './compose-registry.ts';
import type { Clock } from './core/clock.ts';
import { createDrain, type Drain } from './core/drain.ts';
import { oneAtATime } from './core/in-turn.ts';
import type { Logger } from './core/log.ts';
import { openFileStore } from './evidence/file-store.adapter.ts';
import type { Settling } from './evidence/retention.rules.ts';
import { createEvidenceService, type EvidenceService } from './evidence/service.ts';
import type { PurchaseService } from './purchases/service.ts';

interface EvidenceComposition {
  connection: Connection;
  records: Collections;
  registry: Registry;
  clock: Clock;
  log: Logger;
  /** What is composed after the evidence and asks it for files. */
  applications(): ApplicationService;
  purchases(): PurchaseService;
  complaints(): ComplaintService;
}

const sweptEveryMs = 600_000;

/** Evidence with what it hangs on, and the drain that sweeps away bytes that no record names. */
export async function composeEvidence({
  connection,
  records,
  registry: { certificates },
  clock,
  log,
  ...later
}: EvidenceComposition): Promise<{ evidence: EvidenceService; sweeping: Drain }> {
  const evidence = createEvidenceService({
    records: records.evidence,
    files: await openFileStore(connection),
    clock,
    inTurn: oneAtATime(),
    application: (actor, id) => later.applications().get(actor, id),
    purchase: (actor, id) => later.purchases().get(actor, id),
    complaint: (actor, id) => later.complaints().refuseOthers(actor, id),
    certificate: certificates.get,
    mayCertify: certificates.mayCertify,
    laboratories: () => records.organisations.find({ kind: 'laboratory' }),
    async settlings(ids) {
      const known = new Map<string, Settling>();
      const asked = records.purchases.stream({ _id: { $in: ids } }, ['basisDate', 'settledOn']);
      for await (const { id, basisDate, settledOn } of asked)
        known.set(id, { basisDate, ...(settledOn !== undefined && { settledOn }) });
      return known;
    },
    async dossiers({ ids, files }) {
      const found = await records.applications.find({
        $or: [{ _id: { $in: ids } }, { 'attachments.evidence': { $in: files } }],
      });
      return found.map(({ id, applicant, receivedOn, attachments = [] }) => ({
        id,
        applicant,
        isReceived: receivedOn !== undefined,
        files: attachments.map((attachment) => attachment.evidence),
      }));
    },
  });
  return { evidence, sweeping: createDrain({ name: 'evidence files', pass: nowAndThen(evidence.sweep), log }) };
}

/** The work once at the start and then now and then, however often it is asked for. */
function nowAndThen(work: () => Promise<number>): () => Promise<number> {
  let next = 0;
  return async () => {
    if (performance.now() < next) return 0;
    next = performance.now() + sweptEveryMs;
    await work();
    return 0;
  };
}
