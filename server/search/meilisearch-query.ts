import type { MultiSearchParams, MultiSearchQuery, SearchResponse } from 'meilisearch';
import type { Revision } from './agreement.rules.ts';
import type { Clause, Facet, Filter, SearchRequest } from './clause.rules.ts';
import { codeFields, isAttribute, numberFields, type SearchDoc } from './document.rules.ts';
import { fault } from './fault.rules.ts';
import { inPreferredOrder, preferredClauses, preferredWindow, spanOf } from './meilisearch-preferences.ts';
import { cutoffMs, deepest, indexUid, mostFacetValues, slotFields, slots } from './meilisearch-settings.ts';
import type { FacetAnswer, SearchAnswer } from './port.ts';

/** A document in the engine's form: labels flattened into a few intervals a scheme, because pairs in arrays do not hold together. */
export type EngineDoc = Record<string, string | number>;
/** An answer of the engine to one query. */
export type EngineAnswer = SearchResponse<Revision>;

const orders = {
  name: 'nameKey:asc',
  price: 'priceMinor:asc',
  '-price': 'priceMinor:desc',
  '-recordedAt': 'recordedAt:desc',
} as const;

// 9999-12-31: a label without an end.
const openEnd = 2_932_896;

/** The document as the engine keeps it; of more than four intervals of one scheme the last four. */
export function toEngineDoc({ runs, ...doc }: SearchDoc): EngineDoc {
  const flat: EngineDoc = Object.fromEntries(
    Object.entries(doc).filter(([, value]) => value !== undefined),
  ) as EngineDoc;
  for (const scheme of new Set(runs.map((run) => run.scheme))) {
    const ofScheme = runs
      .filter((run) => run.scheme === scheme)
      .toSorted((a, b) => (a.through ?? openEnd) - (b.through ?? openEnd) || a.from - b.from)
      .slice(-slots);
    const fields = slotFields(scheme);
    ofScheme.forEach(({ from, through, level, criterion }, at) => {
      const names = fields[at]!;
      flat[names.from] = from;
      flat[names.through] = through ?? openEnd;
      if (level !== undefined) flat[names.level] = level;
      if (criterion !== undefined) flat[names.criterion] = criterion;
    });
  }
  return flat;
}

/**
 * Everything that one request asks, in one round trip: the page with the counts that no filter of their own bears on, then
 * each other count, then the hits of what is preferred among equals. @throws SearchFault bad_filter, page_too_deep
 */
export function toEngineQueries(request: SearchRequest): MultiSearchParams {
  const { page, size, filters, sort } = request;
  if (page * size > deepest) throw fault('page_too_deep', `no page ends after ${deepest} hits`);
  const counts = request.facets.flatMap((facet) => countsOf(facet, request));
  const whole: MultiSearchQuery = {
    ...ask(request, filters),
    facets: request.facets.flatMap((facet) => ('field' in facet && !hasOwnFilter(facet, filters) ? facet.field : [])),
    ...spanOf(request),
    showRankingScoreDetails: true,
    ...(sort !== 'relevance' && { sort: [orders[sort]] }),
  };
  const preferred = preferredClauses(request).map((where) => ({
    ...ask(request, [...filters, { where }]),
    page: 1,
    hitsPerPage: preferredWindow,
  }));
  return { queries: [whole, ...counts, ...preferred] };
}

/** What the engine's answers say, in the order of the queries. @throws SearchFault unavailable for an answer that was cut short */
export function fromEngineAnswers(request: SearchRequest, answers: EngineAnswer[]): Omit<SearchAnswer, 'tookMs'> {
  if (answers.some(({ processingTimeMs }) => processingTimeMs >= cutoffMs))
    throw fault('unavailable', `the search engine stopped after ${cutoffMs} ms`);
  const [whole, ...rest] = answers;
  if (!whole) throw fault('failed', 'the search engine gave no answer');
  const last = preferredClauses(request).length;
  const meeting = rest.splice(rest.length - last, last).map(({ hits }) => new Set(hits.map(({ id }) => id)));
  const facets = request.facets.map((facet) => {
    if (!('field' in facet)) {
      const range = facet.range && rest.shift()?.facetStats?.[facet.range];
      const values = facet.values.map(({ value }, at) => ({ value, count: rest[at]?.totalHits ?? 0 }));
      rest.splice(0, facet.values.length);
      return [facet.name, { ...firstValues(values), ...(range && { range }) }] as const;
    }
    const counted = hasOwnFilter(facet, request.filters) ? rest.shift() : whole;
    const values = Object.entries(counted?.facetDistribution?.[facet.field] ?? {});
    return [facet.name, firstValues(values.map(([value, count]) => ({ value, count })))] as const;
  });
  return {
    hits: inPreferredOrder(request, whole.hits, meeting).map(({ id, seq, _rankingScoreDetails: details }, at) => ({
      id,
      seq,
      typos: details?.typo?.typoCount ?? 0,
      rank: (request.page - 1) * request.size + at,
    })),
    total: whole.totalHits ?? 0,
    facets: Promise.resolve(Object.fromEntries(facets)),
  };
}

function ask({ words, prefixLast }: SearchRequest, filters: Filter[]): MultiSearchQuery {
  return {
    indexUid,
    // The engine begins the last word, unless a space ends it.
    q: `${words.join(' ')}${words.length > 0 && !prefixLast ? ' ' : ''}`,
    matchingStrategy: 'all',
    filter: filters.map(({ where }) => filterText(where)),
    attributesToRetrieve: ['id', 'seq'],
  };
}

/** The queries that count a facet: none where the page's own query does, else one for a field, or one a value. */
function countsOf(facet: Facet, request: SearchRequest): MultiSearchQuery[] {
  const others = request.filters.filter((filter) => filter.facet !== facet.name);
  const count = { page: 1, hitsPerPage: 1 };
  if (!('field' in facet)) {
    const range = facet.range ? [{ ...ask(request, others), ...count, facets: [facet.range] }] : [];
    return [...range, ...facet.values.map(({ where }) => ({ ...ask(request, [...others, { where }]), ...count }))];
  }
  return hasOwnFilter(facet, request.filters) ? [{ ...ask(request, others), ...count, facets: [facet.field] }] : [];
}

function hasOwnFilter({ name }: Facet, filters: Filter[]): boolean {
  return filters.some(({ facet }) => facet === name);
}

function firstValues(counted: { value: string; count: number }[]): FacetAnswer {
  const values = counted
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  return { values: values.slice(0, mostFacetValues), truncated: values.length > mostFacetValues };
}

const everything = 'seq EXISTS';

/** A clause in the engine's language. @throws SearchFault bad_filter for a field that it does not know */
export function filterText(clause: Clause): string {
  if ('not' in clause) return `NOT (${filterText(clause.not)})`;
  if ('any' in clause) return joined(clause.any, ' OR ') ?? `NOT (${everything})`;
  if ('all' in clause) return joined(clause.all, ' AND ') ?? everything;
  if ('valid' in clause) return validText(clause);
  if ('in' in clause) {
    const isKnown = codeFields.some((field) => field === clause.field) || isAttribute(clause.field);
    if (!isKnown) throw fault('bad_filter', `no such field: ${clause.field}`);
    return `${clause.field} IN [${clause.in.map(quoted).join(', ')}]`;
  }
  return numberText(clause);
}

const comparisons = { gte: '>=', lte: '<=', below: '<' } as const;

function numberText({ field, ...bounds }: Extract<Clause, { gte?: number }>): string {
  const isKnown = numberFields.some((known) => known === field) || isAttribute(field);
  if (!isKnown) throw fault('bad_filter', `no such number: ${field}`);
  const parts = (['gte', 'lte', 'below'] as const).flatMap((bound) =>
    bounds[bound] === undefined ? [] : [`${field} ${comparisons[bound]} ${bounds[bound]}`],
  );
  return parts.length > 0 ? `(${parts.join(' AND ')})` : `${field} EXISTS`;
}

function joined(clauses: Clause[], word: string): string | null {
  return clauses.length > 0 ? `(${clauses.map(filterText).join(word)})` : null;
}

function validText({ valid, levels, criteria, on }: Extract<Clause, { valid: string }>): string {
  const slotTexts = slotFields(valid).map(
    ({ from, through, level, criterion }) =>
      `(${quoted(from)} <= ${on} AND ${quoted(through)} >= ${on}${andOneOf(level, levels)}${andOneOf(criterion, criteria)})`,
  );
  return `(${slotTexts.join(' OR ')})`;
}

function andOneOf(field: string, values: string[] | undefined): string {
  return values ? ` AND ${quoted(field)} IN [${values.map(quoted).join(', ')}]` : '';
}

/** The only way in which a value reaches the engine's language. */
function quoted(value: string): string {
  return `"${value
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')}"`;
}
