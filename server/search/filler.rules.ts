import type { LocalisedText } from '../../schemas/types.d.ts';
import { isMarked, type Word, wordsOf } from './fold.rules.ts';
import { type Interpretation, keyOf } from './interpretation.rules.ts';

/** Something that people say around what they look for. */
interface Saying {
  words: Word[];
  meaning: LocalisedText;
}

/** Words that say nothing once everything else was understood. */
const empty = new Set(
  'san pham hang hoa loai cac nhung mua can tim kiem muon nao gi product products item items find buy'.split(' '),
);

const anything = { vi: 'bất kỳ sản phẩm nào', en: 'any product' };
const praise = { vi: 'lời khen, không phải điều kiện', en: 'praise, no condition' };
const noPrice = {
  vi: 'không nêu mức giá: xếp theo giá, hoặc viết “dưới 5 triệu”',
  en: 'no price is named: sort by price, or write “dưới 5 triệu”',
};

/** Before it; the longest first. A lone cần or hàng may be another word's beginning: cân, hàng rào. */
const before = [
  ...listOf(
    'các sản phẩm|những sản phẩm|cần mua|muốn mua|cần tìm|tìm mua|tìm kiếm|các loại|những loại|sản phẩm',
    anything,
  ),
  ...listOf('looking for|mua|tìm|các|những|loại|buy|find', anything),
  ...listOf('the cheapest|cheapest|cheap', noPrice),
  ...listOf('high quality|good quality|the best|best', praise),
];

/** Behind it; likewise. */
const behind = [
  ...listOf('giá cả hợp lý|giá hợp lý|giá phải chăng|giá rẻ nhất|giá rẻ|giá thấp|giá tốt|rẻ nhất|rẻ', noPrice),
  ...listOf('at a low price|at a good price|low price|good price|best price|cheap', noPrice),
  ...listOf('chất lượng cao|chất lượng tốt|chất lượng|chính hãng|uy tín|loại tốt|tốt nhất|good quality', praise),
];

/** Whether all the words are such as say nothing. */
export function saysNothing(words: Word[]): boolean {
  return words.length > 0 && words.every(({ folded }) => empty.has(folded));
}

/** The words as what says nothing of a product. */
export function fillerNamed(words: Word[], meaning: LocalisedText = anything): Interpretation {
  const typed = words.map(({ raw }) => raw).join(' ');
  return { key: keyOf('filler', typed), kind: 'filler', typed, meaning };
}

/** The words without what is said around them, and that; null where nothing of it is there, or nothing else. `off` names what is to be read as words. */
export function withoutSayings(
  words: Word[],
  off: ReadonlySet<string>,
): { left: Word[]; fillers: Interpretation[] } | null {
  let left = words;
  const fillers: Interpretation[] = [];
  for (let said = saidIn(left, off); said; said = saidIn(left, off)) {
    fillers.push(said.filler);
    left = said.left;
  }
  return fillers.length > 0 ? { left, fillers } : null;
}

function saidIn(words: Word[], off: ReadonlySet<string>): { filler: Interpretation; left: Word[] } | null {
  const first = before.find((saying) => isSaid(saying, words.slice(0, saying.words.length)));
  const last = behind.find((saying) => isSaid(saying, words.slice(-saying.words.length)));
  // A longer one that is switched off is not read as a shorter one in it, nor all that is said as nothing.
  const isOn = ({ filler, left }: { filler: Interpretation; left: Word[] }) => left.length > 0 && !off.has(filler.key);
  return [first && cutFirst(words, first), last && cutLast(words, last)].find((said) => said && isOn(said)) ?? null;
}

function cutFirst(words: Word[], { words: { length }, meaning }: Saying) {
  return { filler: fillerNamed(words.slice(0, length), meaning), left: words.slice(length) };
}

function cutLast(words: Word[], { words: { length }, meaning }: Saying) {
  return { filler: fillerNamed(words.slice(-length), meaning), left: words.slice(0, -length) };
}

/** Whether the words are the saying, with its marks or none. */
function isSaid(saying: Saying, words: Word[]): boolean {
  return (
    saying.words.length === words.length &&
    saying.words.every(({ folded, marked }, at) => {
      const word = words[at];
      return word?.folded === folded && (word.marked === marked || !isMarked(word));
    })
  );
}

function listOf(texts: string, meaning: LocalisedText): Saying[] {
  return texts.split('|').map((text) => ({ words: wordsOf(text), meaning }));
}
