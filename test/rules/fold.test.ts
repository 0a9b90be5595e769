import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { fold, foldTexts, isMarked, wordsOf } from '../../server/search/fold.rules.ts';
import { nameKey } from '../../server/search/name-key.rules.ts';
import { swapsOf, typoBudget, typosBetween } from '../../server/search/typo.rules.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary-ascii' }),
);
const vowels = Array.from('aăâeêioôơuưy');
const letters = Array.from('bcdđghklmnpqrstvx');
const tones = ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'];
const syllable = fc
  .tuple(
    fc.constantFrom(...letters),
    fc.constantFrom(...vowels),
    fc.constantFrom(...tones),
    fc.constantFrom('', 'n', 'ng', 'c', 't'),
  )
  .map((parts) => parts.join('').normalize('NFC'));
const phrase = fc.array(syllable, { minLength: 1, maxLength: 5 }).map((syllables) => syllables.join(' '));

describe('fold', () => {
  it.each([
    ['Giấy in văn phòng', 'giay in van phong'],
    ['ĐÈN LED, đèn bàn', 'den led den ban'],
    ['Ðèn Ɖèn ðèn ɖèn', 'den den den den'],
    ['hòa hoà HOÀ', 'hoa hoa hoa'],
    ['1,5 HP – 12.000BTU/h', '1 5 hp 12 000btu h'],
    ['  NXVN 17:2017  ', 'nxvn 17 2017'],
    ['İstanbul', 'istanbul'],
    ['máy phô-tô', 'may pho to'],
    ['', ''],
    ['… ! ?', ''],
    ['\ud800x\udfff', 'x'],
  ])('reads %j as %j', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('makes no difference between composed and decomposed, capitals and small letters', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(fold(text.normalize('NFD'))).toBe(fold(text));
        expect(fold(text.normalize('NFC'))).toBe(fold(text));
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(phrase, (text) => {
        expect(fold(text.toUpperCase())).toBe(fold(text));
      }),
    );
  });

  it('leaves words of letters and digits with single spaces and no Vietnamese mark', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(fold(text)).toMatch(/^([\p{L}\p{N}]+( [\p{L}\p{N}]+)*)?$/u);
        expect(fold(text).normalize('NFD')).not.toMatch(/[\u0300-\u036fđð]/u);
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(phrase, (text) => {
        expect(fold(text)).toMatch(/^[a-z0-9 ]+$/);
      }),
    );
  });
});

/** Syllables with two spellings, by the one that is looked up: tỷ and tỉ, quý and quí. */
const oneSpelling = new Map(
  ['hy hi', 'ky ki', 'ly li', 'my mi', 'sy si', 'ty ti', 'vy vi', 'quy qui'].map(
    (pair) => pair.split(' ') as [string, string],
  ),
);
const spelled = (word: string) => oneSpelling.get(word) ?? word;

describe('wordsOf', () => {
  it('gives the folded words in order, in one spelling of i and y, each with the text that it stands for', () => {
    fc.assert(
      fc.property(phrase, (text) => {
        const words = wordsOf(text);
        expect(words.map(({ folded }) => folded)).toEqual(fold(text).split(' ').map(spelled));
        expect(words.map(({ raw }) => raw).join(' ')).toBe(text);
      }),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { raw, folded } of wordsOf(text)) expect(spelled(fold(raw)).startsWith(folded)).toBe(true);
      }),
    );
  });

  it('compares marks whatever the placement of the tone and the composition of the letter', () => {
    const marked = (text: string) => wordsOf(text).map((word) => word.marked);
    expect(marked('hòa thủy')).toEqual(marked('hoà thuỷ'));
    expect(marked('Điều'.normalize('NFD'))).toEqual(marked('điều'));
    expect(marked('sơn')).not.toEqual(marked('son'));
    expect(marked('giấy')).not.toEqual(marked('giầy'));
    expect(marked('đen')).not.toEqual(marked('den'));
    fc.assert(
      fc.property(phrase, (text) => {
        expect(marked(text.normalize('NFD').toUpperCase())).toEqual(marked(text));
      }),
    );
  });

  it('knows which words were typed with marks', () => {
    expect(wordsOf('sơn nuoc đẹp A4').map(isMarked)).toEqual([true, false, true, false]);
  });

  it('cuts a word at 64 letters and leaves out absent texts', () => {
    expect(wordsOf('x'.repeat(500))[0]?.folded).toBe('x'.repeat(64));
    expect(foldTexts('Giấy', undefined, ' in ')).toBe('giay in');
  });
});

describe('nameKey', () => {
  it('orders as a Vietnamese dictionary does', () => {
    const ordered = [
      '12 W',
      '5 W',
      'a',
      'an',
      'an bình',
      'ao',
      'ăn',
      'ấm',
      'ba',
      'bà',
      'bả',
      'bã',
      'bá',
      'bạ',
      'ban',
      'da',
      'đa',
      'đen',
      'đèn',
      'em',
      'êm',
      'ho',
      'hô',
      'hơ',
      'tu',
      'tư',
      'Zinc',
    ];
    const shuffled = ordered.toReversed();
    expect(shuffled.toSorted((a, b) => (nameKey(a) < nameKey(b) ? -1 : 1))).toEqual(ordered);
  });

  it('agrees with the Unicode collation for Vietnamese', () => {
    const collator = new Intl.Collator('vi');
    fc.assert(
      fc.property(phrase, phrase, (a, b) => {
        const [keyA, keyB] = [nameKey(a), nameKey(b)];
        expect(Math.sign(collator.compare(a, b))).toBe(keyA < keyB ? -1 : Number(keyA > keyB));
      }),
      { numRuns: 2000 },
    );
  });

  it('is ASCII for any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(nameKey(text)).toMatch(/^[\x20-\x7e]*$/);
      }),
    );
  });
});

describe('typos', () => {
  it.each([
    ['giay', 0],
    ['tuyet', 1],
    ['hop12345', 1],
    ['cartridge', 2],
    ['12000', 0],
    ['123456789', 0],
  ])('allows %s %i', (word, budget) => {
    expect(typoBudget(word)).toBe(budget);
  });

  it.each([
    ['monitor', 'monitor', 0],
    ['monitr', 'monitor', 1],
    ['monitro', 'monitor', 1],
    ['moniter', 'monitor', 1],
    ['xonitor', 'monitor', null],
    ['mnitr', 'monitor', null],
    ['xartridge', 'cartridge', 2],
    ['xartrige', 'cartridge', null],
    ['cartrigde', 'cartridge', 1],
    ['giya', 'giay', null],
    ['12000', '18000', null],
  ])('counts %s for %s as %s', (word, term, typos) => {
    expect(typosBetween(word, term)).toBe(typos);
  });

  it('counts one for any letter left out, put in, changed or swapped after the first', () => {
    const word = fc.stringMatching(/^[a-z]{6,12}$/);
    fc.assert(
      fc.property(word, fc.nat(), fc.constantFrom('out', 'in', 'changed'), (term, place, how) => {
        const at = 1 + (place % (term.length - 1));
        const middle = { out: '', in: `0${term.charAt(at)}`, changed: '0' }[how];
        const wrong = term.slice(0, at) + middle + term.slice(at + 1);
        const expected = wrong === term ? 0 : 1;
        expect(typosBetween(wrong, term)).toBe(expected);
        for (const swapped of swapsOf(term).filter((other) => other[0] === term[0]))
          expect(typosBetween(swapped, term)).toBe(1);
      }),
    );
  });
});
