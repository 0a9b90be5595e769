import type { ProductGroup, SearchResult } from '../../schemas/types.d.ts';
import type { Ask, Asked, ReadProducts } from './explain.service.ts';
import { isMarked, type Word, wordsOf } from './fold.rules.ts';
import { type Interpretation, keyOf } from './interpretation.rules.ts';
import { markWindow } from './marks.rules.ts';
import { type Said, wordsOfOthers } from './other-word.rules.ts';
import { valuesOf } from './query.rules.ts';
import { readAs, namingReadings, type Understanding } from './understanding.service.ts';

/** What a query means whose hits all write a word of it with other marks: the same with its spelling put right, or nothing. */
type OtherMeaning = { understanding: Understanding } | { words: Interpretation[] };

const mostWritings = 3;

/**
 * Whether the hits are what was meant: a query with marks says which word it means (sơn, not son; giày, not giấy). Null where
 * some hit has it. The rows of the page answer for nearly every query; only where none of them has it are more looked at.
 */
export async function meantOtherwise(
  products: ReadProducts,
  find: Ask,
  { asked, items, total }: { asked: Asked } & Pick<SearchResult, 'items' | 'total'>,
): Promise<OtherMeaning | null> {
  const { words, law, query, named } = asked;
  const off = new Set(valuesOf(query.asTyped));
  const groups = new Map(law.groups.map((group) => [group.code, group]));
  const known = { groups, named };
  if (off.has('all') || !words.some(isMarked) || wordsOfOthers(words, items, known).length === 0) return null;
  const hits = total <= items.length ? items : await firstHits(products, find, asked);
  const others = wordsOfOthers(words, hits, known);
  const told = others.map((word) => asOther(word, hits, groups));
  if (others.length === 0 || told.some(({ key }) => off.has(key))) return null;
  for (const reading of namingReadings(asked, others)) {
    const other = readAs(asked, reading);
    const found = await find(other.request);
    if (found.total > 0) return { understanding: { asked: other, found } };
  }
  return { words: told };
}

async function firstHits(products: ReadProducts, find: Ask, { request }: Asked): Promise<Said[]> {
  const first = await find({ ...request, facets: [], sort: 'relevance', page: 1, size: markWindow });
  return products(first.hits.map(({ id }) => id));
}

/** The word, and how what was found writes it. */
function asOther(word: Word, hits: Said[], groups: ReadonlyMap<string, ProductGroup>): Interpretation {
  const texts = hits.map(({ name, description, group }) =>
    [name.vi, description?.vi, groups.get(group)?.name.vi].filter((text) => text !== undefined).join(' · '),
  );
  const written = texts.flatMap((text) => wordsOf(text)).filter(({ folded }) => folded === word.folded);
  const others = [...new Set(written.map(({ raw }) => raw.toLowerCase()))].slice(0, mostWritings).join(', ');
  const meaning = others === '' ? word.folded : others;
  return { key: keyOf('marks', word.raw), kind: 'marks', typed: word.raw, meaning: { vi: meaning, en: meaning } };
}
