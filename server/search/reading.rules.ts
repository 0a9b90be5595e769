import type { GroupAttribute } from '../../schemas/types.d.ts';
import { visible, type Word, wordsOf } from './fold.rules.ts';
import { type Interpretation, keyOf, type ReadingFacts } from './interpretation.rules.ts';
import { labelPhrases } from './label-words.rules.ts';
import { measureClause, measureMeaning } from './measure-clause.rules.ts';
import { measuresIn } from './measure.rules.ts';

/** A query as it was understood: what is left to look for as words, and what stands for something else. */
export interface Reading {
  words: Word[];
  /** The last word may be the beginning of one. */
  prefixLast: boolean;
  understood: Interpretation[];
}

const mostWords = 10;
/** Words that say nothing once everything else was understood. */
const fillers = new Set(
  'san pham hang hoa loai cac nhung mua can tim kiem muon nao gi product products item items find buy'.split(' '),
);

/** The words as they stand, nothing understood. */
export function readLiterally(q: string): Reading {
  return { words: wordsOf(q).slice(0, mostWords), prefixLast: !/\s$/u.test(q), understood: [] };
}

/** Understands measures as attributes, and words about labels as filters; `off` names what is to be read as words. */
export function readQuery(q: string, facts: ReadingFacts, off: ReadonlySet<string>): Reading {
  if (off.has('all')) return readLiterally(q);
  const text = visible(q).normalize('NFC');
  const measures = readMeasures(text, facts, off);
  const rest = measures.reduceRight((left, { start, end }) => `${left.slice(0, start)} · ${left.slice(end)}`, text);
  const words = wordsOf(rest).slice(0, mostWords);
  const phrases = labelPhrases(words, facts).filter(({ interpretation }) => !off.has(interpretation.key));
  const taken = new Set(phrases.flatMap(({ places }) => places));
  const left = words.filter((_, at) => !taken.has(at));
  const understood = [
    ...measures.map(({ interpretation }) => interpretation),
    ...phrases.map(({ interpretation }) => interpretation),
  ];
  const isLastLeft = !/\s$/u.test(rest) && left.at(-1) === words.at(-1) && words.length > 0 && !/·\P{L}*$/u.test(rest);
  const filler = understood.length > 0 ? fillerOf(left, off) : null;
  if (filler) return { words: [], prefixLast: false, understood: [...understood, filler] };
  return { words: left, prefixLast: isLastLeft, understood };
}

function readMeasures(
  text: string,
  { groups }: ReadingFacts,
  off: ReadonlySet<string>,
): { start: number; end: number; interpretation: Interpretation }[] {
  const attributes = new Map<string, GroupAttribute>();
  for (const group of groups) for (const attribute of group.attributes ?? []) attributes.set(attribute.key, attribute);
  return measuresIn(text).flatMap((measure) => {
    const typed = text.slice(measure.start, measure.end);
    const key = keyOf('measure', typed);
    if (off.has(key)) return [];
    const clause = measureClause(measure, [...attributes.values()]);
    const { where, filter } = clause;
    const meaning = measureMeaning(clause, typed);
    const interpretation: Interpretation = { key, kind: 'measure', typed, meaning, where, ...(filter && { filter }) };
    return [{ start: measure.start, end: measure.end, interpretation }];
  });
}

function fillerOf(left: Word[], off: ReadonlySet<string>): Interpretation | null {
  if (left.length === 0 || !left.every(({ folded }) => fillers.has(folded))) return null;
  const typed = left.map(({ raw }) => raw).join(' ');
  const key = keyOf('filler', typed);
  return off.has(key)
    ? null
    : { key, kind: 'filler', typed, meaning: { vi: 'bất kỳ sản phẩm nào', en: 'any product' } };
}
