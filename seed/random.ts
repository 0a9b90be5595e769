/** Numbers that look random and are the same in every run. */
export interface Random {
  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  /** True in `share` of the cases, 0 to 1. */
  chance(share: number): boolean;
  /** One of the values. @throws RangeError where there is none */
  pick<T>(values: readonly T[]): T;
  /** One of the values, each as often as its weight says. @throws RangeError where there is none */
  weighted<T>(values: readonly T[], weightOf: (value: T) => number): T;
}

/** A generator that starts from the seed (mulberry32, by Tommy Ettinger, in the public domain). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    integer,
    chance: (share) => next() < share,
    pick: (values) => chosen(values[integer(0, values.length - 1)]),
    weighted(values, weightOf) {
      let rest = next() * values.reduce((sum, value) => sum + weightOf(value), 0);
      return chosen(values.find((value) => (rest -= weightOf(value)) < 0) ?? values.at(-1));
    },
  };
}

function chosen<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError('Nothing to choose from.');
  return value;
}
