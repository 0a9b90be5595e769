import type { LabelScheme, LocalisedText, ProductGroup } from '../../schemas/types.d.ts';
import { rememberedOf } from '../core/remembered.rules.ts';
import { dayNumber } from './document.rules.ts';
import { foldName, type Word } from './fold.rules.ts';
import { type Interpretation, keyOf, type ReadingFacts } from './interpretation.rules.ts';
import { levelsIn, metalLevel } from './level-words.rules.ts';
import { productSchemes, schemesNamed } from './scheme-names.rules.ts';

/** A run of the query's words that says something about labels. */
interface LabelPhrase {
  places: number[];
  interpretation: Interpretation;
}

type Told = Omit<Interpretation, 'key' | 'typed'>;

const validWords = phrases(
  'còn hiệu lực|đang còn hiệu lực|đang hiệu lực|có hiệu lực|còn hạn|còn thời hạn|còn giá trị|chưa hết hạn|chưa hết hiệu lực|valid|in force|currently valid',
);
const endedWords = phrases(
  'hết hạn|đã hết hạn|hết hiệu lực|đã hết hiệu lực|quá hạn|đã quá hạn|expired|lapsed|no longer valid|out of date',
);
const labelledWords = phrases(
  'nhãn xanh|có nhãn xanh|dán nhãn xanh|gắn nhãn xanh|được dán nhãn xanh|được cấp nhãn xanh|có nhãn|dán nhãn|gắn nhãn|được dán nhãn|được chứng nhận|có chứng nhận|có giấy chứng nhận|sản phẩm xanh|hàng xanh|mua sắm xanh|eco labelled|labelled',
);
const savingWords = phrases(
  'tiết kiệm năng lượng|nhãn tiết kiệm năng lượng|tiết kiệm điện|energy saving|energy efficient|energy label',
);
/** Between what is looked for and its label: taken with the words about the label. */
const joining = new Set(phrases('có|với|đạt|mang|được cấp|được|cấp|chứng nhận|thuộc|with|certified|label|nhãn|đã'));
const negating = new Set(phrases('không|chưa|không còn|chưa có|without|not'));
const longestPhrase = 8;

/** Words about labels, the longest first and none twice. */
export function labelPhrases(words: Word[], facts: ReadingFacts): LabelPhrase[] {
  const found: LabelPhrase[] = [];
  const names = namesOfGroups(facts.groups);
  const taken = new Set<number>();
  for (let length = Math.min(words.length, longestPhrase); length > 0; length--)
    for (let start = 0; start + length <= words.length; start++) {
      const places = Array.from({ length }, (_, at) => start + at);
      if (places.some((at) => taken.has(at)) || isWithinName(words, places, names)) continue;
      const phrase = places.map((at) => words[at]?.folded).join(' ');
      const told = tell(phrase, facts) ?? greenOf(words, places, names);
      if (!told) continue;
      places.forEach((at) => taken.add(at));
      found.push(phraseOf(words, places, told));
    }
  found.push(...metalsBeside(found, { words, taken, facts }));
  const joined = found.map((one) => withJoining(one, { words, taken, facts }));
  const isNamed = joined.some(({ interpretation: { kind } }) => kind === 'scheme' || kind === 'level');
  return joined.map((one) => (isNamed && isSaidAnyway(one.interpretation) ? withoutFilter(one) : one));
}

/** A label that is named is looked for among those that are valid anyway, and needs not count as green. */
function isSaidAnyway({ kind, typed }: Interpretation): boolean {
  return (
    kind === 'valid' ||
    (kind === 'labelled' && !` ${foldName(typed)}`.endsWith(' xanh') && !/\p{L}+ [abc]$/iu.test(typed))
  );
}

/** EPEAT gold, EPEAT vàng: the level of the label that is named beside it. */
function metalsBeside(
  found: LabelPhrase[],
  { words, taken, facts }: { words: Word[]; taken: Set<number>; facts: ReadingFacts },
): LabelPhrase[] {
  return found.flatMap(({ places, interpretation: { kind, asks } }): LabelPhrase[] => {
    if (kind !== 'scheme') return [];
    const named = facts.schemes.filter(({ code }) => asks?.scheme?.split(',').includes(code));
    const beside = [(places.at(-1) ?? 0) + 1, (places[0] ?? 0) - 1].filter((at) => !taken.has(at));
    const at = beside.find((place) => metalLevel(words[place]?.folded ?? '', named) !== null);
    const level = at === undefined ? null : metalLevel(words[at]?.folded ?? '', named);
    if (at === undefined || level === null) return [];
    taken.add(at);
    return [phraseOf(words, [at], ofLevels([level]))];
  });
}

function tell(phrase: string, facts: ReadingFacts): Told | null {
  if (validWords.includes(phrase))
    return ofSchemes('valid', productSchemes(facts), { vi: 'nhãn còn hiệu lực', en: 'a valid label' });
  if (endedWords.includes(phrase)) return ended(facts);
  if (labelledWords.includes(phrase)) return labelled;
  if (savingWords.includes(phrase)) {
    const saving = productSchemes(facts).filter(({ basis }) => basis === 'statutory-preference');
    return saving.length === 0 ? null : ofSchemes('scheme', saving, namesOf(saving));
  }
  const [, tier] = /^(?:bac|hang|tier) ([abc])$/u.exec(phrase) ?? [];
  if (tier !== undefined) return ofTier(tier.toUpperCase());
  const levels = levelsIn(phrase, productSchemes(facts));
  if (levels) return ofLevels(levels);
  const schemes = schemesNamed(phrase, facts);
  return schemes.length === 0 ? null : ofSchemes('scheme', schemes, namesOf(schemes));
}

const labelled: Told = {
  kind: 'labelled',
  meaning: { vi: 'có nhãn được tính là xanh (bậc A, B)', en: 'with a label that counts as green (tier A, B)' },
  asks: { tier: 'A,B' },
  filter: { parameter: 'tier', value: 'A,B' },
};

function ended({ on }: ReadingFacts): Told {
  return {
    kind: 'ended',
    meaning: { vi: 'từng có nhãn, nay đã hết hiệu lực', en: 'was labelled; no label of it is valid any more' },
    where: { field: 'labelledUntil', lte: dayNumber(on) - 1 },
  };
}

function ofTier(tier: string): Told {
  return {
    kind: 'labelled',
    meaning: { vi: `có nhãn bậc ${tier}`, en: `with a label of tier ${tier}` },
    asks: { tier },
    filter: { parameter: 'tier', value: tier },
  };
}

/** “VPP xanh”: green says that it is labelled where all other words name a group or a family; elsewhere it is a colour or a brand. */
function greenOf(words: Word[], places: number[], names: ReadonlySet<string>): Told | null {
  const [at] = places;
  const isGreen = places.length === 1 && at === words.length - 1 && words[at]?.marked === 'xanh';
  if (!isGreen || words.length < 2) return null;
  return names.has(textOf(words.slice(0, -1))) ? labelled : null;
}

/** đèn tiết kiệm điện is a lamp before it is a label: what lies within a longer name of a group says nothing of labels. */
function isWithinName(words: Word[], places: number[], names: ReadonlySet<string>): boolean {
  const [first = 0] = places;
  const end = first + places.length;
  return words.some((_, start) =>
    words.slice(Math.max(start, end - 1)).some((_word, more) => {
      const stop = Math.max(start, end - 1) + more + 1;
      const isAround = start <= first && end <= stop && stop - start > places.length;
      return isAround && names.has(textOf(words.slice(start, stop)));
    }),
  );
}

/** Every name and synonym of groups and families, folded. */
const namesOfGroups = rememberedOf((groups: ProductGroup[]): ReadonlySet<string> => {
  const names = groups.flatMap(({ name, family, synonyms }) => [
    name.vi,
    name.en,
    family.name.vi,
    family.name.en,
    ...synonyms,
  ]);
  return new Set(names.flatMap((name) => (name === undefined ? [] : foldName(name))));
});

function ofSchemes(kind: 'scheme' | 'valid', schemes: LabelScheme[], meaning: LocalisedText): Told {
  const value = schemes.map(({ code }) => code).join(',');
  return { kind, meaning, asks: { scheme: value }, filter: { parameter: 'scheme', value } };
}

function namesOf(schemes: LabelScheme[]): LocalisedText {
  const en = schemes.map(({ name }) => name.en ?? name.vi).join(', ');
  return { vi: `${schemes.map(({ name }) => name.vi).join(', ')}, còn hiệu lực`, en: `${en}, valid` };
}

function ofLevels(levels: string[]): Told {
  const said = levels.join(', ');
  return {
    kind: 'level',
    meaning: { vi: `nhãn mức ${said}`, en: `label of level ${said}` },
    asks: { level: levels.join(',') },
    filter: { parameter: 'level', value: levels.join(',') },
  };
}

function phraseOf(words: Word[], places: number[], told: Told): LabelPhrase {
  const typed = places.map((at) => words[at]?.raw).join(' ');
  return { places, interpretation: { key: keyOf(told.kind, typed), typed, ...told } };
}

/** With the words that join it to what is looked for; behind a “không” or “chưa” it says the opposite. */
function withJoining(
  { places, interpretation }: LabelPhrase,
  { words, taken, facts }: { words: Word[]; taken: Set<number>; facts: ReadingFacts },
): LabelPhrase {
  const runBefore = (start: number, among: ReadonlySet<string>): number[] => {
    for (const length of [2, 1]) {
      const run = Array.from({ length }, (_, at) => start - length + at);
      const isFree = run.every((at) => at >= 0 && !taken.has(at));
      if (isFree && among.has(textOf(run.flatMap((at) => words[at] ?? [])))) return run;
    }
    return [];
  };
  const before: number[] = [];
  let start = places[0] ?? 0;
  for (let run = runBefore(start, joining); run.length > 0; run = runBefore(start, joining)) {
    before.unshift(...run);
    start = run[0] ?? 0;
  }
  const not = runBefore(start, negating);
  if (not.length === 0) return { places: [...before, ...places], interpretation };
  const all = [...not, ...before, ...places];
  return { places: all, interpretation: phraseOf(words, all, opposite(interpretation, facts)).interpretation };
}

function opposite({ kind, meaning, asks, where }: Interpretation, facts: ReadingFacts): Told {
  if (kind === 'valid') return ended(facts);
  const said = { vi: `không: ${meaning.vi}`, en: `not: ${meaning.en ?? meaning.vi}` };
  return {
    kind: 'unlabelled',
    meaning: said,
    ...(asks && { excludes: asks }),
    ...(where && { where: { not: where } }),
  };
}

function withoutFilter({ places, interpretation }: LabelPhrase): LabelPhrase {
  const { asks: _asks, filter: _filter, ...told } = interpretation;
  return { places, interpretation: told };
}

function textOf(words: Word[]): string {
  return words.map(({ folded }) => folded).join(' ');
}

function phrases(texts: string): string[] {
  return texts.split('|').map((text) => foldName(text));
}
