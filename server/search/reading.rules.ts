import type { GroupAttribute } from '../../schemas/types.d.ts';
import { type SoughtMeasure, soughtMeasures } from './bound.rules.ts';
import { fillerNamed, saysNothing, withoutSayings } from './filler.rules.ts';
import { visible, type Word, wordsOf } from './fold.rules.ts';
import { type Interpretation, keyOf, type ReadingFacts } from './interpretation.rules.ts';
import { labelPhrases } from './label-words.rules.ts';
import { measureClause, measureMeaning } from './measure-clause.rules.ts';
import { groupsNamedIn } from './named-groups.rules.ts';
import { readPrices } from './price-words.rules.ts';
import { withSizes } from './size.rules.ts';

/** A query as it was understood: what is left to look for as words, and what stands for something else. */
export interface Reading {
  words: Word[];
  /** The last word may be the beginning of one. */
  prefixLast: boolean;
  understood: Interpretation[];
}

const mostWords = 10;

/** The words as they stand, nothing understood. */
export function readLiterally(q: string): Reading {
  return { words: wordsOf(q).slice(0, mostWords), prefixLast: !/\s$/u.test(q), understood: [] };
}

/** Understands prices and measures as bounds, and words about labels as filters; `off` names what is to be read as words. */
export function readQuery(q: string, facts: ReadingFacts, off: ReadonlySet<string>): Reading {
  if (q.trim() === '') return { words: [], prefixLast: false, understood: [] };
  if (off.has('all')) return readLiterally(q);
  const typed = withSizes(withStars(visible(q).normalize('NFC')));
  const prices = readPrices(typed, off);
  const text = without(typed, prices);
  const measures = readMeasures(text, facts, off);
  const rest = without(text, measures);
  const words = wordsOf(rest).slice(0, mostWords);
  const phrases = labelPhrases(words, facts).filter(({ interpretation }) => !off.has(interpretation.key));
  const taken = new Set(phrases.flatMap(({ places }) => places));
  const left = words.filter((_, at) => !taken.has(at));
  const understood = [
    ...prices.map(({ interpretation }) => interpretation),
    ...measures.map(({ interpretation }) => interpretation),
    ...phrases.map(({ interpretation }) => interpretation),
  ];
  const isLastLeft = !/\s$/u.test(rest) && left.at(-1) === words.at(-1) && words.length > 0 && !/·\P{L}*$/u.test(rest);
  const filler = understood.length > 0 ? fillerOf(left, off) : null;
  if (filler) return { words: [], prefixLast: false, understood: [...understood, filler] };
  return { words: left, prefixLast: isLastLeft, understood };
}

/** 5*, 5★ and 5sao are five stars. */
function withStars(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}.,-])([1-9]) ?(?:[*★⭐]|sao(?!\p{L}))/gu, '$1 sao ').trimStart();
}

/** The text with a dot in the place of each part that was understood: words beside it are no neighbours. */
function without(text: string, parts: { start: number; end: number }[]): string {
  return parts.reduceRight((left, { start, end }) => `${left.slice(0, start)} · ${left.slice(end)}`, text);
}

function readMeasures(
  text: string,
  facts: ReadingFacts,
  off: ReadonlySet<string>,
): { start: number; end: number; interpretation: Interpretation }[] {
  const sought = soughtMeasures(text);
  if (sought.length === 0) return [];
  const known = attributesFor(without(text, sought), facts);
  return sought.flatMap((measure) => {
    const typed = text.slice(measure.start, measure.end);
    const key = keyOf('measure', typed);
    if (off.has(key)) return [];
    const clause = clauseAmong(known, measure);
    const { where, filter } = clause;
    const meaning = measureMeaning(clause, measure, typed);
    const interpretation: Interpretation = { key, kind: 'measure', typed, meaning, where, ...(filter && { filter }) };
    return [{ start: measure.start, end: measure.end, interpretation }];
  });
}

/** Attributes of the groups that the words name, before those of all. */
function attributesFor(words: string, { groups }: ReadingFacts): GroupAttribute[][] {
  const named = groupsNamedIn(wordsOf(words), groups);
  return [groups.filter(({ code }) => named.has(code)), groups].map((some) => [
    ...new Map(some.flatMap(({ attributes = [] }) => attributes.map((one) => [one.key, one] as const))).values(),
  ]);
}

function clauseAmong([own = [], all = []]: GroupAttribute[][], measure: SoughtMeasure) {
  const clause = measureClause(measure, own);
  return clause.of.length > 0 ? clause : measureClause(measure, all);
}

/** The query without what people say around what they look for, where some of that is there and something is left. */
export function withoutFillers(reading: Reading, off: ReadonlySet<string>): Reading | null {
  const found = withoutSayings(reading.words, off);
  if (!found) return null;
  const { left, fillers } = found;
  const isLastLeft = left.at(-1) === reading.words.at(-1);
  return {
    words: left,
    prefixLast: reading.prefixLast && isLastLeft,
    understood: [...reading.understood, ...fillers],
  };
}

function fillerOf(left: Word[], off: ReadonlySet<string>): Interpretation | null {
  if (!saysNothing(left)) return null;
  const filler = fillerNamed(left);
  return off.has(filler.key) ? null : filler;
}
