import type { Ask, Asked, ReadProducts } from './explain.service.ts';
import { isMarked } from './fold.rules.ts';
import type { Interpretation } from './interpretation.rules.ts';
import { markedFirst, markWindow, otherwiseMarked } from './marks.rules.ts';
import type { SearchAnswer } from './port.ts';

/** The ids of the page, within the first hundred hits those with the query's own marks, then of the group it names, first. */
export async function orderByMarks(
  products: ReadProducts,
  find: Ask,
  { asked, found }: { asked: Asked; found: SearchAnswer },
): Promise<{ page: string[]; unmarked: Interpretation[] }> {
  const { words, request, law, named } = asked;
  const start = (request.page - 1) * request.size;
  const isWhole = start === 0 && found.total <= found.hits.length;
  const mayBeCode = isWhole && words.some(({ folded }) => /\p{N}/u.test(folded));
  const isOrdered = request.sort === 'relevance' && (words.some(isMarked) || mayBeCode) && start < markWindow;
  if (!isOrdered || found.hits.length === 0) return { page: found.hits.map(({ id }) => id), unmarked: [] };
  const { hits } = isWhole ? found : await find({ ...request, facets: [], page: 1, size: markWindow });
  const looked = new Map((await products(hits.map(({ id }) => id))).map((product) => [product.id, product]));
  const ordered = markedFirst(hits, { words, named, looked });
  const rest = found.hits.slice(Math.max(markWindow - start, 0));
  const page = [...ordered, ...rest].slice(start, start + request.size).map(({ id }) => id);
  return { page, unmarked: otherwiseMarked(words, [...looked.values()], law.groups) };
}
