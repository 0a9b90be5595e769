import { setTimeout as delay } from 'node:timers/promises';
import type { LabelScheme, LocalisedText, Organisation, ProductGroup } from '../schemas/types.d.ts';
import type { Collections } from './collections.ts';
import type { Clock } from './core/clock.ts';
import type { Drain } from './core/drain.ts';
import type { ShareParts } from './green-share/asked.service.ts';
import type { ShareCells } from './green-share/cells.service.ts';
import { createShareLinesService, type ShareLinesService } from './green-share/lines.service.ts';
import { createShareService, type ShareService } from './green-share/service.ts';
import type { ProvinceService } from './organisations/province.service.ts';
import type { OrganisationService } from './organisations/service.ts';
import type { Evidence } from './purchases/claim.rules.ts';
import type { Facts } from './purchases/decision.rules.ts';
import type { RedecisionService } from './purchases/redecision.service.ts';
import { recordOn } from './reference/dated.rules.ts';
import type { ReferenceService } from './reference/service.ts';

/** The features that the share is made from. */
interface ShareSources {
  records: Collections;
  organisations: OrganisationService;
  provinces: ProvinceService;
  reference: ReferenceService;
  clock: Clock;
  facts(evidence: Evidence): Promise<Facts>;
  cells: ShareCells;
  redeciding: Drain;
  redecision: RedecisionService;
  isDemo: boolean;
}

/** The services of the share. */
export function composeShare(sources: ShareSources): { share: ShareService; shareLines: ShareLinesService } {
  const parts = shareParts(sources);
  const isBelow = async (agency: string, top: string) => (await sources.organisations.lineage(agency)).includes(top);
  return { share: createShareService(parts), shareLines: createShareLinesService(parts, isBelow) };
}

/** What the share needs of other features. */
function shareParts(sources: ShareSources): ShareParts {
  const { records, organisations, provinces, clock, facts, cells, redeciding, redecision, isDemo } = sources;
  return {
    purchases: records.purchases,
    clock,
    facts,
    cells,
    isDemo,
    edition: (code) => records.priorityLists.get(code),
    async places(actor, knownAt) {
      const [tree, map, hidden] = await Promise.all([
        organisations.tree(knownAt),
        provinces.all(),
        organisations.hiddenFrom(actor),
      ]);
      return {
        tree,
        changesWithin: tree.changesWithin,
        provinceOn(agency, day, on) {
          const place = tree.provinceOn(agency, day);
          return place === null ? undefined : map.keyOn(place, on, day);
        },
        isHidden: (agency) => hidden.has(agency),
        reportsFrom: tree.reportsFrom,
      };
    },
    names: (query, keys, knownAt) => namesOf(sources, query, { keys, knownAt }),
    async waitForRedecision(ms) {
      await Promise.race([redeciding.settled(), delay(ms, undefined, { ref: false })]);
      return redecision.waitingSince();
    },
  };
}

async function namesOf(
  { organisations, provinces, reference }: ShareSources,
  { groupBy, provinces: map = 'asDated', to }: Parameters<ShareParts['names']>[0],
  { keys, knownAt }: { keys: string[]; knownAt: string },
): Promise<Map<string, LocalisedText>> {
  const namedThen = (records: DatedRecord[]) => recordNames(records.map((record) => recordOn(record, to, knownAt)));
  if (groupBy === 'agency' || groupBy === 'supplier')
    return organisationNames(await organisations.byCodeOn(keys, to, knownAt));
  if (groupBy === 'province') return (await provinces.all()).names(map);
  if (groupBy === 'group') return namedThen(await reference.groups.all());
  if (groupBy === 'scheme') return namedThen(await reference.schemes.all());
  return new Map();
}

type DatedRecord = Pick<ProductGroup | LabelScheme, 'code' | 'name' | 'versions'>;

function recordNames(records: { code: string; name: LocalisedText }[]): Map<string, LocalisedText> {
  return new Map(records.map(({ code, name }) => [code, name]));
}

/** The names of organisations by code. */
export function organisationNames(organisations: Map<string, Organisation>): Map<string, LocalisedText> {
  return recordNames([...organisations.values()]);
}
