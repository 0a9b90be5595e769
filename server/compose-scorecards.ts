import type { Connection } from 'mongoose';
import type { Collections } from './collections.ts';
import type { Registry } from './compose-registry.ts';
import type { Clock } from './core/clock.ts';
import { createScorecardService, type ScorecardService } from './scorecards/service.ts';
import { openTallyStore } from './scorecards/tally.adapter.ts';

interface ScorecardComposition {
  connection: Connection;
  records: Collections;
  registry: Registry;
  clock: Clock;
}

/** Scorecards with what they are counted from. */
export function composeScorecards({ connection, records, registry, clock }: ScorecardComposition): ScorecardService {
  return createScorecardService({
    tally: openTallyStore(connection),
    organisation: registry.organisations.get,
    bodiesOf: (schemes) => records.organisations.find({ 'mayCertify.scheme': { $in: schemes } }),
    upheld: (body) => records.complaints.count({ body, status: 'upheld' }),
    clock,
  });
}
