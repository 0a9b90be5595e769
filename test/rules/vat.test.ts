import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { netOf } from '../../server/purchases/vat.rules.ts';
import { createTally } from './arbitraries.ts';

const someDigits = fc.bigInt({ min: 0n, max: 9_007_199_254_740_991n }).map(String);
const aRate = fc
  .tuple(fc.nat(99), fc.option(fc.integer({ min: 0, max: 9999 }), { nil: undefined }), fc.integer({ min: 1, max: 4 }))
  .map(([percent, places, length]) =>
    places === undefined ? String(percent) : `${percent}.${String(places).padStart(4, '0').slice(0, length)}`,
  );

/** Half-up in words: the largest net whose value with VAT, and half a unit less, is not above what was entered. */
function naiveNet(amountGross: string, vatRate: string): string {
  const rate = BigInt(Math.round(Number(vatRate) * 10_000));
  // With VAT, in millionths of half a unit: net × (100 + rate) / 100.
  const withVat = (halves: bigint) => halves * (1_000_000n + rate);
  const gross = BigInt(amountGross) * 2n * 1_000_000n;
  let [low, high] = [0n, BigInt(amountGross)];
  while (low < high) {
    const middle = (low + high + 1n) / 2n;
    if (withVat(middle * 2n - 1n) <= gross) low = middle;
    else high = middle - 1n;
  }
  return String(low);
}

describe('the value of a line before VAT', () => {
  it.each([
    ['10800000', '8', '10000000'],
    ['11000000', '10', '10000000'],
    ['5000', '0', '5000'],
    ['0', '8', '0'],
    ['1', '99.9999', '1'],
    ['100', '5.5', '95'],
    ['3', '20', '3'],
    // 2.5 exactly: half-up.
    ['3', '20.0', '3'],
    ['9007199254740991', '10', '8188362958855446'],
  ])('of %s with VAT at %s percent is %s', (amountGross, vatRate, net) => {
    expect(netOf({ amountGross, vatRate })).toBe(net);
  });

  it('is what was entered, where it was entered', () => {
    expect(netOf({ amountNet: '2600000', vatRate: '8' })).toBe('2600000');
  });

  it('is computed half-up, to the unit, for any amount that the store holds, on 3,000 of them', () => {
    const seen = createTally();
    fc.assert(
      fc.property(fc.oneof(someDigits, fc.nat(2000).map(String)), aRate, (amountGross, vatRate) => {
        seen.runs();
        const net = netOf({ amountGross, vatRate });
        seen.hit('decimals in the rate', vatRate.includes('.'));
        seen.hit('rounded up', BigInt(net) * (100n + BigInt(Math.ceil(Number(vatRate)))) > BigInt(amountGross) * 100n);
        expect(net).toBe(naiveNet(amountGross, vatRate));
      }),
      { numRuns: 3000 },
    );
    expect(seen.below(0.1, ['decimals in the rate', 'rounded up'])).toEqual([]);
  });
});
