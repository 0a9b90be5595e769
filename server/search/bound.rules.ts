import { foldTexts } from './fold.rules.ts';
import { type Measure, measuresIn, readMeasure, writtenMeasure } from './measure.rules.ts';

/** A measure as it is sought: itself, something near it, or a bound; a range has a second one. */
export interface SoughtMeasure extends Measure {
  sense: 'equal' | 'about' | 'under' | 'over' | 'least' | 'most' | 'between';
  upTo?: Pick<Measure, 'value' | 'units'>;
}

export type Sense = SoughtMeasure['sense'];
type BoundSense = Exclude<Sense, 'equal' | 'between'>;
/** Where something stands in a text. */
interface Place {
  start: number;
  end: number;
}

/** What stands before a measure, with and without marks; a bare “tu” is rather the cabinet of that size. */
const before: [BoundSense, string][] = [
  ['about', 'kho[ảa]ng|t[ầa]m|c[ỡo]|about|around'],
  ['under', 'd[ưu][ớo]i|nh[ỏo] h[ơo]n|[íi]t h[ơo]n|th[ấa]p h[ơo]n|under|below|less than|<'],
  ['over', 'tr[êe]n|l[ớo]n h[ơo]n|cao h[ơo]n|nhi[ềe]u h[ơo]n|h[ơo]n|over|above|more than|>'],
  ['most', 'kh[ôo]ng qu[áa]|kh[ôo]ng v[ưu][ợo]t qu[áa]|t[ốo]i [đd]a|up to|at most|max|<=|≤'],
  ['least', 'từ|[íi]t nh[ấa]t|t[ốo]i thi[ểe]u|from|at least|min|>=|≥'],
];
const after: [BoundSense, string][] = [
  ['least', 'tr[ởo] l[êe]n|[đd][ổo] l[êe]n|or more'],
  ['most', 'tr[ởo] xu[ốo]ng|tr[ởo] l[ạa]i|[đd][ổo] l[ạa]i|or less'],
];
const leading = before.map(
  ([sense, words]) => [sense, new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})\\s*$`, 'iu')] as const,
);
const trailing = after.map(
  ([sense, words]) => [sense, new RegExp(`^\\s*(?:${words})(?![\\p{L}\\p{N}])`, 'iu')] as const,
);
const joint = String.raw`(?:\s*[-–—~]\s*|\s+(?:[đd][ếe]n|t[ớo]i|to|v[àa]|and)\s+)`;
const opening = String.raw`(?:(?:t[ừu]|trong kho[ảa]ng|kho[ảa]ng|from|between)\s+)?`;
const range = rangePattern(writtenMeasure.loose, writtenMeasure.whole);

/** From `first`, which may lack its unit, to `last`. */
export function rangePattern(loose: string, whole: string): RegExp {
  return new RegExp(`${writtenMeasure.alone}${opening}(?<first>${loose})${joint}(?<last>${whole})`, 'giu');
}

/** Every measure that a query says, with the words that make a bound of it: dưới 18W, từ 200 đến 300 lít, 9.000-12.000 BTU, 9 kg trở lên. */
export function soughtMeasures(text: string): SoughtMeasure[] {
  const ranges = [...text.matchAll(range)].flatMap(rangeOf);
  const isApart = ({ start, end }: Measure) => ranges.every((one) => end <= one.start || one.end <= start);
  const single = measuresIn(text)
    .filter(isApart)
    .map((measure) => bounded(text, measure));
  return [...ranges, ...single].map((measure) => withName(text, measure, sizeNames)).sort((a, b) => a.start - b.start);
}

/** What a size is called; between what is looked for and its size it says nothing more. */
const sizeNames = new Set(
  [
    'công suất|công suất lạnh|công suất điện|dung tích|thể tích|định lượng|khối lượng|trọng lượng|cân nặng|nặng|kích thước|kích cỡ',
    'cỡ|chiều dài|dài|điện áp|dung lượng|bộ nhớ|quang thông|độ sáng|capacity|power|size|weight|volume',
  ].flatMap((names) => names.split('|').map((name) => foldTexts(name))),
);
const longestName = 3;

/** With the name of what is measured before it, and a “có” before that. */
export function withName<P extends Place>(text: string, place: P, names: ReadonlySet<string>): P {
  for (let count = longestName; count > 0; count--) {
    const said = new RegExp(`(?<![^\\s])(?:[^\\s]+\\s+){${count}}$`, 'u').exec(text.slice(0, place.start));
    if (!said || !names.has(foldTexts(said[0]))) continue;
    const having = /(?<![^\s])(?:có|co|with)\s+$/iu.exec(text.slice(0, said.index));
    return { ...place, start: having?.index ?? said.index };
  }
  return place;
}

function rangeOf(match: RegExpExecArray): SoughtMeasure[] {
  const { first = '', last = '' } = match.groups ?? {};
  const upTo = readMeasure(last);
  const from = readMeasure(first);
  // “200-300 lít” says its unit once.
  const least = { value: from.value, units: from.units.length > 0 ? from.units : upTo.units };
  if (from.units.length === 0 && from.value >= upTo.value) return [];
  return [{ start: match.index, end: match.index + match[0].length, ...least, sense: 'between', upTo }];
}

/** With the words before or behind it that make a bound of it. */
export function bounded<P extends Place>(text: string, place: P): P & { sense: BoundSense | 'equal' } {
  const head = text.slice(0, place.start);
  for (const [sense, words] of leading) {
    const at = words.exec(head)?.index;
    if (at !== undefined) return { ...place, start: at, sense };
  }
  const tail = text.slice(place.end);
  for (const [sense, words] of trailing) {
    const said = words.exec(tail)?.[0].length;
    if (said !== undefined) return { ...place, end: place.end + said, sense };
  }
  return { ...place, sense: 'equal' };
}
