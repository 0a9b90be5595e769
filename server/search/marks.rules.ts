import type { LocalisedText, Product } from '../../schemas/types.d.ts';
import type { SearchRequest } from './clause.rules.ts';
import { beginsMarked, foldCode, isMarked, type Word, wordsOf } from './fold.rules.ts';

/** How many of the first hits are looked at for marks and groups: five pages of twenty. */
export const markWindow = 100;

interface Hit {
  id: string;
  typos: number;
}

/** The request for the whole window where marks decide the order of its page, so that it need not be asked for afterwards. */
export function widened(request: SearchRequest, words: Word[]): SearchRequest {
  const isReordered = request.sort === 'relevance' && words.some(isMarked);
  const isInWindow = request.page * request.size <= markWindow;
  return isReordered && isInWindow ? { ...request, page: 1, size: markWindow } : request;
}

/** What of a product the order within the window goes by. */
export type Looked = Pick<Product, 'name' | 'group'> & Partial<Pick<Product, 'model' | 'aliases' | 'gtin'>>;

/** The same of one of a product's revisions. */
export interface Title extends Looked {
  id: string;
  revision: number;
}

/**
 * First the model whose code the query is and no more of. Of equal typos then the hits of a group that the query names: điều
 * hòa is an air conditioner before it is the repair of one, and a name stuffed with the words of another group gains nothing.
 * Then those whose name holds every marked word with its marks: sơn (paint) before son (lipstick). Else in the order given.
 */
export function markedFirst<H extends Hit>(
  hits: H[],
  { words, named, looked }: { words: Word[]; named: ReadonlySet<string>; looked: ReadonlyMap<string, Looked> },
): H[] {
  const rankOf = ({ id, typos }: H) => {
    const own = looked.get(id);
    if (own && isCodeOf(own, words)) return -1;
    const isNamed = named.size === 0 || named.has(own?.group ?? '');
    return typos * 4 + (isNamed ? 0 : 2) + (hasSameMarks(own?.name, words) ? 0 : 1);
  };
  const rank = new Map(hits.map((hit) => [hit, rankOf(hit)]));
  return hits.toSorted((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
}

function isCodeOf({ model, aliases = [], gtin }: Looked, words: Word[]): boolean {
  const code = words.map(({ raw }) => foldCode(raw)).join('');
  return [model, ...aliases, gtin].some((own) => own !== undefined && foldCode(own) === code);
}

/** Whether a name holds every marked word of a query with its marks; the last may be the beginning of one. */
export function hasSameMarks(name: LocalisedText | undefined, words: Word[]): boolean {
  const prefix = words.at(-1);
  const inName = wordsOf(`${name?.vi ?? ''} ${name?.en ?? ''}`).map((word) => word.marked);
  return words
    .filter(isMarked)
    .every((word) => inName.some((own) => own === word.marked || (word === prefix && beginsMarked(own, word.marked))));
}
