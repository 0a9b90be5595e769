import type { LabelScheme } from '../../schemas/types.d.ts';

const spelt: Record<string, string> = { mot: '1', hai: '2', ba: '3', bon: '4', nam: '5' };
const metals: Record<string, string> = { vang: 'gold', bac: 'silver', dong: 'bronze' };
const stars = '(\\p{L}+|\\d) (?:sao|stars?)';
const equal = new RegExp(`^${stars}$`, 'u');
const least = new RegExp(
  `^(?:(?:tu|it nhat|toi thieu|from|at least) ${stars}(?: tro len)?|${stars} (?:tro len|or more))$`,
  'u',
);
const over = new RegExp(`^(?:tren|hon|above|over) ${stars}$`, 'u');
const under = new RegExp(`^(?:duoi|below|under) ${stars}$`, 'u');
const between = new RegExp(`^(?:tu |from )?(\\p{L}+|\\d)(?: sao)?(?: den| toi| hoac| to| or)? ${stars}$`, 'u');

/** The levels that words about stars say, or the metal of a label that has such; null where no label has them. */
export function levelsIn(phrase: string, schemes: LabelScheme[]): string[] | null {
  const known = [...new Set(schemes.flatMap(({ levels }) => levels))];
  const chosen = known.filter(chosenBy(phrase));
  return chosen.length > 0 ? chosen : null;
}

function chosenBy(phrase: string): (level: string) => boolean {
  const numbers = (pattern: RegExp) =>
    pattern
      .exec(phrase)
      ?.slice(1)
      .flatMap((word) => numberOf(word) ?? []);
  const [one] = numbers(equal) ?? [];
  if (one !== undefined) return (level) => level === String(one);
  const [from] = numbers(least) ?? [];
  if (from !== undefined) return (level) => Number(level) >= from;
  const [beyond] = numbers(over) ?? [];
  if (beyond !== undefined) return (level) => Number(level) > beyond;
  const [below] = numbers(under) ?? [];
  if (below !== undefined) return (level) => Number(level) < below;
  const [first, last] = numbers(between) ?? [];
  if (first !== undefined && last !== undefined) return (level) => Number(level) >= first && Number(level) <= last;
  return () => false;
}

function numberOf(word: string | undefined): number | null {
  const digits = word === undefined ? undefined : (spelt[word] ?? word);
  return digits !== undefined && /^\d$/u.test(digits) ? Number(digits) : null;
}

/** The level that a word about metals names: of a label that the query names, gold says its gold. */
export function metalLevel(word: string, schemes: LabelScheme[]): string | null {
  const level = metals[word] ?? word;
  return schemes.some(({ levels }) => levels.includes(level)) && !/^\d$/u.test(level) ? level : null;
}
