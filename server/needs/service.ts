import type { Need, NeedMap, NeedQuery, PriorityList, ProductGroup } from '../../schemas/types.d.ts';
import type { Clock } from '../core/clock.ts';
import { badQuery } from '../core/problem.ts';
import { type AskSources, type GroupAsks, readAsks } from './asks.service.ts';
import { fewest, lastWholeMonth, publishable, type Sum, toldNumber } from './publication.rules.ts';
import { readWants, type Wanted } from './wants.rules.ts';

/** What agencies look for in vain, beside what there is. */
export interface NeedService {
  /** Every group of the edition in force, or one of them. @throws Problem 400 for a group or a province that is none */
  map(query: NeedQuery): Promise<NeedMap>;
}

/** How many products of a group bear a valid label, and how many one that the edition accepts. */
export interface Supply {
  labelled: number;
  accepted: number;
}

interface NeedParts extends AskSources {
  clock: Clock;
  /** Keeps the last answer for a while, as long as it is asked for under the same key. */
  keep<A>(ask: () => Promise<A>): { get(key: string): Promise<A> };
  edition(): Promise<PriorityList | null>;
  groups(): Promise<ProductGroup[]>;
  isProvince(code: string): Promise<boolean>;
  supply(): Promise<Map<string, Supply>>;
  /** How many products of the group bear a label that the edition accepts and have the attributes. */
  matching(group: string, attributes: Wanted): Promise<number>;
}

/** A need with what a reader of one province sees of it. */
type WholeNeed = Need & { provinces: Map<string, { agencies: number; asks: number }> };
interface WholeMap extends Omit<NeedMap, 'items'> {
  items: WholeNeed[];
}

const mostWants = 20;

/** The map; it is made anew on another day and where it is kept no longer, however often it is asked for. */
export function createNeedService(parts: NeedParts): NeedService {
  const whole = parts.keep(() => makeMap(parts));
  return {
    async map({ group, province }) {
      if (province !== undefined && !(await parts.isProvince(province)))
        throw badQuery('province', 'KNOWN_VALUE', { value: province });
      const { items, ...map } = await whole.get(parts.clock.today());
      if (group !== undefined && !items.some((need) => need.group === group))
        throw badQuery('group', 'KNOWN_VALUE', { value: group });
      const asked = items.filter((need) => group === undefined || need.group === group);
      return {
        ...map,
        ...(province !== undefined && { province }),
        items: asked.map(({ provinces, ...need }) =>
          province === undefined ? need : inProvince(need, provinces.get(province)),
        ),
      };
    },
  };
}

/** What a province adds to a need; which attributes were asked for is told of the whole country alone. */
function inProvince(need: Need, part: { agencies: number; asks: number } | undefined): Need {
  if (!need.published || !part) return { ...need, published: null };
  const { from, through } = need.published;
  return { ...need, published: { ...part, from, through, wants: [] } };
}

async function makeMap(parts: NeedParts): Promise<WholeMap> {
  const through = lastWholeMonth(parts.clock.today());
  const [edition, groups, supply, asked] = await Promise.all([
    parts.edition(),
    parts.groups(),
    parts.supply(),
    readAsks(parts, through),
  ]);
  const items = (edition?.entries ?? []).flatMap((entry) => {
    const group = groups.find(({ code }) => code === entry.group);
    const own = {
      group: entry.group,
      obligation: entry.obligation,
      ...(supply.get(entry.group) ?? { labelled: 0, accepted: 0 }),
    };
    return group
      ? [{ ...own, name: group.name, asks: asked.get(entry.group) ?? { byAgencies: [], visitors: [] } }]
      : [];
  });
  return {
    through,
    edition: edition?.code ?? null,
    fewest,
    items: await Promise.all(items.map(({ asks, ...need }) => withPublished(parts, need, asks))),
  };
}

async function withPublished(
  { matching }: NeedParts,
  need: Omit<Need, 'published'>,
  { byAgencies, visitors }: GroupAsks,
): Promise<WholeNeed> {
  const found = publishable(byAgencies);
  if (!found) return { ...need, published: null, provinces: new Map() };
  const { from, through } = found;
  const wants = [...found.byWants].toSorted(([, a], [, b]) => b.asks - a.asks).slice(0, mostWants);
  return {
    ...need,
    published: {
      ...tell(found),
      from,
      through,
      visitors: visitors.reduce((sum, { month, count }) => sum + (from <= month && month <= through ? count : 0), 0),
      wants: await Promise.all(
        wants.map(async ([text, sum]) => ({
          attributes: readWants(text),
          ...tell(sum),
          matching: await matching(need.group, readWants(text)),
        })),
      ),
    },
    provinces: new Map([...found.byProvince].map(([province, sum]) => [province, tell(sum)])),
  };
}

function tell({ agencies, asks }: Sum): { agencies: number; asks: number } {
  return { agencies: toldNumber(agencies.size), asks };
}
