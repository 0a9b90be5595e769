import { visible } from './fold.rules.ts';

/**
 * Vietnamese typed with the input method off: `ddieeuf hoaf` (Telex), `d9en2` (VNI). A word counts as decoded only where a
 * Vietnamese syllable comes out of it; any other word stays as it is.
 */
const consonants = '(?:b|ch?|d|đ|gh?|gi|h|kh?|l|m|ngh?|nh|n|ph|qu|r|s|th?|tr|v|x|p)?';
const vowels =
  '(?:iê|yê|uô|ươ|uyê|oai|oay|uây|uôi|ươi|ươu|iêu|yêu|oeo|uya|uyu|ai|ao|au|ay|âu|ây|eo|êu|ia|iu|oa|oă|oe|oi|oo|ôi|ơi|ua|uâ|uê|ui|uơ|uy|ưa|ưi|ưu|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y)';
const endings = '(?:ch|c|m|ng|nh|n|p|t)?';
const syllable = new RegExp(`^${consonants}${vowels}${endings}$`, 'u');
const toneOf: Record<string, string> = {
  s: '\u0301',
  f: '\u0300',
  r: '\u0309',
  x: '\u0303',
  j: '\u0323',
  '1': '\u0301',
  '2': '\u0300',
  '3': '\u0309',
  '4': '\u0303',
  '5': '\u0323',
};
const telexHats: Record<string, string> = { aa: 'â', ee: 'ê', oo: 'ô' };
const vniHats: Record<string, [string, string]> = {
  '6': ['aeo', 'âêô'],
  '7': ['uo', 'ươ'],
  '8': ['a', 'ă'],
  '9': ['d', 'đ'],
};

/** The text with every word decoded that can be; null where there is none. */
export function decodeTyping(typed: string): string | null {
  const text = visible(typed);
  if (/[^\p{ASCII}]/u.test(text.normalize('NFC'))) return null;
  const words = text.toLowerCase().split(/\s+/);
  const decoded = words.map((word) => (/^[a-z]+$/.test(word) ? fromTelex(word) : fromVni(word)) ?? word);
  return decoded.some((word, at) => word !== words[at]) ? decoded.join(' ') : null;
}

function fromTelex(word: string): string | null {
  let tone = '';
  let plain = '';
  for (const letter of word) {
    const isTone = letter in toneOf && /[aeiouyâêôăơư]/u.test(plain);
    const hat = /[aeo]/.test(letter) ? hatPlace(plain, letter) : -1;
    if (isTone) tone = toneOf[letter] ?? '';
    else if (letter === 'd' && plain.startsWith('d')) plain = `đ${plain.slice(1)}`;
    else if (hat >= 0) plain = `${plain.slice(0, hat)}${telexHats[letter + letter]}${plain.slice(hat + 1)}`;
    else if (letter === 'w') plain = withHorn(plain);
    else plain += letter;
  }
  return plain === word ? null : withTone(plain, tone);
}

/** Where in the syllable's end the same vowel stands that a second one puts a hat on. */
function hatPlace(plain: string, letter: string): number {
  const at = plain.lastIndexOf(letter);
  return at >= 0 && /^[^aeo]*$/.test(plain.slice(at + 1)) ? at : -1;
}

function withHorn(plain: string): string {
  if (/uo[^aeiouy]*$/.test(plain)) return plain.replace(/uo([^uo]*)$/, 'ươ$1');
  const horned = plain.replace(/([uo])(?=[^uo]*$)/, (letter) => (letter === 'u' ? 'ư' : 'ơ'));
  if (horned !== plain && !/a[^aeiouy]*$/.test(plain)) return horned;
  return plain.includes('a') ? plain.replace(/a(?=[^a]*$)/, 'ă') : `${plain}ư`;
}

function fromVni(word: string): string | null {
  if (!/^[a-z]+[0-9][a-z0-9]*$/.test(word)) return null;
  let tone = '';
  let plain = '';
  for (const letter of word) {
    const hat = vniHats[letter];
    if (letter in toneOf && /\d/.test(letter)) tone = toneOf[letter] ?? '';
    else if (hat) plain = letter === '7' && /uo[^aeiou]*$/.test(plain) ? plain.replace('uo', 'ươ') : vniHat(plain, hat);
    else if (/\d/.test(letter)) return null;
    else plain += letter;
  }
  return withTone(plain, tone);
}

function vniHat(plain: string, [from, to]: [string, string]): string {
  const at = Math.max(...Array.from(from, (letter) => plain.lastIndexOf(letter)));
  return at < 0 ? '?' : `${plain.slice(0, at)}${to[from.indexOf(plain[at] ?? '')]}${plain.slice(at + 1)}`;
}

/** The syllable with its tone where it is written; null where the letters are no Vietnamese syllable. */
function withTone(plain: string, tone: string): string | null {
  if (!syllable.test(plain)) return null;
  if (tone === '') return plain;
  const start = /^(?:qu|gi(?=[aăâeêoôơuưy]))/u.exec(plain)?.[0].length ?? 0;
  const nucleus = [...plain.slice(start).matchAll(/[aăâeêioôơuưy]/gu)].map(({ index }) => index + start);
  const marked = nucleus.filter((at) => /[ăâêôơư]/u.test(plain[at] ?? ''));
  const isClosed = /[^aăâeêioôơuưy]$/u.test(plain);
  const open = nucleus.length === 3 || isClosed ? nucleus[1] : nucleus[0];
  const at = marked.at(-1) ?? (nucleus.length === 1 ? nucleus[0] : open) ?? 0;
  return `${plain.slice(0, at + 1)}${tone}${plain.slice(at + 1)}`.normalize('NFC');
}
