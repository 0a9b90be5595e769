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

/** What the marks of a query say of its hits. */
export interface Marking {
  /** Some hit is what was meant: it has the words so, or one otherwise by a slip. */
  isMeant: boolean;
  /** The words that are told to be written otherwise, and how: those of other words, else those that no hit writes so. */
  others: { word: Word; as: string[] }[];
}

const mostWritings = 3;

/**
 * The one comparison of a query with marks and its hits. They are what was meant where some hit writes all of its words so, or
 * one otherwise only by a slip in the name of its group (mấy lạnh); else each has another word: giấy where giày was sought, sơn
 * beside môi and not son. A query without marks, and one that was found by typos alone, means what was found.
 */
export function markingOf(words: Word[], hits: Said[], { groups, named }: Known): Marking {
  const wrongs = new Set<Word>();
  const written = new Set<Word>();
  const writings = new Map<Word, Set<string>>(words.map((word) => [word, new Set()]));
  const names = new Map<string, Word[][]>();
  let isMeant = false;
  for (const hit of words.some(isMarked) ? hits : []) {
    const group = groups.get(hit.group);
    const ofGroup = names.get(hit.group) ?? (group ? namesOf(group).map(wordsOf) : []);
    names.set(hit.group, ofGroup);
    const own = [...wordsOf(textOf(hit)), ...ofGroup.flat()];
    const stands = words.map((word) => ({ word, as: standsIn(own, word, word === words.at(-1)) }));
    const wrong = stands.flatMap(({ word, as }) => (as === 'otherwise' ? [word] : []));
    const isRight = stands.some(({ word, as }) => as === 'so' && isMarked(word));
    const isSlipOnly = named.has(hit.group) || wrong.every((word) => isSlip(word, words, ofGroup));
    isMeant ||= wrong.length === 0 ? isRight : isSlipOnly;
    for (const word of wrong) wrongs.add(word);
    for (const word of words)
      for (const { raw, marked } of own.filter(({ folded }) => folded === word.folded))
        if (marked === word.marked) written.add(word);
        else writings.get(word)?.add(raw.toLowerCase());
  }
  isMeant ||= wrongs.size === 0;
  const nowhere = words.filter((word) => !written.has(word) && (isMeant ? isMarked(word) : wrongs.has(word)));
  const slips = nowhere.filter((word) => writings.get(word)?.size !== 0);
  const apart = nowhere.length === 0 ? words.filter((word) => wrongs.has(word)) : nowhere;
  const told = isMeant ? slips : apart;
  return {
    isMeant,
    others: told.map((word) => ({ word, as: [...(writings.get(word) ?? [])].slice(0, mostWritings) })),
  };
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
