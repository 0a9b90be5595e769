import type {
  FindAbsence,
  OpenedRecord,
  SearchHit,
  SearchLevels,
  SearchQuery,
  SearchResult,
} from '../../schemas/types.d.ts';
import { textIn } from '../core/localised.rules.ts';
import type { Clock } from '../core/clock.ts';
import { badQuery, type Language } from '../core/problem.ts';
import type { Actor } from '../core/route.ts';
import type { SearchRequest } from './clause.rules.ts';
import type { IndexAsk, IndexState } from './asks.rules.ts';
import { answerAsk, askIndexes, type AnswerOf } from './asks.service.ts';
import { attributesOf, unknownAttribute } from './attribute-query.rules.ts';
import { withAbsence } from './absence.service.ts';
import { explainCorrection, explainMarks } from './explain.rules.ts';
import { type Ask, type Asked, explain, type SearchFacts } from './explain.service.ts';
import { labelFacets } from './facet-labels.service.ts';
import { isFault } from './fault.rules.ts';
import type { Interpretation } from './interpretation.rules.ts';
import { countLevels } from './levels.service.ts';
import { orderByMarks, type OrderParts } from './order.service.ts';
import { countedByMarks, meantByMarks } from './other-word.service.ts';
import { openedBy, type Openable } from './opens.rules.ts';
import type { PortHealth, SearchAnswer, SearchPort } from './port.ts';
import { unknownValue, valuesOf } from './query.rules.ts';
import { readQuery } from './reading.rules.ts';
import { readRows, type RowParts } from './rows.service.ts';
import { unmetSearch, type UnmetSearch } from './unmet.rules.ts';
import { findAsUnderstood, readAs, type Understanding } from './understanding.service.ts';
import { createUpkeep, type Upkeep, type UpkeepParts } from './upkeep.service.ts';
import { type Browse, browseWithoutEngine } from './without-engine.service.ts';

/** Finding products in the public catalogue. */
export interface SearchService {
  /**
   * For a caller, or for anybody; where it is the register itself that asks, there is no actor, and nobody missed anything.
   * @throws Problem 400 for a value that a parameter does not know, and for a page that no engine reaches
   */
  search(query: SearchQuery, language: Language, actor?: Actor | null): Promise<SearchResult>;
  /** How many products a search finds that are new since an instant; its page, order and counts do not matter. */
  countNew(query: SearchQuery, since: string, language: Language): Promise<number>;
  /** How many models and suppliers of what a search finds stand at each level of the graded labels. */
  levels(query: SearchQuery, language: Language): Promise<SearchLevels>;
  /** Readies the engine, and builds the index from the store where it has none. */
  start(): Promise<void>;
  /** Builds the index anew from the store; readers see the old one meanwhile. */
  rebuild(): Promise<void>;
  /** Indexes some of the waiting writes: how many, 0 when none was left. */
  drain(): Promise<number>;
  health(): Promise<PortHealth>;
  /** How the index of this process stands to the store. */
  state(): Promise<IndexState>;
  /** Asks every process that runs over this store, from one that does not drain itself. */
  ask(what: IndexAsk): Promise<AnswerOf[]>;
  close(): Promise<void>;
}

export interface SearchParts extends UpkeepParts, RowParts, OrderParts {
  clock: Clock;
  /** A page of the catalogue straight from the store. */
  browse: Browse;
  facts(on: string): Promise<SearchFacts>;
  /** Why no label covers the words as a code; undefined where one does. */
  absence(q: string, on: string, language: Language): Promise<FindAbsence | undefined>;
  /** Records besides products that the query may be a code of, as far as the caller may read them. */
  opens(q: string, actor: Actor | null, law: SearchFacts): Promise<Openable[]>;
  /** Counts what was looked for in vain. */
  unmet(search: UnmetSearch, actor: Actor | null): Promise<void>;
}

/** The engine gives ids and counts; every row shown is read from the store, so a late index never shows stale facts. */
export function createSearchService(parts: SearchParts): SearchService {
  const upkeep: Upkeep = createUpkeep(parts, (heard) => void answerAsk(parts, upkeep, heard));
  const find: Ask = (wanted) => ask(parts.port, upkeep, wanted);
  return {
    async search(query, language, actor) {
      const asked = await read(parts, query, language);
      try {
        const [found, opens] = await Promise.all([answer(parts, find, asked), opened(parts, asked, actor ?? null)]);
        const unmet = found.total === 0 && actor !== undefined && unmetSearch(asked, parts.clock.today());
        if (unmet) await parts.unmet(unmet, actor);
        return opens.length > 0 ? { ...found, query: { ...found.query, opens } } : found;
      } catch (error) {
        if (!isUnavailable(error)) throw error;
        return answerWithoutEngine(parts, asked);
      }
    },
    async countNew(query, since, language) {
      // Understood as the whole search is, also where none of its products is new.
      const { request } = await counted(parts, find, await read(parts, { ...query, page: 1, limit: 1 }, language));
      const isNew = { where: { field: 'changedAt' as const, gte: Date.parse(since) } };
      return (await find({ ...request, filters: [...request.filters, isNew] })).total;
    },
    async levels(query, language) {
      const asked = await read(parts, { ...query, page: 1, limit: 1 }, language);
      return countLevels(find, await counted(parts, find, asked));
    },
    // An engine that does not answer keeps nobody from starting: the drain goes on trying.
    start: () => upkeep.start().catch(unlessUnavailable),
    rebuild: () => upkeep.rebuild(),
    drain: () => upkeep.drain(),
    health: () => parts.port.health(),
    state: () => upkeep.state(),
    ask: (what) => askIndexes(parts.messages, what),
    close: () => parts.port.close(),
  };
}

/** What is asked, in whose language and under which law. @throws Problem 400 for a value that a parameter does not know */
async function read(parts: SearchParts, query: SearchQuery, language: Language): Promise<Asked> {
  const on = query.validOn ?? parts.clock.today();
  const law = { on, ...(await parts.facts(on)) };
  const attributes = attributesOf(law.groups, query);
  const unknown = unknownValue(query, attributes) ?? unknownAttribute(query, attributes);
  if (unknown) throw badQuery(unknown.parameter, 'KNOWN_VALUE', { value: unknown.value });
  const off = new Set(valuesOf(query.asTyped));
  return readAs({ query, language, law, attributes }, readQuery(query.q ?? '', law, off));
}

/** An engine that has lost its index gets it from the store first. */
async function ask(port: SearchPort, upkeep: Upkeep, request: SearchRequest): Promise<SearchAnswer> {
  try {
    return await port.search(request);
  } catch (error) {
    const code = isFault(error) ? error.code : undefined;
    if (code === 'page_too_deep') throw badQuery('page', 'maximum', { limit: Math.floor(10_000 / request.size) });
    if (code !== 'not_ready') throw error;
    await upkeep.rebuild();
    return port.search(request);
  }
}

/** The search whose hits are counted: as it was understood in the end. */
async function counted(parts: SearchParts, find: Ask, asked: Asked): Promise<Asked> {
  return countedByMarks(parts, find, await findAsUnderstood(find, asked));
}

async function answer(parts: SearchParts, find: Ask, before: Asked): Promise<SearchResult> {
  const understanding = await findAsUnderstood(find, before);
  const shown = await show(parts, find, understanding);
  const { asked } = understanding;
  const meant = await meantByMarks(parts, find, { understanding, rows: shown.items });
  if ('understanding' in meant) return show(parts, find, meant.understanding);
  if (meant.isFound) return meant.told.length === 0 ? shown : { ...shown, query: echo(asked, meant.told) };
  const explanation = explainMarks(asked.language, meant.told, asked.words.length === 1);
  return {
    items: [],
    total: 0,
    facets: Object.fromEntries(Object.keys(shown.facets).map((name) => [name, []])),
    ranges: {},
    query: echo(asked, meant.told),
    explanation: await withAbsence(parts, find, { asked, explanation }),
  };
}

async function show(parts: SearchParts, find: Ask, { asked, found }: Understanding): Promise<SearchResult> {
  const page = await orderByMarks(parts, find, { asked, found });
  const counting = found.facets.then(async (facets) => ({ facets, labelled: await labelFacets(facets, asked) }));
  const [items, { facets, labelled }] = await Promise.all([readRows(parts, page, asked), counting]);
  // What the store no longer bears out is taken off the total too, as far as it has been seen.
  const total = found.total - (page.length - items.length);
  return {
    items,
    total,
    facets: labelled,
    ranges: Object.fromEntries(Object.entries(facets).flatMap(([name, { range }]) => (range ? [[name, range]] : []))),
    query: echo(asked),
    ...adviceOn(items[0], asked),
    ...(total === 0 ? { explanation: await explainAbsence(parts, find, asked) } : corrected(asked)),
  };
}

/** What the group that the words find first says to its buyers. */
function adviceOn(first: SearchHit | undefined, { words, law, language }: Asked): Pick<SearchResult, 'advice'> {
  const group = words.length > 0 && law.groups.find(({ code }) => code === first?.group);
  if (!group || !group.advice) return {};
  return { advice: { group: group.code, text: textIn(group.advice, language) } };
}

async function answerWithoutEngine(parts: SearchParts, asked: Asked): Promise<SearchResult> {
  const { ids, total } = await browseWithoutEngine(parts.browse, asked);
  return {
    items: await readRows(parts, ids, asked),
    total,
    facets: {},
    ranges: {},
    query: echo(asked),
    degraded: true,
  };
}

/** Other records of which the query is the code. */
async function opened(
  parts: SearchParts,
  { query, law, language }: Asked,
  actor: Actor | null,
): Promise<OpenedRecord[]> {
  return query.q === undefined ? [] : openedBy(query.q, await parts.opens(query.q, actor, law), language);
}

async function explainAbsence(parts: SearchParts, find: Ask, asked: Asked): Promise<SearchResult['explanation']> {
  return withAbsence(parts, find, { asked, explanation: await explain(parts.products, find, asked) });
}

/** A query that was taken for another one says so. */
function corrected({ reading, language }: Asked): Pick<SearchResult, 'explanation'> {
  const other = reading.understood.find(({ kind }) => kind === 'spelling' || kind === 'typing' || kind === 'spacing');
  if (!other) return {};
  const { typed, meaning } = other;
  return { explanation: explainCorrection(language, typed, meaning.vi) };
}

function echo({ query, words, reading, law, language }: Asked, told: Interpretation[] = []): SearchResult['query'] {
  return {
    q: query.q ?? '',
    words: words.map(({ folded }) => folded),
    understood: [...reading.understood, ...told].map(({ key, kind, typed, meaning, filter }) => ({
      key,
      kind,
      typed,
      meaning: textIn(meaning, language),
      ...(filter && { filter }),
    })),
    validOn: law.on,
    edition: law.edition?.code ?? null,
    page: query.page,
    limit: query.limit,
  };
}

function isUnavailable(error: unknown): boolean {
  return isFault(error) && (error.code === 'unavailable' || error.code === 'not_ready');
}

function unlessUnavailable(error: unknown): void {
  if (!isUnavailable(error)) throw error;
}
