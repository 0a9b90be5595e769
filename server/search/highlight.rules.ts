import type { Highlights, Product } from '../../schemas/types.d.ts';
import { textIn } from '../core/localised.rules.ts';
import { foldCode, foldTexts, type Word } from './fold.rules.ts';
import { typosBetween } from './typo.rules.ts';

type Range = [from: number, to: number];

/** What is looked for, as the engine looks for it. */
export interface Looked {
  words: Word[];
  /** The last word may be the beginning of one. */
  prefixLast: boolean;
}

/** Where name, brand and model of a product have the words of a query, on the text as it is shown. */
export function highlightsOf(
  { name, brand = '', model = '' }: Pick<Product, 'name' | 'brand' | 'model'>,
  looked: Looked,
  language: 'vi' | 'en',
): Highlights {
  const found = {
    name: rangesIn(textIn(name, language), looked),
    brand: rangesIn(brand, looked),
    model: rangesInCode(model, looked),
  };
  return Object.fromEntries(Object.entries(found).filter(([, ranges]) => ranges.length > 0));
}

/** The words of a text that the query finds: the same letters without marks, its last word as a beginning, or a typo away. */
export function rangesIn(text: string, looked: Looked): Range[] {
  return [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].flatMap(({ 0: word, index }): Range[] =>
    isMet(foldTexts(word), looked) ? [[index, index + word.length]] : [],
  );
}

/** A code is one word however it is separated: the whole of it where the words together are it or its beginning. */
function rangesInCode(code: string, looked: Looked): Range[] {
  const own = foldCode(code);
  const typed = [looked.words.map(({ folded }) => folded).join(''), ...looked.words.map(({ folded }) => folded)];
  const isIt = typed.some((one) => one.length > 2 && (one === own || (looked.prefixLast && own.startsWith(one))));
  return isIt ? [[0, code.length]] : rangesIn(code, looked);
}

function isMet(own: string, { words, prefixLast }: Looked): boolean {
  return words.some(({ folded }, at) => {
    const isPrefix = prefixLast && at === words.length - 1;
    return own === folded || (isPrefix && own.startsWith(folded)) || typosBetween(folded, own) !== null;
  });
}
