import type { LabelScheme, LocalisedText, ProductGroup } from '../../schemas/types.d.ts';
import { runsOn } from '../reference/tier.rules.ts';
import { foldName, type Word } from './fold.rules.ts';
import { type Interpretation, keyOf, type ReadingFacts } from './interpretation.rules.ts';

/** A run of the query's words that says something about labels. */
interface LabelPhrase {
  places: number[];
  interpretation: Interpretation;
}

type Told = Pick<Interpretation, 'kind' | 'meaning' | 'asks' | 'filter'>;

const spelt: Record<string, string> = { mot: '1', hai: '2', ba: '3', bon: '4', nam: '5' };
const validWords = phrases('còn hiệu lực|đang còn hiệu lực|đang hiệu lực|còn hạn|valid|in force|currently valid');
const labelledWords = phrases(
  'nhãn xanh|có nhãn|dán nhãn|được dán nhãn|sản phẩm xanh|hàng xanh|mua sắm xanh|eco labelled|labelled',
);
/** Between what is looked for and its label: taken with the words about the label. */
const joining = new Set(phrases('có|với|đạt|mang|được cấp|được|cấp|chứng nhận|thuộc|with|certified|label|nhãn'));
const longestPhrase = 8;

/** Words about labels, the longest first and none twice. */
export function labelPhrases(words: Word[], facts: ReadingFacts): LabelPhrase[] {
  const found: LabelPhrase[] = [];
  const taken = new Set<number>();
  for (let length = Math.min(words.length, longestPhrase); length > 0; length--)
    for (let start = 0; start + length <= words.length; start++) {
      const places = Array.from({ length }, (_, at) => start + at);
      if (places.some((at) => taken.has(at))) continue;
      const phrase = places.map((at) => words[at]?.folded).join(' ');
      const told = tell(phrase, facts) ?? greenOf(words, places, facts);
      if (!told) continue;
      places.forEach((at) => taken.add(at));
      found.push(phraseOf(words, places, told));
    }
  const joined = found.map((one) => withJoining(one, words, taken));
  const hasScheme = joined.some(({ interpretation }) => interpretation.kind === 'scheme');
  // A label that is named is looked for among those that are valid anyway.
  return joined.map((one) => (hasScheme && one.interpretation.kind === 'valid' ? withoutFilter(one) : one));
}

function tell(phrase: string, facts: ReadingFacts): Told | null {
  if (validWords.includes(phrase))
    return ofSchemes('valid', productSchemes(facts), { vi: 'nhãn còn hiệu lực', en: 'a valid label' });
  if (labelledWords.includes(phrase)) return labelled;
  const level = /^(\p{L}+|\d) (?:sao|stars?)$/u.exec(phrase)?.[1];
  const told = level === undefined ? null : ofLevel(spelt[level] ?? level, facts);
  if (told) return told;
  const schemes = schemesNamed(phrase, facts);
  return schemes.length === 0 ? null : ofSchemes('scheme', schemes, namesOf(schemes));
}

const labelled: Told = {
  kind: 'labelled',
  meaning: { vi: 'có nhãn được tính là xanh (bậc A, B)', en: 'with a label that counts as green (tier A, B)' },
  asks: { tier: 'A,B' },
  filter: { parameter: 'tier', value: 'A,B' },
};

/** “VPP xanh”: green says that it is labelled where all other words name a group or a family; elsewhere it is a colour or a brand. */
function greenOf(words: Word[], places: number[], { groups }: ReadingFacts): Told | null {
  const [at] = places;
  const isGreen = places.length === 1 && at === words.length - 1 && words[at]?.marked === 'xanh';
  if (!isGreen || words.length < 2) return null;
  const rest = words
    .slice(0, -1)
    .map(({ folded }) => folded)
    .join(' ');
  return namesOfGroups(groups).has(rest) ? labelled : null;
}

/** Every name and synonym of groups and families, folded. */
export function namesOfGroups(groups: ProductGroup[]): Set<string> {
  const names = groups.flatMap(({ name, family, synonyms }) => [
    name.vi,
    name.en,
    family.name.vi,
    family.name.en,
    ...synonyms,
  ]);
  return new Set(names.flatMap((name) => (name === undefined ? [] : foldName(name))));
}

function productSchemes({ schemes, on }: ReadingFacts): LabelScheme[] {
  return schemes.filter((scheme) => scheme.subject === 'product' && runsOn(scheme, on));
}

/** Schemes of which the words are the name; else those whose name begins so, the State's own before others. */
function schemesNamed(phrase: string, facts: ReadingFacts): LabelScheme[] {
  if (phrase.length < 3) return [];
  const known = productSchemes(facts).map((scheme) => ({ scheme, names: nameVariants(scheme) }));
  const exact = known.filter(({ names }) => names.includes(phrase)).map(({ scheme }) => scheme);
  if (exact.length > 0) return exact;
  if (phrase.split(' ').length < 3) return [];
  const begun = known
    .filter(({ names }) => names.some((name) => name.startsWith(`${phrase} `)))
    .map(({ scheme }) => scheme);
  const national = begun.filter(({ basis }) => basis.startsWith('statutory'));
  return national.length > 0 ? national : begun;
}

function nameVariants({ name }: LabelScheme): string[] {
  return [name.vi, name.en].flatMap((text) =>
    text ? [foldName(text), foldName(text.replace(/\(.*?\)|:.*$/g, ''))] : [],
  );
}

function ofSchemes(kind: 'scheme' | 'valid', schemes: LabelScheme[], meaning: LocalisedText): Told {
  const value = schemes.map(({ code }) => code).join(',');
  return { kind, meaning, asks: { scheme: value }, filter: { parameter: 'scheme', value } };
}

function namesOf(schemes: LabelScheme[]): LocalisedText {
  const en = schemes.map(({ name }) => name.en ?? name.vi).join(', ');
  return { vi: `${schemes.map(({ name }) => name.vi).join(', ')}, còn hiệu lực`, en: `${en}, valid` };
}

function ofLevel(level: string, facts: ReadingFacts): Told | null {
  if (!productSchemes(facts).some(({ levels }) => levels.includes(level))) return null;
  return {
    kind: 'level',
    meaning: { vi: `nhãn mức ${level}`, en: `label of level ${level}` },
    asks: { level },
    filter: { parameter: 'level', value: level },
  };
}

function phraseOf(words: Word[], places: number[], told: Told): LabelPhrase {
  const typed = places.map((at) => words[at]?.raw).join(' ');
  return { places, interpretation: { key: keyOf(told.kind, typed), typed, ...told } };
}

function withJoining({ places, interpretation }: LabelPhrase, words: Word[], taken: Set<number>): LabelPhrase {
  const isJoining = (at: number) => at >= 0 && !taken.has(at) && joining.has(words[at]?.folded ?? '');
  const before: number[] = [];
  for (let at = (places[0] ?? 0) - 1; isJoining(at); at--) before.unshift(at);
  return { places: [...before, ...places], interpretation };
}

function withoutFilter({ places, interpretation }: LabelPhrase): LabelPhrase {
  const { asks: _asks, filter: _filter, ...told } = interpretation;
  return { places, interpretation: told };
}

function phrases(texts: string): string[] {
  return texts.split('|').map((text) => foldName(text));
}
