import type { LocalisedText } from '../../schemas/types.d.ts';
import { isMarked, type Word, wordsOf } from './fold.rules.ts';

/** How many of the first hits are looked at for marks: five pages of twenty. */
export const markWindow = 100;

interface Hit {
  id: string;
  typos: number;
}

/**
 * Hits of equal typos in the order given, those first whose name holds every marked word of the query with the same marks:
 * sơn (paint) before son (lipstick). A folded index cannot tell them apart.
 */
export function markedFirst<H extends Hit>(hits: H[], words: Word[], names: Map<string, LocalisedText>): H[] {
  const marked = words.filter(isMarked);
  const prefix = words.at(-1);
  const isSame = ({ id }: H) => {
    const name = names.get(id);
    const inName = wordsOf(`${name?.vi ?? ''} ${name?.en ?? ''}`).map((word) => word.marked);
    return marked.every((word) =>
      inName.some((own) => own === word.marked || (word === prefix && own.startsWith(word.marked))),
    );
  };
  const rank = new Map(hits.map((hit) => [hit, hit.typos * 2 + (isSame(hit) ? 0 : 1)]));
  return hits.toSorted((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
}
