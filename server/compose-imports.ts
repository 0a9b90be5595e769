import { createHash } from 'node:crypto';
import type { Composition } from './compose.ts';
import type { Collections } from './collections.ts';
import { createDrain } from './core/drain.ts';
import { newId } from './core/model.ts';
import { Problem, type Fault } from './core/problem.ts';
import { parseBody } from './core/schemas.ts';
import type { OrganisationService } from './organisations/service.ts';
import { openImportStore } from './purchases/import-store.adapter.ts';
import { createImportService, type ImportService } from './purchases/import.service.ts';
import { unfinished } from './purchases/model.ts';
import type { PurchaseService } from './purchases/service.ts';
import { sheetReader } from './purchases/sheet.adapter.ts';

interface ImportComposition extends Pick<Composition, 'connection' | 'clock' | 'log'> {
  records: Collections;
  organisations: OrganisationService;
  purchases: PurchaseService;
}

/** The imports, and the background work on them. */
interface Imports {
  imports: ImportService;
  start(): void;
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Builds the imports over the purchases: what they record goes through the same service and the same rules. */
export async function composeImports(composition: ImportComposition): Promise<Imports> {
  const { connection, clock, log, records, organisations, purchases } = composition;
  const drain = createDrain({ name: 'imports', pass: () => imports.pass(), log });
  let isEnding = false;
  const imports = createImportService({
    jobs: records.imports,
    mark: unfinished,
    store: await openImportStore(connection),
    sheets: sheetReader,
    clock,
    runner: newId(),
    newId,
    faultsOf: (input) => faultsIn(() => parseBody('purchase-input', input)),
    createMany: purchases.createMany,
    recordedUnder: purchases.recordedUnder,
    lineage: organisations.lineage,
    digest: (text) => createHash('sha256').update(text).digest('hex').slice(0, 40),
    isEnding: () => isEnding,
    changed: drain.nudge,
  });
  return {
    imports,
    start: drain.start,
    settled: drain.settled,
    async close() {
      isEnding = true;
      await drain.close();
    },
  };
}

function faultsIn(parse: () => unknown): Fault[] {
  try {
    parse();
    return [];
  } catch (error) {
    if (error instanceof Problem) return error.faults;
    throw error;
  }
}
