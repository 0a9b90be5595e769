import { createAuditService, type AuditService } from './audit/service.ts';
import { openAuditStore } from './audit/store.adapter.ts';
import { everyDefinition } from './collections.ts';
import type { Composition } from './compose.ts';
import { createDrain, type Drain } from './core/drain.ts';
import type { OrganisationService } from './organisations/service.ts';
import { organisationNames } from './share-sources.ts';

interface AuditComposition extends Pick<Composition, 'connection' | 'clock' | 'log'> {
  organisations: OrganisationService;
}

// A day is sealed within a minute of its end; to look costs a message to each collection.
const sealedEveryMs = 60_000;

/** The histories, and the background work that seals days. What a key is checked by is shown to nobody. */
export async function composeAudit({
  connection,
  clock,
  log,
  organisations,
}: AuditComposition): Promise<{ audit: AuditService; sealing: Drain }> {
  const audit = createAuditService({
    store: await openAuditStore(connection, everyDefinition),
    clock,
    secret: ['apiKeys'],
    async organisationNames(actor, codes) {
      const [found, hidden] = await Promise.all([organisations.byCode(codes), organisations.hiddenFrom(actor)]);
      return organisationNames(new Map([...found].filter(([code]) => !hidden.has(code))));
    },
  });
  return { audit, sealing: createDrain({ name: 'seals', pass: audit.sealSome, everyMs: sealedEveryMs, log }) };
}
