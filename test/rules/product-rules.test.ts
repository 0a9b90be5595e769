import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isGtin } from '../../server/catalogue/gtin.rules.ts';
import { identitiesOf, placeOfIdentity } from '../../server/catalogue/identity.rules.ts';
import { pricePerBaseUnit } from '../../server/catalogue/price.rules.ts';

describe('a GTIN', () => {
  it.each(['96385074', '036000291452', '4006381333931', '10012345678902'])('%s has its check digit', (gtin) => {
    expect(isGtin(gtin)).toBe(true);
  });

  it('has exactly one right last digit, and 8, 12, 13 or 14 digits', () => {
    const aStem = fc.tuple(fc.constantFrom(7, 11, 12, 13), fc.bigInt(0n, 10n ** 13n - 1n));
    fc.assert(
      fc.property(aStem, ([length, number]) => {
        const stem = String(number).padStart(13, '0').slice(-length);
        const right = Array.from('0123456789').filter((digit) => isGtin(`${stem}${digit}`));
        expect(right).toHaveLength(1);
        expect(isGtin(`${stem}${right[0]}`.slice(0, 6))).toBe(false);
      }),
    );
  });
});

describe('the price of a base unit', () => {
  it.each([
    ['65000', undefined, 65_000],
    ['325000', '5', 65_000],
    ['100', '3', 33],
    ['200', '3', 67],
    ['1', '2', 1],
    ['100', '0.25', 400],
    ['9007199254740991', '1', 9_007_199_254_740_991],
    ['9007199254740991', '0.5', undefined],
  ])('of %s for %s base units is %s', (amountNet, packFactor, price) => {
    expect(pricePerBaseUnit({ amountNet, packFactor })).toBe(price);
  });
});

describe('what a product is known by', () => {
  const product = { group: 'paper', brand: 'Mẫu', supplier: 'S', model: 'GX-70', aliases: ['gx 70', 'GX70 Plus', '—'] };

  it('is its model and each other spelling once, in its group and under its brand', () => {
    expect(identitiesOf(product)).toEqual(['paper|mau|GX70', 'paper|mau|GX70PLUS']);
    expect(identitiesOf({ ...product, brand: undefined, model: undefined, aliases: [] })).toEqual([]);
    expect(identitiesOf({ ...product, brand: undefined, aliases: [] })).toEqual(['paper|s|GX70']);
  });

  it('has a place in the product', () => {
    expect(placeOfIdentity(product, ['paper|mau|GX70'])).toBe('/model');
    expect(placeOfIdentity(product, ['paper|mau|GX70PLUS'])).toBe('/aliases/1');
  });
});
