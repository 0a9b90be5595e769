import { calendarOf } from './reference/calendar.rules.ts';
import { unregistered } from './applications/model.ts';
import { createApplicationService, type ApplicationService } from './applications/service.ts';
import type { Collections } from './collections.ts';
import type { Registry } from './compose-registry.ts';
import type { EvidenceFacts } from './applications/port.ts';
import type { Clock } from './core/clock.ts';
import { createDrain, type Drain } from './core/drain.ts';
import { oneAtATime } from './core/in-turn.ts';
import type { Logger } from './core/log.ts';
import { Problem } from './core/problem.ts';
import type { EvidenceService } from './evidence/service.ts';
import { undated } from './reference/model.ts';

interface ApplicationComposition {
  records: Collections;
  registry: Registry;
  evidence: EvidenceService;
  clock: Clock;
  log: Logger;
  changed(): void;
}

/** Applications with what they need of the registry, and the drain that enters what was approved. */
export function composeApplications({ records, registry, evidence, clock, log, changed }: ApplicationComposition): {
  applications: ApplicationService;
  following: Drain;
} {
  const { reference, catalogue, organisations, certificates } = registry;
  const applications = createApplicationService({
    records: records.applications,
    clock,
    calendar: async () => calendarOf(await reference.holidays.all()),
    scheme: reference.schemes.get,
    criterion: reference.criteria.get,
    products: catalogue.byId,
    organisations: organisations.byCode,
    certificate: (id) => certificates.get(id).catch(nullWhereMissing),
    certificates,
    mayCertify: certificates.mayCertify,
    evidence: (ids) => filesOf(evidence, ids),
    attachable: evidence.attachable,
    accept: catalogue.accept,
    holidays: records.holidays,
    unregistered,
    undated,
    changed,
    inTurn: oneAtATime(),
  });
  return { applications, following: createDrain({ name: 'applications', pass: applications.follow, log }) };
}

/** A photo is what a dossier's checklist calls a drawing. */
async function filesOf(evidence: EvidenceService, ids: string[]): Promise<Map<string, EvidenceFacts>> {
  const found = await evidence.facts(ids);
  return new Map(
    [...found].map(([id, { kind, ...facts }]) => [id, { ...facts, kind: kind === 'photo' ? 'drawing' : kind }]),
  );
}

function nullWhereMissing(error: unknown): null {
  if (error instanceof Problem && error.code === 'NOT_FOUND') return null;
  throw error;
}
