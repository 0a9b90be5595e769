import type { Product, ProductGroup, SearchHit } from '../../schemas/types.d.ts';
import { beginsMarked, isMarked, type Word, wordsOf } from './fold.rules.ts';
import { namesOf } from './named-groups.rules.ts';

/** What a hit says in words, with its group's names: what marks are compared in. */
export type Said = Pick<Product, 'name' | 'group'> &
  Partial<Pick<Product, 'brand' | 'description'>> &
  Partial<Pick<SearchHit, 'supplierName' | 'labels'>>;

/** What hits are compared with: the groups, and those of them that the query names. */
interface Known {
  groups: ReadonlyMap<string, ProductGroup>;
  named: ReadonlySet<string>;
}

/**
 * The words of a query with marks that each of the hits writes otherwise: giày where only giấy was found, son beside môi where
 * only sơn was. Empty where some hit writes all of them so, where it is a slip in the name of its group (mấy lạnh), and for a
 * query without marks.
 */
export function wordsOfOthers(words: Word[], hits: Said[], { groups, named }: Known): Word[] {
  if (!words.some(isMarked)) return [];
  const names = new Map<string, Word[][]>();
  const others = new Set<Word>();
  for (const hit of hits) {
    const group = groups.get(hit.group);
    const ofGroup = names.get(hit.group) ?? (group ? namesOf(group).map(wordsOf) : []);
    names.set(hit.group, ofGroup);
    const own = [...wordsOf(textOf(hit)), ...ofGroup.flat()];
    const stands = words.map((word) => ({ word, as: standsIn(own, word, word === words.at(-1)) }));
    const wrong = stands.flatMap(({ word, as }) => (as === 'otherwise' ? [word] : []));
    const isRight = wrong.length === 0 && stands.some(({ word, as }) => as === 'so' && isMarked(word));
    const isMisspelt =
      wrong.length > 0 && (named.has(hit.group) || wrong.every((word) => isSlip(word, words, ofGroup)));
    if (isRight || isMisspelt) return [];
    for (const word of wrong) others.add(word);
  }
  return words.filter((word) => others.has(word));
}

function textOf({ name, brand, description, supplierName, labels = [] }: Said): string {
  const labelled = labels.flatMap(({ schemeName }) => [schemeName.vi, schemeName.en]);
  const texts = [name.vi, name.en, brand, description?.vi, description?.en, supplierName?.vi, supplierName?.en];
  return [...texts, ...labelled].filter((text) => text !== undefined).join(' · ');
}

/** With these marks, only with others, or not at all: found by a typo, or in what is not told here. */
function standsIn(own: Word[], word: Word, mayBeBeginning: boolean): 'so' | 'otherwise' | 'not' {
  const alike = own.filter(({ folded }) => (mayBeBeginning ? folded.startsWith(word.folded) : folded === word.folded));
  if (alike.length === 0) return 'not';
  const isSo = ({ marked }: Word) => (mayBeBeginning ? beginsMarked(marked, word.marked) : marked === word.marked);
  return alike.some(isSo) ? 'so' : 'otherwise';
}

/** It is written otherwise within a name of the group that the query has too: the whole of it, or beside the same neighbour. */
function isSlip(word: Word, words: Word[], names: Word[][]): boolean {
  const at = words.indexOf(word);
  const isWhole = names.some((name) => name.length === 1 && words.length === 1 && name[0]?.folded === word.folded);
  const beside = (name: Word[], place: number) =>
    [-1, 1].some((step) => {
      const neighbour = words[at + step]?.folded;
      return neighbour !== undefined && name[place + step]?.folded === neighbour;
    });
  return (
    isWhole || names.some((name) => name.some(({ folded }, place) => folded === word.folded && beside(name, place)))
  );
}
