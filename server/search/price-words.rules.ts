import { bounded, rangePattern, type Sense, withName } from './bound.rules.ts';
import { fold, foldTexts } from './fold.rules.ts';
import { type Interpretation, keyOf } from './interpretation.rules.ts';
import { wordOf } from './measure-clause.rules.ts';
import { numberIn, writtenMeasure } from './measure.rules.ts';

/** A price that is sought, in đồng; both ends included. */
export interface SoughtPrice {
  start: number;
  end: number;
  sense: Exclude<Sense, 'equal'>;
  least?: number;
  most?: number;
  /** The amounts as they were said. */
  said: number[];
}

interface Amount {
  value: number;
  /** How many đồng its unit is; null where none was said. */
  unit: number | null;
}

/** How amounts of money are multiplied, folded. */
const multiples: Record<string, number> = {
  nghin: 1e3,
  ngan: 1e3,
  k: 1e3,
  thousand: 1e3,
  trieu: 1e6,
  tr: 1e6,
  million: 1e6,
  ty: 1e9,
  ti: 1e9,
  billion: 1e9,
};
const { alone, number } = writtenMeasure;
// Đồng is also the beginning of a uniform and of a clock, and ti of a television.
const currency = String.raw`(?:[đd][ồo]ng(?!\s*(?:ph[ụu]c|h[ồo])(?!\p{L}))|vn[đd]|₫|đ|(?<=\d{3})d)`;
const multiple = String.raw`(?:ngh[ìi]n|ng[àa]n|tri[ệe]u|tr|t[ỷỉyi](?!\s*vi(?!\p{L}))|k|thousand|million|billion)`;
const money = String.raw`(?:${multiple}(?:\s+r[ưu][ỡo]i|\s?${currency})?|${currency})`;
const unbroken = String.raw`(?![\p{L}\p{N}/])`;
/** One million and a half is said 1tr5. */
const split = String.raw`\d{1,3}tr\d{1,3}${unbroken}`;
const whole = String.raw`(?:${split}|${number}\s?${money}${unbroken})`;
const loose = String.raw`(?:${whole}|${number})`;
const single = new RegExp(`${alone}${whole}`, 'giu');
const range = rangePattern(loose, whole);
const parts = new RegExp(String.raw`^(${number})\s?(?:(${multiple})(\s+r[ưu][ỡo]i)?|${currency})?`, 'iu');
/** In these, an amount without a bound or the word price is one all the same; 4k is a screen, 200 tr are pages, 4 ngan drawers. */
const unmistakable = /(?:ngh[ìi]n|ngàn|tri[ệe]u|tỷ|tỉ|đồng|vn[đd]|₫|\d\s?đ)(?:\s+r[ưu][ỡo]i)?$/iu;

const priceNames = new Set(
  'giá|đơn giá|mức giá|giá bán|giá tiền|giá tầm|tầm giá|tầm tiền|ngân sách|price|priced|price of|budget|cost'
    .split('|')
    .map((name) => foldTexts(name)),
);
const roughly = 0.1;
const leastOfBelow = 100;
/** Above this a number in đồng is not exact, and no price. */
const greatest = Number.MAX_SAFE_INTEGER;
/** A lamp of 3000K says its colour. */
const mostThousands = 1000;

/** Every price that a query says in words: dưới 100 nghìn, từ 10 đến 20tr, trên 500k, giá 1tr5. A number without money is none. */
export function soughtPrices(text: string): SoughtPrice[] {
  const ranges = [...text.matchAll(range)].map((match) => ({
    match,
    start: match.index,
    end: match.index + match[0].length,
  }));
  const isApart = (place: { start: number; end: number }) =>
    ranges.every(({ start, end }) => place.end <= start || end <= place.start);
  const alones = [...text.matchAll(single)]
    .map(({ 0: typed, index }) => ({ start: index, end: index + typed.length, typed }))
    .filter(isApart)
    .flatMap((place) => singleOf(text, place));
  const between = ranges.flatMap(({ match }) => rangeOf(match)).map((price) => withName(text, price, priceNames));
  return [...between, ...alones].sort((a, b) => a.start - b.start);
}

function rangeOf(match: RegExpExecArray): SoughtPrice[] {
  const { first = '', last = '' } = match.groups ?? {};
  const upTo = readAmount(last);
  const from = readAmount(first);
  const unit = upTo.unit ?? 1;
  // “10 đến 20tr” says its unit once, “800 đến 1 triệu” leaves out the one below.
  const own = from.value < upTo.value || from.value < leastOfBelow ? unit : unit / 1000;
  const [least, most] = [from.value * (from.unit ?? own), upTo.value * unit].map(Math.round);
  if (least === undefined || most === undefined || least >= most || most > greatest) return [];
  const place = { start: match.index, end: match.index + match[0].length };
  return isMoney(last, upTo) ? [{ ...place, sense: 'between', least, most, said: [least, most] }] : [];
}

function singleOf(text: string, place: { start: number; end: number; typed: string }): SoughtPrice[] {
  const amount = readAmount(place.typed);
  const value = Math.round(amount.value * (amount.unit ?? 1));
  const { start, end, sense } = bounded(text, place);
  const named = withName(text, { start, end }, priceNames);
  const isNamed = named.start < start;
  const isPrice = sense !== 'equal' || isNamed || unmistakable.test(place.typed);
  if (!isPrice || value > greatest || !isMoney(place.typed, amount)) return [];
  const said = sense === 'equal' ? 'about' : sense;
  return [{ ...named, sense: said, ...endsOf(said, value), said: [value] }];
}

function isMoney(typed: string, { value }: Amount): boolean {
  if (/\dk$|\d k$/iu.test(typed)) return value < mostThousands;
  return !/ngan$/iu.test(typed) || value >= 10;
}

/** Dưới and trên leave the amount itself out; around it is a tenth to each side. */
function endsOf(sense: SoughtPrice['sense'], value: number): Pick<SoughtPrice, 'least' | 'most'> {
  if (sense === 'under') return { most: value - 1 };
  if (sense === 'over') return { least: value + 1 };
  if (sense === 'most') return { most: value };
  if (sense === 'least') return { least: value };
  return { least: Math.round(value * (1 - roughly)), most: Math.round(value * (1 + roughly)) };
}

function readAmount(typed: string): Amount {
  const [, millions, places] = /^(\d{1,3})tr(\d{1,3})$/iu.exec(typed) ?? [];
  if (millions !== undefined) return { value: Number(`${millions}.${places}`), unit: 1e6 };
  const [all = '', digits = '', word, half] = parts.exec(typed) ?? [];
  const value = numberIn(digits) + (half === undefined ? 0 : 0.5);
  if (word !== undefined) return { value, unit: multiples[fold(word)] ?? 1 };
  return { value, unit: all.trim() === digits.trim() ? null : 1 };
}

/** The prices as what they ask for; `off` names what is to be read as words. */
export function readPrices(
  text: string,
  off: ReadonlySet<string>,
): { start: number; end: number; interpretation: Interpretation }[] {
  return soughtPrices(text).flatMap((price) => {
    const { start, end, least, most } = price;
    const typed = text.slice(start, end);
    const key = keyOf('price', typed);
    if (off.has(key)) return [];
    const asks = {
      ...(least !== undefined && { minPrice: String(least) }),
      ...(most !== undefined && { maxPrice: String(most) }),
    };
    const [[parameter, value] = [], ...others] = Object.entries(asks);
    const filter = parameter !== undefined && value !== undefined && others.length === 0 && { parameter, value };
    const meaning = { vi: meaningOf(price, 'vi'), en: meaningOf(price, 'en') };
    return [{ start, end, interpretation: { key, kind: 'price', typed, meaning, asks, ...(filter && { filter }) } }];
  });
}

function meaningOf({ sense, said }: SoughtPrice, locale: 'vi' | 'en'): string {
  const format = new Intl.NumberFormat(locale === 'vi' ? 'vi-VN' : 'en-GB');
  const amounts = said.map((amount) => format.format(amount)).join('–');
  const name = locale === 'vi' ? 'Giá một đơn vị, trước thuế GTGT' : 'Price of one unit, before VAT';
  return `${name}: ${wordOf(sense, locale)}${amounts} ₫`;
}
