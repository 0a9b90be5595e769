import type { Ask, Asked } from './explain.service.ts';
import { isMarked } from './fold.rules.ts';
import { markedFirst, markWindow, type Title } from './marks.rules.ts';
import type { SearchAnswer } from './port.ts';

/** What the order is read from. */
export interface OrderParts {
  /** Those of the hits that exist, with what the order goes by and no more: a hundred are looked at for a page of twenty. */
  titles(hits: SearchAnswer['hits']): Promise<Title[]>;
}

/** The ids of the page, within the first hundred hits those with the query's own marks, then of the group it names, first. */
export async function orderByMarks(
  { titles }: OrderParts,
  find: Ask,
  { asked, found }: { asked: Asked; found: SearchAnswer },
): Promise<string[]> {
  const { query, words, request, named } = asked;
  const start = (query.page - 1) * query.limit;
  // Of a request that was widened the window is there already.
  const before = (request.page - 1) * request.size;
  const isWindow = before === 0 && found.hits.length >= Math.min(found.total, markWindow);
  const isWhole = isWindow && found.total <= found.hits.length;
  const mayBeCode = isWhole && found.total > 1 && words.some(({ folded }) => /\p{N}/u.test(folded));
  const isOrdered = request.sort === 'relevance' && (words.some(isMarked) || mayBeCode) && start < markWindow;
  const pageOf = (hits: SearchAnswer['hits'], from: number) =>
    hits.slice(start - from, start - from + query.limit).map(({ id }) => id);
  if (!isOrdered || found.hits.length === 0) return pageOf(found.hits, before);
  const { hits } = isWindow ? found : await find({ ...request, facets: [], page: 1, size: markWindow });
  const looked = new Map((await titles(hits)).map((title) => [title.id, title]));
  const ordered = markedFirst(hits, { words, named, looked });
  const rest = found.hits.slice(Math.max(markWindow - before, 0));
  return pageOf([...ordered, ...rest], 0);
}
