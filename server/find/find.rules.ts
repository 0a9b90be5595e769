import { foldModel } from '../catalogue/model-name.rules.ts';
import { isGtin } from '../catalogue/gtin.rules.ts';
import { bareOfLead } from '../search/printed-words.rules.ts';
import { lettersApart } from '../search/typo.rules.ts';

/** How close what was found is to what was asked for; only an exact one can be covered by a label. */
export type Match = 'exact' | 'variant' | 'family' | 'near';

/** What is printed on a box or an offer, as it was read. */
export interface Printed {
  /** Folded as models are. */
  code: string;
  /** The same GTIN with and without leading zeros, and the text with the words before the code. */
  codes: string[];
  /** Without some of its first or last words, folded: one of them may be the brand. */
  without: string[];
  /** A page of the register, as a QR code has it. */
  page?: { kind: 'certificate' | 'product'; id: string };
  /** It has the form of a GTIN, and its check digit is wrong. */
  hasWrongDigit: boolean;
}

const gtinLengths = [8, 12, 13, 14];
const longestSuffix = 4;
const shortestStem = 4;
const shortestNear = 5;
const mostBrandWords = 4;

/** Reads a number, a model, a GTIN or the address of a QR code. */
export function readPrinted(q: string): Printed {
  const [, kind, id] = /\/(certificate|product)s\/([0-9a-f]{24})(?:[/?#]|$)/i.exec(q) ?? [];
  const bare = bareOfLead(q);
  const code = foldModel(bare);
  const isNumber = /^[\d\s-]+$/.test(bare) && gtinLengths.includes(code.length);
  const digits = code.replace(/^0+/, '');
  const padded = isNumber ? gtinLengths.map((length) => digits.padStart(length, '0')) : [];
  return {
    code,
    codes: [...new Set([code, foldModel(q), ...padded])],
    without: partsOf(bare).filter((part) => part !== code),
    ...(id && { page: { kind: kind?.toLowerCase() === 'product' ? 'product' : 'certificate', id: id.toLowerCase() } }),
    hasWrongDigit: isNumber && !isGtin(code),
  };
}

/** The text, folded, without one to four of its first words, or of its last. */
function partsOf(text: string): string[] {
  const words = text.split(/\s+/u).filter((word) => word !== '');
  const dropped = Array.from({ length: Math.min(mostBrandWords, words.length - 1) }, (_, at) => at + 1);
  const parts = dropped.flatMap((count) => [words.slice(count), words.slice(0, -count)]);
  return [...new Set(parts.map((part) => foldModel(part.join(' '))))].filter((part) => part.length > 2);
}

/** The codes of which the asked one may be a variant: itself without its last letters, FTKA35 for FTKA35S. */
export function stemsOf(code: string): string[] {
  return Array.from({ length: longestSuffix }, (_, at) => code.slice(0, code.length - at - 1)).filter(
    (stem) => stem.length >= shortestStem && stem.length < code.length,
  );
}

/** How a code of a product stands to the one asked for; null where they have nothing to do with each other. */
export function matchOf(asked: Printed, own: { codes: string[]; series?: string; brand?: string }): Match | null {
  const { code, codes } = asked;
  const brand = foldModel(own.brand ?? '');
  const printed = own.codes.map(foldModel).flatMap((one) => (brand === '' ? one : [one, brand + one, one + brand]));
  if (printed.some((one) => codes.includes(one))) return 'exact';
  if (own.series !== undefined && foldModel(own.series) === code) return 'family';
  const isNearlyOne = (one: string) => isVariant(code, one) || isVariant(one, code) || asked.without.includes(one);
  if (printed.some(isNearlyOne)) return 'variant';
  if (code.length < shortestNear) return null;
  const most = code.length < 8 ? 1 : 2;
  return printed.some((one) => Math.abs(one.length - code.length) <= most && lettersApart(code, one) <= most)
    ? 'near'
    : null;
}

/** The order of answers. */
export const matches: readonly Match[] = ['exact', 'variant', 'family', 'near'];

function isVariant(longer: string, stem: string): boolean {
  return stem.length >= shortestStem && longer.startsWith(stem) && longer.length - stem.length <= longestSuffix;
}
