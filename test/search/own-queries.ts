import type { SearchHit, SearchResult } from '../../schemas/types.d.ts';
import rows from './queries.json' with { type: 'json' };

/** A query of our own with what is right for it. */
export interface OwnQuery {
  q: string;
  kind: string;
  /** The first hit's group, one of several; `none` where nothing may be found; null where the group does not matter. */
  group: string | string[] | null;
  /** The first hit's model. */
  first?: string;
  /** A kind of record that the query is the code of. */
  opens?: string;
  /** A number that each of the first hits has within these bounds. */
  attr?: [key: string, from: number, to: number];
  /** The price of one unit of each of the first hits is within these bounds. */
  price?: [from: number, to: number];
  /** Each of the first hits bears a valid label of the scheme, or any that counts. */
  valid?: string;
  /** Each of the first hits bears a valid label of this level. */
  level?: string;
  /** Groups that none of the first hits is of. */
  no?: string[];
}

export const ownQueries = rows as OwnQuery[];
const firstHits = 5;

/** What is wrong with the answer; null where nothing is. */
export function wrongIn(wanted: OwnQuery, { items, query, total }: SearchResult): string | null {
  if (wanted.opens) return query.opens?.some(({ kind }) => kind === wanted.opens) ? null : 'opens nothing';
  if (wanted.group === 'none') return total === 0 ? null : `finds ${items[0]?.name.vi}`;
  const hits = items.slice(0, firstHits);
  const [first] = hits;
  if (!first) return 'finds nothing';
  const groups = [wanted.group].flat();
  if (wanted.group !== null && !groups.includes(first.group)) return `finds ${first.group} first`;
  if (wanted.first && first.model !== wanted.first) return `finds ${first.model} first`;
  const bad = hits.find((hit) => !isRight(hit, wanted));
  return bad ? `shows ${bad.name.vi}` : null;
}

function isRight(
  { group, labels, tier, attributes, basePrice }: SearchHit,
  { attr, price, valid, level, no }: OwnQuery,
): boolean {
  const held = labels.filter((label) => label.valid);
  const isLabelled =
    valid === undefined || (valid === 'any' ? tier !== null : held.some(({ scheme }) => scheme === valid));
  const isLevel = level === undefined || held.some((label) => label.level === level);
  const own = attr && Number((attributes as Record<string, unknown> | undefined)?.[attr[0]]);
  const isMeasured = !attr || (own !== undefined && attr[1] <= own && own <= attr[2]);
  const isInPrice = !price || (price[0] <= Number(basePrice) && Number(basePrice) <= price[1]);
  return isLabelled && isLevel && isMeasured && isInPrice && !no?.includes(group);
}
