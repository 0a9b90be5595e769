import { nothing } from './clause.rules.ts';
import type { Ask, Asked } from './explain.service.ts';
import { isMarked } from './fold.rules.ts';
import { type Interpretation, keyOf } from './interpretation.rules.ts';
import { markWindow } from './marks.rules.ts';
import { type Marking, markingOf, type Said } from './other-word.rules.ts';
import { valuesOf } from './query.rules.ts';
import { readRows, type RowParts } from './rows.service.ts';
import { namingReadings, readAs, type Understanding } from './understanding.service.ts';

/**
 * What a query with marks means beside its letters: the hits, with what is told of them; nothing of what was found; or the same
 * with its spelling put right.
 */
type Meaning = { told: Interpretation[]; isFound: boolean } | { understanding: Understanding };

/**
 * Whether the hits are what was meant: a query with marks says which word it means (sơn, not son; giày, not giấy). The rows of
 * the page answer for nearly every query; only where they leave a doubt are the first hundred looked at.
 */
export async function meantByMarks(
  parts: RowParts,
  find: Ask,
  { understanding, rows }: { understanding: Understanding; rows?: Said[] },
): Promise<Meaning> {
  const { asked, found } = understanding;
  const { words, law, query, named } = asked;
  if (!words.some(isMarked)) return { told: [], isFound: true };
  const known = { groups: new Map(law.groups.map((group) => [group.code, group])), named };
  const ofPage = rows && markingOf(words, rows, known);
  const isSure = rows && ofPage && (ofPage.others.length === 0 || found.total <= rows.length);
  const { others, isMeant } = isSure
    ? ofPage
    : markingOf(words, await readRows(parts, await firstHits(find, understanding), asked), known);
  const told = others.map(telling);
  const off = new Set(valuesOf(query.asTyped));
  if (isMeant || off.has('all') || told.some(({ key }) => off.has(key))) return { told, isFound: true };
  const suspects = others.map(({ word }) => word);
  for (const reading of namingReadings(asked, suspects)) {
    const other = readAs(asked, reading);
    const answer = await find(other.request);
    if (answer.total > 0) return { understanding: { asked: other, found: answer } };
  }
  return { told, isFound: false };
}

/** What is counted of a query: what its words mean by their marks too, nothing where that was not found. */
export async function countedByMarks(parts: RowParts, find: Ask, understanding: Understanding): Promise<Asked> {
  const meaning = await meantByMarks(parts, find, { understanding });
  if ('understanding' in meaning) return meaning.understanding.asked;
  const { asked } = understanding;
  const { request } = asked;
  return meaning.isFound ? asked : { ...asked, request: { ...request, filters: [{ where: nothing }] } };
}

async function firstHits(find: Ask, { asked: { request }, found }: Understanding): Promise<string[]> {
  const isThere =
    request.page === 1 && request.sort === 'relevance' && request.size >= Math.min(found.total, markWindow);
  const { hits } = isThere
    ? found
    : await find({ ...request, facets: [], sort: 'relevance', page: 1, size: markWindow });
  return hits.slice(0, markWindow).map(({ id }) => id);
}

function telling({ word, as }: Marking['others'][number]): Interpretation {
  const written = as.length === 0 ? word.folded : as.join(', ');
  return { key: keyOf('marks', word.raw), kind: 'marks', typed: word.raw, meaning: { vi: written, en: written } };
}
