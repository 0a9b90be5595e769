import type { GroupAttribute, SearchQuery, Tier } from '../../schemas/types.d.ts';
import { attributeFacet, attributeFilters, attributeName } from './attribute-query.rules.ts';
import { type Clause, type Facet, type Filter, nothing, type SearchRequest } from './clause.rules.ts';
import { attributeField, type CodeField, dayNumber } from './document.rules.ts';
import { readLiterally, type Reading } from './reading.rules.ts';
import { type LawOnDay, preferences, priorityClause, tierClause } from './tier-clauses.rules.ts';

/** What can be chosen and counted. */
export const facetNames = ['kind', 'group', 'family', 'scheme', 'tier', 'level', 'supplier', 'priority'] as const;
export type FacetName = (typeof facetNames)[number];

/** Typed attributes of the groups that are asked about, by key. */
type Attributes = ReadonlyMap<string, GroupAttribute>;

const tiers = ['A', 'B', 'C'] as const;
const kinds = ['good', 'service'];
/** Facets that are a field of the document; the others follow from labels, on the day and by its law. */
const codeFieldOf: Partial<Record<FacetName, CodeField>> = {
  kind: 'kind',
  group: 'group',
  family: 'family',
  supplier: 'supplierId',
};

/** The values of a comma-separated parameter, each once. */
export function valuesOf(parameter: string | undefined): string[] {
  const values = (parameter ?? '').split(',').map((value) => value.trim());
  return [...new Set(values)].filter((value) => value !== '');
}

/** A value that a parameter with a fixed list of values does not know; null where there is none. */
export function unknownValue(
  query: SearchQuery,
  attributes: Attributes,
): { parameter: 'kind' | 'tier' | 'facets'; value: string } | null {
  const facets = [...facetNames, 'price', ...[...attributes.keys()].map(attributeName)];
  const known = { kind: kinds, tier: tiers, facets } satisfies Record<string, readonly string[]>;
  for (const parameter of ['kind', 'tier', 'facets'] as const) {
    const values: readonly string[] = known[parameter];
    const value = valuesOf(query[parameter]).find((candidate) => !values.includes(candidate));
    if (value !== undefined) return { parameter, value };
  }
  return null;
}

interface RequestParts {
  attributes: Attributes;
  reading?: Reading;
  /** The groups that the words name. */
  named?: ReadonlySet<string>;
}

/**
 * What the engine is asked for a query. Only what is in public search: listed, and not withdrawn on or before the day.
 * A `q` without a single letter or digit finds nothing.
 */
export function buildRequest(
  query: SearchQuery,
  law: LawOnDay,
  { attributes, reading = readLiterally(query.q ?? ''), named = new Set() }: RequestParts,
): SearchRequest {
  const { understood, prefixLast } = reading;
  const words = reading.words.map((word) => word.folded);
  const isUnreadable = words.length === 0 && understood.length === 0 && (query.q ?? '').trim() !== '';
  return {
    words,
    prefixLast,
    filters: [
      ...publicFilters(law.on),
      ...chosenFilters(query, law),
      ...attributeFilters(query, attributes),
      ...priceFilter(query),
      ...namedFilters(query),
      ...understood.flatMap(({ where, asks, excludes }) => [
        ...(where ? [{ where }] : []),
        // Said in words, so not left out of any count as a choice of its facet is.
        ...(asks ? [...chosenFilters(asks, law), ...priceFilter(asks)].map(({ where: own }) => ({ where: own })) : []),
        ...(excludes ? chosenFilters(excludes, law).map((filter) => ({ where: { not: filter.where } })) : []),
      ]),
      ...(isUnreadable ? [{ where: nothing }] : []),
    ],
    facets: facetsOf(valuesOf(query.facets), law, attributes),
    ...(named.size > 0 && { first: { field: 'group' as const, in: [...named] } }),
    // What no words rank comes by its record.
    prefer: words.length === 0 ? [] : [...preferredNumbers(words), ...preferences(law, tiersAsked(query, understood))],
    sort: query.sort ?? 'relevance',
    page: query.page,
    size: query.limit,
  };
}

/** Groups say recycled among their synonyms, so every product of them has the word: those come first that say how much. */
function preferredNumbers(words: string[]): Clause[][] {
  const isRecycled = / (tai che|recycled) /.test(` ${words.join(' ')} `);
  return isRecycled ? [[{ field: attributeField('recycledShare'), gte: 1 }]] : [];
}

function tiersAsked({ tier }: SearchQuery, understood: Reading['understood']): readonly Tier[] {
  const asked = [tier, ...understood.map(({ asks }) => asks?.tier)].flatMap(valuesOf);
  return asked.length > 0 ? tiers.filter((known) => asked.includes(known)) : tiers;
}

/** What is in public search on a day. */
export function publicFilters(on: string): Filter[] {
  return [
    { where: { field: 'status', in: ['listed'] } },
    { where: { not: { field: 'withdrawnDay', lte: dayNumber(on) } } },
  ];
}

/** Values of one parameter mean “or”, different parameters “and”. */
function chosenFilters(query: Partial<SearchQuery>, law: LawOnDay): Filter[] {
  return facetNames.flatMap((facet) => {
    const chosen = query[facet];
    if (chosen === undefined) return [];
    return [{ facet, where: { any: valuesOf(String(chosen)).map(clauseBy(facet, law)) } }];
  });
}

/** Both ends included; a product without a price never meets it. */
function priceFilter({ minPrice, maxPrice }: Pick<SearchQuery, 'minPrice' | 'maxPrice'>): Filter[] {
  if (minPrice === undefined && maxPrice === undefined) return [];
  const bounds = {
    ...(minPrice !== undefined && { gte: Number(minPrice) }),
    ...(maxPrice !== undefined && { lte: Number(maxPrice) }),
  };
  return [{ facet: 'price', where: { field: 'priceMinor', ...bounds } }];
}

/** The products of a list by their ids, and what is new. */
function namedFilters({ ids, changedSince }: SearchQuery): Filter[] {
  return [
    ...(ids === undefined ? [] : [{ where: { field: 'id' as const, in: valuesOf(ids) } }]),
    ...(changedSince === undefined ? [] : [{ where: { field: 'changedAt' as const, gte: Date.parse(changedSince) } }]),
  ];
}

function facetsOf(asked: string[], law: LawOnDay, attributes: Attributes): Facet[] {
  return [
    ...facetNames.filter((name) => asked.includes(name)).map((name) => facetOf(name, law)),
    ...[...attributes.values()].filter(({ key }) => asked.includes(attributeName(key))).map(attributeFacet),
    ...(asked.includes('price') ? [{ name: 'price', values: [], range: 'priceMinor' as const }] : []),
  ];
}

function facetOf(name: FacetName, law: LawOnDay): Facet {
  const field = codeFieldOf[name];
  if (field) return { name, field };
  const clauseOf = clauseBy(name, law);
  return { name, values: valuesByLaw(name, law).map((value) => ({ value, where: clauseOf(value) })) };
}

function valuesByLaw(name: FacetName, { schemes }: LawOnDay): string[] {
  const ofProducts = schemes.filter(({ subject }) => subject === 'product');
  if (name === 'scheme') return ofProducts.map(({ code }) => code);
  if (name === 'level') return [...new Set(ofProducts.flatMap(({ levels }) => levels))];
  return name === 'tier' ? [...tiers] : ['true', 'false'];
}

/** Which products have a value, on the day. */
function clauseBy(facet: FacetName, law: LawOnDay): (value: string) => Clause {
  const field = codeFieldOf[facet];
  if (field) return (value) => ({ field, in: [value] });
  const on = dayNumber(law.on);
  if (facet === 'scheme') {
    // A scheme becomes the name of a field, so it is one that is known.
    const known = new Set(law.schemes.map(({ code }) => code));
    return (value) => (known.has(value) ? { valid: value, on } : nothing);
  }
  if (facet === 'priority') return (value) => (value === 'true' ? priorityClause(law) : { not: priorityClause(law) });
  if (facet === 'tier')
    return (value) => {
      const tier = tiers.find((known) => known === value);
      return tier ? tierClause(tier, law) : nothing;
    };
  return (value) => {
    const graded = law.schemes.filter(({ levels }) => levels.includes(value));
    return { any: graded.map(({ code }) => ({ valid: code, levels: [value], on })) };
  };
}
