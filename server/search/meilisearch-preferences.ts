import type { RankingScoreDetails } from 'meilisearch';
import type { Clause, SearchRequest } from './clause.rules.ts';

/** Hits among which equal ones are put in the preferred order; later pages have the engine's own. */
export const preferredWindow = 100;

interface Hit {
  id: string;
  _rankingScoreDetails?: RankingScoreDetails;
}

/** The rules of the engine by which words rank a hit; the latest record decides after them. */
const wordRules = ['words', 'typo', 'attributeRank', 'proximity', 'exactness'] as const;

/** The engine's page that holds the hits of a request: the whole window where some of it are put in order. */
export function spanOf(request: SearchRequest): { page: number; hitsPerPage: number } {
  const { page, size } = request;
  return isPreferring(request)
    ? { page: 1, hitsPerPage: Math.max(preferredWindow, page * size) }
    : { page, hitsPerPage: size };
}

/**
 * The conditions that the engine is asked for beside the request, each with its first hits: one that stands in the window is
 * among them, because a condition only thins the order out. The engine knows no law, so none of this is in its documents, and
 * no midnight or edition changes one.
 */
export function preferredClauses(request: SearchRequest): Clause[] {
  return isPreferring(request) ? request.prefer.flat().filter((clause) => !isNothing(clause)) : [];
}

/** The hits of the request's own page, those of equal words in the preferred order; `meeting` are the ids of each clause. */
export function inPreferredOrder<H extends Hit>(
  request: SearchRequest,
  hits: H[],
  meeting: ReadonlySet<string>[],
): H[] {
  if (!isPreferring(request)) return hits;
  const sets = [...meeting];
  const lists = request.prefer.map((list) => list.flatMap((clause) => (isNothing(clause) ? [] : (sets.shift() ?? []))));
  const placesOf = ({ id }: H) =>
    lists.map((list) => {
      const place = list.findIndex((ids) => ids.has(id));
      return place === -1 ? list.length : place;
    });
  const ordered = hits
    .slice(0, preferredWindow)
    .map((hit, at) => ({ hit, at, words: wordsOf(hit), places: placesOf(hit) }));
  // Equal ones stand together: the engine ranked them by these rules before any other.
  const runs = ordered.map(({ words }) => words).map(numberOfRun());
  const sorted = ordered.toSorted(
    (a, b) => (runs[a.at] ?? 0) - (runs[b.at] ?? 0) || firstDifference(a.places, b.places) || a.at - b.at,
  );
  const start = (request.page - 1) * request.size;
  return [...sorted.map(({ hit }) => hit), ...hits.slice(preferredWindow)].slice(start, start + request.size);
}

function isPreferring({ sort, prefer, page, size }: SearchRequest): boolean {
  return sort === 'relevance' && prefer.length > 0 && (page - 1) * size < preferredWindow;
}

function isNothing(clause: Clause): boolean {
  return 'any' in clause && clause.any.length === 0;
}

function wordsOf({ _rankingScoreDetails: details = {} }: Hit): string {
  return JSON.stringify(wordRules.map((rule) => details[rule] ?? null));
}

function numberOfRun(): (words: string) => number {
  let last: string | undefined;
  let run = 0;
  return (words) => {
    if (words !== last) run += 1;
    last = words;
    return run;
  };
}

function firstDifference(a: number[], b: number[]): number {
  const at = a.findIndex((place, index) => place !== b[index]);
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
