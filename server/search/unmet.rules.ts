import type { SearchQuery } from '../../schemas/types.d.ts';
import { valuesOf } from './query.rules.ts';
import type { Reading } from './reading.rules.ts';

/** What a search asked for, as far as it was understood: groups and attributes, never its words. */
export interface UnmetSearch {
  groups: string[];
  /** As `attr.<key>` says them. */
  attributes: Record<string, string>;
}

/** Who means more groups than these means none of them. */
const mostGroups = 3;

/**
 * What a search without a hit was for; null where it says nothing of a group: it names none or too many, looks at one
 * supplier, another day or what a price allows, or goes on from an earlier page.
 */
export function unmetSearch(
  {
    query,
    named,
    reading,
    law,
  }: { query: SearchQuery; named: ReadonlySet<string>; reading: Reading; law: { on: string } },
  today: string,
): UnmetSearch | null {
  const chosen = valuesOf(query.group);
  const groups = chosen.length > 0 ? chosen : [...named];
  const ways = [query, ...reading.understood.flatMap(({ asks }) => asks ?? [])];
  const isOfPrice = ways.some(({ minPrice, maxPrice }) => minPrice !== undefined || maxPrice !== undefined);
  const isAside = isOfPrice || query.supplier !== undefined || query.page > 1 || law.on !== today;
  if (isAside || groups.length === 0 || groups.length > mostGroups) return null;
  const understood = reading.understood.flatMap(({ filter }) =>
    filter?.parameter.startsWith('attr.') ? [[filter.parameter.slice('attr.'.length), filter.value] as const] : [],
  );
  return { groups, attributes: { ...Object.fromEntries(understood), ...query.attr } };
}
