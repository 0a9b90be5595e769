const weights = [3, 7, 1, 3, 7, 1, 3, 7];

/**
 * Whether the last digit of a code of the Common Procurement Vocabulary 2008 is its check digit: the eight digits weighted
 * 3, 7, 1 in turn, their sum modulo ten. The weights are not published; they were found from published codes, and agree with
 * all that were tried.
 */
export function isCpvCode(code: string): boolean {
  const [digits = '', check] = code.split('-');
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  return digits.length === weights.length && String(sum % 10) === check;
}
