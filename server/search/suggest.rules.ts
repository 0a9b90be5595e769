import type { LabelScheme, LocalisedText, Product, ProductGroup, Suggestion } from '../../schemas/types.d.ts';
import { textIn } from '../core/localised.rules.ts';
import { runsOn } from '../reference/tier.rules.ts';
import { foldCode, foldName, type Word, wordsOf } from './fold.rules.ts';
import { hasSameMarks } from './marks.rules.ts';

type Language = 'vi' | 'en';

/** What may be meant, by kind: each list the best first. */
export type Suggested = Record<Suggestion['kind'], Suggestion[]>;

/** A record that is found by its names. */
export interface Named {
  id: string;
  name: LocalisedText;
  /** It is called by these too. */
  others?: (string | undefined)[];
  detail?: LocalisedText;
}

export const mostProducts = 5;
export const mostOthers = 3;

const shortestCode = 3;
const byWords = ['group', 'product', 'scheme', 'supplier', 'certificate'] as const;
const byCode = ['product', 'certificate', 'group', 'scheme', 'supplier'] as const;

/** One list, kind after kind: what is known by a code comes first where a code was typed, the group where it was words. */
export function inSections(q: string, suggested: Suggested, codes: readonly string[]): Suggestion[] {
  const begin = codeIn(q);
  const isCode = begin !== null && /\d/.test(begin) && codes.some((code) => foldCode(code).startsWith(begin));
  return (isCode ? byCode : byWords).flatMap((kind) =>
    suggested[kind].slice(0, kind === 'product' ? mostProducts : mostOthers),
  );
}

/** The beginning of a code that may have been typed, folded as codes are; null where it is too short to tell. */
export function codeIn(q: string): string | null {
  const code = foldCode(q);
  return code.length < shortestCode ? null : code;
}

/**
 * Those whose name or other names hold every word, the last as the beginning of one: first where the marks are those typed,
 * then whole names, then names that begin so, then shorter ones.
 */
export function namedBy(
  { q, language }: { q: string; language: Language },
  kind: Suggestion['kind'],
  records: Named[],
): Suggestion[] {
  const words = wordsOf(q);
  const phrase = words.map(({ folded }) => folded).join(' ');
  if (phrase === '') return [];
  return records
    .flatMap((record) => {
      const names = [record.name.vi, record.name.en, ...(record.others ?? [])].filter((name) => name !== undefined);
      const ranks = names.flatMap((name) => rankOf(name, { words, phrase }) ?? []);
      return ranks.length === 0 ? [] : [{ record, rank: Math.min(...ranks) }];
    })
    .toSorted((a, b) => a.rank - b.rank || a.record.name.vi.length - b.record.name.vi.length)
    .slice(0, mostOthers)
    .map(({ record: { id, name, detail } }) => ({
      kind,
      id,
      label: textIn(name, language),
      ...(detail && { detail: textIn(detail, language) }),
    }));
}

function rankOf(name: string, { words, phrase }: { words: Word[]; phrase: string }): number | null {
  const folded = foldName(name);
  const own = folded.split(' ');
  const isMet = words.every((word, at) =>
    own.some((one) => (at === words.length - 1 ? one.startsWith(word.folded) : one === word.folded)),
  );
  if (!isMet) return null;
  let place = 2;
  if (folded === phrase) place = 0;
  else if (folded.startsWith(phrase)) place = 1;
  return place + (hasSameMarks({ vi: name }, words) ? 0 : 3);
}

/** The product groups by name, synonym or code. */
export function groupNames(groups: ProductGroup[]): Named[] {
  return groups.map(({ code, name, synonyms, family }) => ({ id: code, name, others: synonyms, detail: family.name }));
}

/** The labels that products may bear on the day, by name or code. */
export function schemeNames(schemes: LabelScheme[], on: string): Named[] {
  return schemes
    .filter((scheme) => scheme.subject === 'product' && runsOn(scheme, on))
    .map(({ code, name }) => ({ id: code, name, others: [code] }));
}

/** A product as it is suggested. */
export function ofProduct({ id, name, brand, model }: Product, language: Language): Suggestion {
  const detail = [brand, model].filter(Boolean).join(' ');
  return { kind: 'product', id, label: textIn(name, language), ...(detail !== '' && { detail }) };
}

/** The codes by which a product is known. */
export function codesOf({ model, aliases, gtin }: Product): string[] {
  return [model, ...aliases, gtin].filter((code) => code !== undefined);
}
