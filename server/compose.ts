import type { Connection } from 'mongoose';
import type { DemoActors } from './accounts/service.ts';
import { unrippled as unrippledCertificate } from './certificates/model.ts';
import type { AuditService } from './audit/service.ts';
import { openCollections, type Collections } from './collections.ts';
import type { Clock } from './core/clock.ts';
import { backgroundWork } from './background.ts';
import type { ApplicationService } from './applications/service.ts';
import type { ComplaintService } from './complaints/service.ts';
import { composeAccounts, type Accounts, type AccountSettings } from './compose-accounts.ts';
import { composeApplications } from './compose-applications.ts';
import { composeAudit } from './compose-audit.ts';
import { composeScorecards } from './compose-scorecards.ts';
import type { ScorecardService } from './scorecards/service.ts';
import { composeComplaints } from './compose-complaints.ts';
import { composeEvidence } from './compose-evidence.ts';
import { composeImports } from './compose-imports.ts';
import { composeSearch } from './compose-search.ts';
import { composeRegistry, type Registry } from './compose-registry.ts';
import { createDrain } from './core/drain.ts';
import type { Logger } from './core/log.ts';
import { newId } from './core/model.ts';
import type { EvidenceService } from './evidence/service.ts';
import { decisionFacts } from './facts.ts';
import { openCellStore } from './green-share/cell-store.adapter.ts';
import { createShareCells } from './green-share/cells.service.ts';
import type { ShareLinesService } from './green-share/lines.service.ts';
import type { ShareService } from './green-share/service.ts';
import { verifyCells, type CellFindings } from './green-share/verify.service.ts';
import { unrippledLaw } from './law-changes.ts';
import { unrippled as unrippledEdition } from './priority-lists/model.ts';
import type { Evidence } from './purchases/claim.rules.ts';
import type { Facts } from './purchases/decision.rules.ts';
import { uncounted, unsettled } from './purchases/model.ts';
import type { NeedFollowService } from './needs/follows.service.ts';
import type { NeedService } from './needs/service.ts';
import { createRedecisionService, type RedecisionService } from './purchases/redecision.service.ts';
import type { ImportService } from './purchases/import.service.ts';
import { createPurchaseService, type PurchaseService } from './purchases/service.ts';
import type { FindService } from './find/service.ts';
import type { SearchPort } from './search/port.ts';
import type { SearchService } from './search/service.ts';
import type { NewsService } from './search/news.service.ts';
import type { SuggestService } from './search/suggest.service.ts';
import { composeShare } from './share-sources.ts';

/** Every service over one database. */
export interface Services extends Registry, Accounts {
  applications: ApplicationService;
  evidence: EvidenceService;
  complaints: ComplaintService;
  scorecards: ScorecardService;
  purchases: PurchaseService;
  imports: ImportService;
  share: ShareService;
  shareLines: ShareLinesService;
  /** Compares the share's cells with the purchases, and writes those that differ anew where that is asked for. */
  verifyShare(repair: boolean): Promise<CellFindings | null>;
  search: SearchService;
  needs: NeedService;
  needFollows: NeedFollowService;
  /** What may be meant by what has been typed so far. */
  suggestions: SuggestService;
  /** What is new in the searches that somebody keeps. */
  news: NewsService;
  /** Looks up what is printed on a box. */
  finder: FindService;
  audit: AuditService;
  /** Builds the search index and begins the background work. */
  start(): Promise<void>;
  /** Resolves once the background work that earlier writes asked for is done, or has failed and waits for its next turn. */
  settle(): Promise<void>;
  /** Ends the background work; the database and the search engine stay open. */
  close(): Promise<void>;
}

export interface Composition {
  connection: Connection;
  clock: Clock;
  log: Logger;
  searchPort: SearchPort;
  /** Everything written belongs to the demonstration register. */
  writesDemo: boolean;
  /** For whom each offered role acts where the register is a demonstration; null where it is none. */
  demo: DemoActors | null;
  /** What people's accounts need; without it there are keys alone. */
  people?: AccountSettings;
}

/** Builds every service once; the only place where features meet: each gets what it needs of another as a function. */
export async function composeServices(composition: Composition): Promise<Services> {
  const { connection, clock, log, demo } = composition;
  const records = await openCollections(connection, clock, composition.writesDemo);
  const indexing = createDrain({ name: 'search index', pass: () => search.drain(), log });
  const redeciding = createDrain({ name: 'decisions', pass: () => redecision.pass(), log });
  const authorising = createDrain({ name: 'holders', pass: () => registry.certificates.authoriseSome(), log });
  const changed = () => [following, ...drains].forEach((drain) => drain.nudge());
  const registry = composeRegistry(records, clock, changed);
  const hangsOn = { applications: () => applications, purchases: () => purchases, complaints: () => complaints };
  const { evidence, sweeping } = await composeEvidence({ ...composition, ...hangsOn, records, registry });
  const drains = [indexing, redeciding, authorising, sweeping];
  const { applications, following } = composeApplications({ records, registry, evidence, clock, log, changed });
  const facts = decisionFacts(registry);
  const redecision = composeRedecision(records, registry, { facts, now: clock.now });
  const { cells, counting, verifyShare } = await composeCells(connection, records, log);
  const { audit, sealing } = await composeAudit({ ...composition, ...registry });
  const purchases = composePurchases({ records, registry, clock, facts, changed });
  const { search, writing, ...lookingUp } = await composeSearch({ ...composition, records, registry, purchases });
  const forgetElsewhere = (person: string): Promise<void> => complaints.forgetReporter(person);
  const accounts = composeAccounts({ ...composition, records, registry, forgetElsewhere });
  const complaints = composeComplaints({ records, registry, purchases, clock, ...accounts });
  const after = [counting, sealing, writing(accounts)];
  const importing = await composeImports({ ...composition, ...registry, records, purchases });
  return {
    ...registry,
    ...accounts,
    applications,
    evidence,
    complaints,
    scorecards: composeScorecards({ connection, records, registry, clock }),
    purchases,
    imports: importing.imports,
    ...composeShare({ ...registry, records, clock, facts, cells, redeciding, redecision, isDemo: demo !== null }),
    verifyShare,
    search,
    ...lookingUp,
    audit,
    ...backgroundWork({ search, importing, following, drains, after, post: accounts.post }),
  };
}

async function composeCells(connection: Connection, { purchases }: Collections, log: Logger) {
  const parts = { store: await openCellStore(connection), purchases, mark: uncounted };
  const cells = createShareCells(parts);
  const counting = createDrain({ name: 'share cells', pass: cells.pass, log });
  return { cells, counting, verifyShare: (repair: boolean) => verifyCells(parts, repair) };
}

function composeRedecision(
  records: Collections,
  { certificates }: Registry,
  parts: Pick<Parameters<typeof createRedecisionService>[0], 'facts' | 'now'>,
): RedecisionService {
  return createRedecisionService({
    purchases: records.purchases,
    certificates: records.certificates,
    editions: records.priorityLists,
    marks: { certificate: unrippledCertificate, edition: unrippledEdition, purchase: unsettled, cell: uncounted },
    law: unrippledLaw(records, certificates.restate),
    ...parts,
  });
}

interface PurchaseComposition {
  records: Collections;
  registry: Registry;
  clock: Clock;
  facts(evidence: Evidence): Promise<Facts>;
  changed(): void;
}

function composePurchases({ records, registry, clock, facts, changed }: PurchaseComposition): PurchaseService {
  const { organisations, catalogue, reference, certificates } = registry;
  return createPurchaseService({
    records: records.purchases,
    clock,
    newId,
    lineage: organisations.lineage,
    reach: organisations.reach,
    organisations: organisations.byCode,
    products: catalogue.byId,
    offered: catalogue.ofGroups,
    async codes({ groups, schemes }) {
      const [knownGroups, knownSchemes] = await Promise.all([
        reference.groups.some(groups),
        reference.schemes.some(schemes),
      ]);
      return { groups: codesOf(knownGroups), schemes: codesOf(knownSchemes) };
    },
    mayCertify: certificates.mayCertify,
    facts,
    changed,
  });
}

function codesOf(records: { code: string }[]): Set<string> {
  return new Set(records.map(({ code }) => code));
}
