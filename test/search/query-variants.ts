import { randomFrom } from './support.ts';

/** A query as somebody else would type it, and the group that it still must find. */
export interface Variant {
  q: string;
  how: string;
  of: string;
  group: string;
}

const marks = /[\u0300-\u036f]/gu;
const toneKeys: Record<string, string> = {
  '\u0301': 's',
  '\u0300': 'f',
  '\u0309': 'r',
  '\u0303': 'x',
  '\u0323': 'j',
};
const hatKeys: Record<string, string> = { '\u0302': 'same', '\u0306': 'w', '\u031b': 'w' };

/** Ways to type it; `pick` chooses a place. */
const ways: Record<string, (q: string, pick: (below: number) => number) => string> = {
  strip: (q) => plain(q),
  swap: (q, pick) =>
    inWord(q, pick, (word, at) => word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2)),
  drop: (q, pick) => inWord(q, pick, (word, at) => word.slice(0, at + 1) + word.slice(at + 2)),
  double: (q, pick) => inWord(q, pick, (word, at) => word.slice(0, at + 1) + (word[at] ?? '') + word.slice(at + 1)),
  telex: (q) => q.split(' ').map(telex).join(' '),
  lookalike: (q) => (q.includes('đ') ? q.replaceAll('đ', 'ð') : q.normalize('NFD')),
};

/** As many variants as asked for, the same in every run. */
export function variantsOf(bases: { q: string; group: string }[], count: number, seed: number): Variant[] {
  const random = randomFrom(seed);
  const pick = (below: number) => Math.floor(random() * below);
  const names = Object.keys(ways);
  return Array.from({ length: count }, (_, at): Variant => {
    const { q, group } = bases[pick(bases.length)]!;
    const how = names[at % names.length]!;
    return { q: ways[how]!(q, pick), how, of: q, group };
  });
}

function plain(text: string): string {
  return text.normalize('NFD').replace(marks, '').replaceAll('đ', 'd');
}

/** Changes one word of three letters or more, somewhere after its first letter's place. */
function inWord(q: string, pick: (below: number) => number, change: (word: string, at: number) => string): string {
  const words = plain(q).split(' ');
  const long = words.flatMap((word, at) => (word.length > 2 && /^[a-z]+$/.test(word) ? [at] : []));
  if (long.length === 0) return words.join(' ');
  const place = long[pick(long.length)]!;
  const word = words[place]!;
  return words.toSpliced(place, 1, change(word, pick(word.length - 1))).join(' ');
}

function telex(word: string): string {
  let tone = '';
  let typed = '';
  for (const letter of word.normalize('NFD')) {
    const hat = hatKeys[letter];
    if (letter in toneKeys) tone = toneKeys[letter] ?? '';
    else if (hat) typed += hat === 'same' ? typed.at(-1) : hat;
    else typed += letter === 'đ' ? 'dd' : letter;
  }
  return typed + tone;
}
