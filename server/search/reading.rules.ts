import type { GroupAttribute } from '../../schemas/types.d.ts';
import { type SoughtMeasure, soughtMeasures } from './bound.rules.ts';
import { isMarked, visible, type Word, wordsOf } from './fold.rules.ts';
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
/** Words that say nothing once everything else was understood. */
const fillers = new Set(
  'san pham hang hoa loai cac nhung mua can tim kiem muon nao gi product products item items find buy'.split(' '),
);

/** What people say before it; the longest first. A lone cần or hàng may be another word's beginning: cân, hàng rào. */
const leads = [
  'các sản phẩm|những sản phẩm|cần mua|muốn mua|cần tìm|tìm mua|tìm kiếm|các loại|những loại|sản phẩm|looking for',
  'mua|tìm|các|những|loại|buy|find',
].flatMap((texts) => texts.split('|').map((text) => wordsOf(text)));

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

/** The query without the words before what is looked for that say nothing, where such are there and something is left. */
export function withoutFillers(reading: Reading): Reading | null {
  let left = reading.words;
  for (let lead = leadOf(left); lead > 0; lead = leadOf(left)) left = left.slice(lead);
  const said = reading.words.slice(0, reading.words.length - left.length);
  if (said.length === 0) return null;
  const filler = fillerNamed(said.map(({ raw }) => raw).join(' '));
  return { ...reading, words: left, understood: [...reading.understood, filler] };
}

/** How many of the first words are a lead, with its marks or none, before something else. */
function leadOf(words: Word[]): number {
  const isSaid = (lead: Word[]) =>
    lead.length < words.length &&
    lead.every(({ folded, marked }, at) => {
      const word = words[at];
      return word?.folded === folded && (word.marked === marked || !isMarked(word));
    });
  return leads.find(isSaid)?.length ?? 0;
}

function fillerNamed(typed: string): Interpretation {
  return {
    key: keyOf('filler', typed),
    kind: 'filler',
    typed,
    meaning: { vi: 'bất kỳ sản phẩm nào', en: 'any product' },
  };
}

function fillerOf(left: Word[], off: ReadonlySet<string>): Interpretation | null {
  if (left.length === 0 || !left.every(({ folded }) => fillers.has(folded))) return null;
  const filler = fillerNamed(left.map(({ raw }) => raw).join(' '));
  return off.has(filler.key) ? null : filler;
}
