import type {
  CriteriaDocument,
  GroupAttribute,
  LocalisedText,
  Product,
  ProductGroup,
  SearchQuery,
  SearchResult,
} from '../../schemas/types.d.ts';
import { textIn } from '../core/localised.rules.ts';
import type { Language } from '../core/problem.ts';
import type { SearchRequest } from './clause.rules.ts';
import { alternativesTo, explainExcluded, explainIn, spell, widerThan } from './explain.rules.ts';
import type { Word } from './fold.rules.ts';
import { groupsNamedIn } from './named-groups.rules.ts';
import type { SearchAnswer } from './port.ts';
import { buildRequest, publicFilters, valuesOf } from './query.rules.ts';
import { readQuery, type Reading } from './reading.rules.ts';
import type { LawOnDay } from './tier-clauses.rules.ts';

/** The law and the names on a day. */
export type SearchFacts = Omit<LawOnDay, 'on'> & {
  groups: ProductGroup[];
  criteria: CriteriaDocument[];
  suppliers: (codes: string[]) => Promise<ReadonlyMap<string, LocalisedText>>;
};

/** One search: what is asked, in whose language, under which law. */
export interface Asked {
  query: SearchQuery;
  language: Language;
  words: Word[];
  reading: Reading;
  /** The groups that the words name. */
  named: ReadonlySet<string>;
  law: LawOnDay & SearchFacts;
  /** Of the groups that are asked about. */
  attributes: ReadonlyMap<string, GroupAttribute>;
  request: SearchRequest;
}

/** Asks the engine, whatever state it is in. */
export type Ask = (request: SearchRequest) => Promise<SearchAnswer>;
export type ReadProducts = (ids: string[]) => Promise<Product[]>;
type Explanation = NonNullable<SearchResult['explanation']>;

const mostProposals = 3;

/** Why there is no hit, and which other queries have some under the same filters. */
export async function explain(products: ReadProducts, find: Ask, asked: Asked): Promise<Explanation> {
  const { words, law, language, request } = asked;
  const one = { ...request, facets: [], page: 1, size: 1 };
  const open = { ...one, filters: publicFilters(law.on) };
  const count = async (wanted: Word[], prefixLast: boolean) =>
    (await find({ ...open, words: wanted.map(({ folded }) => folded), prefixLast })).total;
  if ((await count([], false)) === 0)
    return { reason: 'EMPTY_CATALOGUE', detail: explainIn(language, 'EMPTY_CATALOGUE', []), proposals: [] };
  const isRead = words.length > 0 || asked.reading.understood.length > 0;
  const isReadable = isRead || (asked.query.q ?? '').trim() === '';
  if (isReadable && (await count(words, request.prefixLast)) > 0) return explainFilters(find, asked);
  const unknown: Word[] = [];
  for (const word of words)
    if ((await count([word], request.prefixLast && word === words.at(-1))) === 0) unknown.push(word);
  const proposals = await propose(products, (wanted) => find({ ...one, words: wanted, prefixLast: false }), {
    asked,
    unknown,
  });
  return {
    reason: 'NO_SUCH_WORDS',
    detail: explainIn(
      language,
      'NO_SUCH_WORDS',
      unknown.map(({ raw }) => raw),
    ),
    proposals,
  };
}

/** Where the words have hits: what else was asked for that none of them meets, and what to ask instead. */
async function explainFilters(find: Ask, { query, language, law, attributes, reading }: Asked): Promise<Explanation> {
  const conditions = reading.understood.filter(({ where, asks, excludes }) => where ?? asks ?? excludes);
  const meanings = conditions.map(({ meaning }) => textIn(meaning, language));
  const detail =
    meanings.length > 0 ? explainExcluded(language, meanings) : explainIn(language, 'FILTERS_EXCLUDE_ALL', []);
  const proposals = new Set<string>();
  for (const q of widerThan(query.q ?? '', conditions)) {
    const other = readQuery(q, law, new Set(valuesOf(query.asTyped)));
    const named = groupsNamedIn(other.words, law.groups);
    const request = buildRequest({ ...query, q }, law, { attributes, reading: other, named });
    const { total } = await find({ ...request, facets: [], page: 1, size: 1 });
    if (total > 0) proposals.add(q);
    if (proposals.size === mostProposals) break;
  }
  return { reason: 'FILTERS_EXCLUDE_ALL', detail, proposals: [...proposals] };
}

async function propose(
  products: ReadProducts,
  find: (words: string[]) => Promise<SearchAnswer>,
  { asked, unknown }: { asked: Asked; unknown: Word[] },
): Promise<string[]> {
  const proposals = new Set<string>();
  for (const words of alternativesTo(asked.words, new Set(unknown.map(({ folded }) => folded)))) {
    const [hit] = (await find(words.map(({ folded }) => folded))).hits;
    if (!hit) continue;
    const [product] = await products([hit.id]);
    const group = asked.law.groups.find(({ code }) => code === product?.group);
    proposals.add(spell(words, [product?.name.vi ?? '', group?.name.vi ?? '', ...(group?.synonyms ?? [])]));
    if (proposals.size === mostProposals) break;
  }
  return [...proposals];
}
