/** A whole number that is exact at any size: a number while that is safe, else a bigint. Each value has one form only. */
export type Exact = number | bigint;

/** The sum of two. Numbers are added as numbers, many times faster than bigints, unless their sum would not be exact. */
export function plus(one: Exact, other: Exact): Exact {
  if (typeof one === 'number' && typeof other === 'number') {
    const sum = one + other;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return narrow(BigInt(one) + BigInt(other));
}

/** The number that digits stand for. */
export function exactly(digits: string | number): Exact {
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : BigInt(digits);
}

function narrow(whole: bigint): Exact {
  const number = Number(whole);
  return Number.isSafeInteger(number) ? number : whole;
}
