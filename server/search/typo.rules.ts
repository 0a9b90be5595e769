/**
 * How many typos a folded word may hold: none up to 4 letters, one up to 8, two from 9 on; none where it is a number, so
 * that 12000 never finds 18000.
 */
export function typoBudget(word: string): number {
  if (/^\p{N}+$/u.test(word)) return 0;
  if (word.length < 5) return 0;
  return word.length < 9 ? 1 : 2;
}

/**
 * Typos between a query's word and a word of the index, or null where they are more than its budget. A typo is one letter
 * more, less or other, or two neighbours swapped (Damerau); a wrong first letter counts two. The digits of a term are never
 * mistyped: TT-AC12 is another model than TT-AC18, and 9000btu another size than 8000btu.
 */
export function typosBetween(word: string, term: string): number | null {
  if (word === term) return 0;
  const budget = typoBudget(word);
  if (/\p{N}/u.test(term) && digitsOf(word) !== digitsOf(term)) return null;
  if (Math.abs(word.length - term.length) > budget) return null;
  const typos = lettersApart(word, term) + (word[0] === term[0] ? 0 : 1);
  return typos <= budget ? typos : null;
}

function digitsOf(word: string): string {
  return word.replace(/\P{N}/gu, '');
}

/** Typos between two words whatever their length: letters more, less or other, and neighbours swapped (optimal string alignment). */
export function lettersApart(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1];
      let least = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + (isSame ? 0 : 1));
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isSwap) least = Math.min(least, at(beforeLast, column - 2) + 1);
      current.push(least);
    }
    beforeLast = last;
    last = current;
  }
  return at(last, b.length);
}

function at(row: number[], column: number): number {
  return row[column] ?? 0;
}

/** The word with each two neighbouring letters swapped: an index that counts a swap as two edits finds it so. */
export function swapsOf(word: string): string[] {
  const letters = Array.from(word);
  const swapped = letters.slice(1).map((letter, index) => {
    const variant = [...letters];
    variant[index + 1] = letters[index] ?? '';
    variant[index] = letter;
    return variant.join('');
  });
  return [...new Set(swapped)].filter((variant) => variant !== word);
}
