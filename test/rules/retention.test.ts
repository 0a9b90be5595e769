import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { removalFault, retainUntil, retention } from '../../server/evidence/retention.rules.ts';

const aDate = fc
  .date({ min: new Date('2022-01-01'), max: new Date('2040-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const aPurchase = fc.record({ basisDate: aDate, settledOn: aDate }, { requiredKeys: ['basisDate'] });
const fiveYearsOn = (day: string) => `${Number(day.slice(0, 4)) + 5}${day.slice(4)}`;

describe('the time for which evidence of a purchase is kept', () => {
  it('is five years from the settlement where it is known, and never less than from the basis date', () => {
    fc.assert(
      fc.property(aPurchase, ({ basisDate, settledOn = '' }) => {
        const from = settledOn > basisDate ? settledOn : basisDate;
        fc.pre(!from.endsWith('-02-29'));
        expect(retainUntil({ basisDate, ...(settledOn !== '' && { settledOn }) })).toBe(fiveYearsOn(from));
      }),
    );
    expect(retainUntil({ basisDate: '2024-02-29' })).toBe('2029-02-28');
  });

  it('is that of the purchase that wants it longest, whatever order they stand in, and says where a day is not known', () => {
    fc.assert(
      fc.property(fc.array(aPurchase, { maxLength: 4 }), fc.option(aDate, { nil: undefined }), (purchases, told) => {
        const days = [...purchases.map(retainUntil), ...(told === undefined ? [] : [told])];
        const isUnknown = purchases.some(({ settledOn }) => settledOn === undefined);
        const last = days.toSorted().at(-1);
        const file = told === undefined ? {} : { retainUntil: told };
        expect(retention(file, purchases)).toEqual({
          ...(last !== undefined && { retainUntil: last }),
          ...(isUnknown && { settlementUnknown: true }),
        });
        for (const day of days)
          expect(removalFault({ uses: [], ...retention(file, purchases) }, day)).toMatchObject({ on: last });
      }),
    );
  });
});
