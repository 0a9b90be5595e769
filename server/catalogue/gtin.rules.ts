/** Whether the last digit of a GTIN-8, 12, 13 or 14 is its check digit: weights 3 and 1 from the right (GS1 General Specifications). */
export function isGtin(digits: string): boolean {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return [8, 12, 13, 14].includes(digits.length) && sum % 10 === 0;
}
