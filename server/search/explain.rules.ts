import type { SearchResult } from '../../schemas/types.d.ts';
import { type Word, wordsOf } from './fold.rules.ts';
import type { Interpretation } from './interpretation.rules.ts';
import { swapsOf, typoBudget } from './typo.rules.ts';

type Reason = NonNullable<SearchResult['explanation']>['reason'];

/** Sounds that are one in some region, and so are confused in writing (domain.md 10.1): a pattern and its other spellings. */
const confusable: [RegExp, string[]][] = [
  [/t$/u, ['c']],
  [/c$/u, ['t']],
  [/ng$/u, ['n']],
  [/n$/u, ['ng']],
  [/^s/u, ['x']],
  [/^x/u, ['s']],
  [/^ch/u, ['tr']],
  [/^tr/u, ['ch']],
  [/^d/u, ['gi', 'r']],
  [/^gi/u, ['d', 'r']],
  [/^r/u, ['d', 'gi']],
  [/^l/u, ['n']],
  [/^n(?![gh])/u, ['l']],
];
const mostCorrections = 40;

/** Other words that a folded word may have been meant for; short words too, which get no typos from the engine. */
export function correctionsOf(word: string): string[] {
  const heard = confusable.flatMap(([pattern, others]) =>
    pattern.test(word) ? others.map((other) => word.replace(pattern, other)) : [],
  );
  const isShort = typoBudget(word) === 0 && /^\p{L}{3,}$/u.test(word);
  const dropped = Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1));
  return [...new Set(isShort ? [...heard, ...swapsOf(word), ...dropped] : heard)].filter((other) => other !== word);
}

/**
 * Queries to try instead of one that finds nothing, the likeliest first: one word spelt otherwise, then fewer words.
 * `unknown` are the folded words that no product has.
 */
export function alternativesTo(words: Word[], unknown: ReadonlySet<string>): Word[][] {
  const known = words.filter(({ folded }) => !unknown.has(folded));
  const isSuspect = ({ folded }: Word) => unknown.size === 0 || unknown.has(folded);
  const corrected = words.filter(isSuspect).flatMap((suspect) =>
    correctionsOf(suspect.folded).map((other) =>
      words.flatMap((word) => {
        if (word === suspect) return [{ raw: other, folded: other, marked: other }];
        return unknown.has(word.folded) ? [] : [word];
      }),
    ),
  );
  const withoutOne = known.map((_, at) => known.toSpliced(known.length - 1 - at, 1));
  const beginnings = known.map((_, at) => known.slice(0, known.length - at));
  const shorter = [...(known.length < words.length ? [known] : []), ...withoutOne, ...beginnings];
  return [
    ...corrected.slice(0, mostCorrections),
    ...shorter.filter(({ length }) => length > 0 && length < words.length),
  ];
}

/** The query as one would write it: a corrected word with the marks that it has in a text found by it. */
export function spell(words: Word[], texts: string[]): string {
  const written = wordsOf(texts.join(' '));
  const spelt = ({ raw, folded }: Word) =>
    raw === folded ? (written.find((word) => word.folded === folded)?.raw.toLowerCase() ?? raw) : raw;
  return words.map(spelt).join(' ');
}

/** Says that a query without a hit was taken for another one. */
export function explainCorrection(
  language: 'vi' | 'en',
  typed: string,
  other: string,
): NonNullable<SearchResult['explanation']> {
  const detail =
    language === 'vi'
      ? `Không có kết quả cho “${typed}”; đây là kết quả cho “${other}”.`
      : `There is nothing for “${typed}”; these are the results for “${other}”.`;
  return { reason: 'TYPING_ERROR', detail, proposals: [other] };
}

/** Says that words were found with other marks alone; of a query of one word what was found is proposed. */
export function explainMarks(
  language: 'vi' | 'en',
  others: Pick<Interpretation, 'typed' | 'meaning'>[],
  isWhole: boolean,
): NonNullable<SearchResult['explanation']> {
  const typed = others.map((one) => `“${one.typed}”`).join(', ');
  const detail =
    language === 'vi'
      ? `Không sản phẩm nào có từ ${typed} với đúng dấu như đã gõ.`
      : `No product has ${typed} with the marks as typed.`;
  return {
    reason: 'NO_SUCH_WORDS',
    detail,
    proposals: isWhole ? others.flatMap(({ meaning }) => meaning.vi.split(', ')) : [],
  };
}

/** Says which parts of the query, as they were understood, nothing meets that has the words. */
export function explainExcluded(language: 'vi' | 'en', meanings: string[]): string {
  const said = meanings.join('; ');
  if (language === 'vi') return `Có sản phẩm phù hợp với các từ khác, nhưng không sản phẩm nào đạt: ${said}.`;
  return `There are products with the other words, but none of them meets: ${said}.`;
}

/** Wider queries to try where what was understood excludes everything: about that size, then without each part. */
export function widerThan(q: string, understood: Pick<Interpretation, 'kind' | 'typed'>[]): string[] {
  const about = understood.flatMap(({ kind, typed }) =>
    kind === 'measure' && /^\d/u.test(typed) ? [q.replace(typed, `khoảng ${typed}`)] : [],
  );
  const without = understood.map(({ typed }) => q.replace(typed, ' ').replace(/\s+/gu, ' ').trim());
  return [...about, ...without].filter((other) => other !== '' && other !== q.trim());
}

/** The reason in a sentence, in the reader's language. */
export function explainIn(language: 'vi' | 'en', reason: Reason, unknown: string[]): string {
  const isVi = language === 'vi';
  if (reason === 'EMPTY_CATALOGUE')
    return isVi ? 'Danh mục chưa có sản phẩm nào.' : 'The catalogue has no product yet.';
  if (reason === 'FILTERS_EXCLUDE_ALL')
    return isVi
      ? 'Có sản phẩm phù hợp, nhưng bộ lọc loại hết.'
      : 'There are such products, but the filters exclude them all.';
  if (unknown.length === 0)
    return isVi ? 'Không sản phẩm nào có đủ những từ này.' : 'No product has all of these words.';
  const named = unknown.join(', ');
  return isVi ? `Không sản phẩm nào có từ: ${named}.` : `No product has the word: ${named}.`;
}
