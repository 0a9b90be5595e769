import type { ProductGroup } from '../../schemas/types.d.ts';
import { foldName, type Word } from './fold.rules.ts';

/** What a group is called. */
export function namesOf({ name, synonyms }: ProductGroup): string[] {
  return [name.vi, ...(name.en === undefined ? [] : [name.en]), ...synonyms];
}

/**
 * The groups that a query names: those of its longest run of words that is a group's name or synonym; one word only where it
 * is the whole query.
 */
export function groupsNamedIn(words: Word[], groups: ProductGroup[]): Set<string> {
  if (words.length === 0) return new Set();
  const query = ` ${words.map(({ folded }) => folded).join(' ')} `;
  let longest = 0;
  let named = new Set<string>();
  for (const group of groups)
    for (const text of namesOf(group)) {
      const phrase = foldName(text);
      if (phrase === '' || !query.includes(` ${phrase} `)) continue;
      const length = phrase.split(' ').length;
      if ((length === 1 && words.length > 1) || length < longest) continue;
      if (length > longest) named = new Set();
      longest = length;
      named.add(group.code);
    }
  return named;
}
