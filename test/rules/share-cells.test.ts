import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Tier } from '../../schemas/types.d.ts';
import { isSameCell, readCell, scanCell, writeCell } from '../../server/green-share/cell-columns.rules.ts';
import { addCell, addPurchase, takeCell, type Cell } from '../../server/green-share/cell.rules.ts';
import { createShareFold, isOverTheWhole } from '../../server/green-share/share.rules.ts';
import { instantOf } from './arbitraries.ts';
import { aDecision, aLine, aPurchase, green, groupings, somePurchases } from './share-arbitraries.ts';

const knownAt = instantOf(60);
const question = fc.record({
  tiers: fc.uniqueArray(fc.constantFrom<Tier>('A', 'B', 'C'), { minLength: 1, maxLength: 3 }),
  groupBy: fc.constantFrom(...groupings, undefined),
});

/** One cell for each agency and month, as it comes back from the store. */
function cellsOf(purchases: Parameters<typeof addPurchase>[1][]): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  for (const purchase of purchases) {
    const key = `${purchase.basisDate.slice(0, 7)} ${purchase.agency}`;
    if (!cells.has(key)) cells.set(key, {});
    addPurchase(cells.get(key)!, purchase, { knownAt });
  }
  return new Map([...cells].map(([key, cell]) => [key, readCell(structuredClone(writeCell(cell)))]));
}

describe('the cells of a share', () => {
  it('give the figure of the lines for every tiers and grouping, by agency or summed over the month', () => {
    fc.assert(
      fc.property(somePurchases, question, (purchases, asked) => {
        const [lines, cells, sums] = [createShareFold(asked), createShareFold(asked), createShareFold(asked)];
        for (const purchase of purchases) lines.add(purchase, knownAt);
        const months = new Map<string, Cell>();
        for (const [key, cell] of cellsOf(purchases)) {
          const month = key.slice(0, 7);
          cells.addCell(cell, `${month}-01`);
          if (!months.has(month)) months.set(month, {});
          addCell(months.get(month)!, cell);
        }
        for (const [month, cell] of months) sums.addCell(scanCell(writeCell(cell)), `${month}-01`);
        expect(cells.result()).toEqual(lines.result());
        expect(sums.result()).toEqual(lines.result());
      }),
      { numRuns: 400 },
    );
  });

  it('give the figure of the lines where agencies are hidden, whose lines are in no group but `withheld`', () => {
    const isHidden = (agency: string) => agency === 'bo';
    let compared = 0;
    fc.assert(
      fc.property(somePurchases, question, (purchases, asked) => {
        const hiding = { ...asked, isHidden };
        const [lines, sums, open] = [createShareFold(hiding), createShareFold(hiding), createShareFold(asked)];
        for (const purchase of purchases) lines.add(purchase, knownAt);
        for (const purchase of purchases) if (!isHidden(purchase.agency)) open.add(purchase, knownAt);
        const months = new Map<string, { sum: Cell; hidden: Cell[] }>();
        for (const [key, cell] of cellsOf(purchases)) {
          const [month, agency] = [key.slice(0, 7), key.slice(8)];
          if (!months.has(month)) months.set(month, { sum: {}, hidden: [] });
          addCell(months.get(month)!.sum, cell);
          if (isHidden(agency)) months.get(month)!.hidden.push(cell);
        }
        for (const [month, { sum, hidden }] of months) {
          for (const cell of hidden) {
            takeCell(sum, cell);
            sums.addCell(cell, `${month}-01`);
          }
          sums.addCell(sum, `${month}-01`);
        }
        expect(sums.result()).toEqual(lines.result());
        if (isOverTheWhole(asked.groupBy) || asked.groupBy === undefined) return;
        const { groups } = lines.result();
        const withheld = groups.find(({ key }) => key === 'withheld');
        if (withheld === undefined) return;
        // One hidden agency alone takes the smallest group with it; every other group is that of the agencies shown.
        const shown = open.result().groups;
        expect(groups).toHaveLength(Math.max(1, shown.length));
        expect(shown).toEqual(expect.arrayContaining(groups.filter((group) => group !== withheld)));
        compared += 1;
      }),
      { numRuns: 400 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  it('do not depend on the order in which purchases are added', () => {
    fc.assert(
      fc.property(somePurchases, (purchases) => {
        const [one, other]: [Cell, Cell] = [{}, {}];
        for (const purchase of purchases) addPurchase(one, purchase, { knownAt });
        for (const purchase of purchases.toReversed()) addPurchase(other, purchase, { knownAt });
        expect(isSameCell(one, other)).toBe(true);
        addPurchase(other, aPurchase([aLine(1, '1')]), { knownAt });
        expect(isSameCell(one, other)).toBe(false);
      }),
    );
  });

  it('keep sums beyond 2^53 to the đồng', () => {
    const cell: Cell = {};
    for (let at = 0; at < 3; at++) addPurchase(cell, aPurchase([aLine(1, '9007199254740991')]), { knownAt });
    const share = createShareFold({ tiers: ['A'] });
    share.addCell(readCell(writeCell(cell)), '2026-03-01');
    expect(share.result().measures.M1.denominator).toBe('27021597764222973');
  });
});

describe('what a share counts', () => {
  const fold = (purchases: Parameters<typeof addPurchase>[1][]) => {
    const share = createShareFold({ tiers: ['A'] });
    for (const purchase of purchases) share.add(purchase, knownAt);
    return share.result();
  };

  it('is đồng alone; another currency is shown apart and never summed', () => {
    const { measures, lines, foreign } = fold([
      aPurchase([aLine(1, '5')]),
      aPurchase([aLine(1, '700'), aLine(2, '1')], { currency: 'USD' }),
      aPurchase([aLine(1, '30')], { currency: 'EUR' }),
    ]);
    expect([measures.M1.denominator, lines]).toEqual(['5', 1]);
    expect(foreign).toEqual([
      { currency: 'EUR', amount: '30', lines: 1 },
      { currency: 'USD', amount: '701', lines: 2 },
    ]);
  });

  it('is call-offs and not their framework', () => {
    const { measures } = fold([
      aPurchase([aLine(1, '1000')], { kind: 'framework' }),
      aPurchase([aLine(1, '40')], { kind: 'callOff' }),
    ]);
    expect([measures.M1.denominator, measures.M4.denominator]).toEqual(['40', '1']);
  });

  it('has exempt lines in every denominator, and says how much they are', () => {
    const exemption = { code: 'NO_FIT' as const, text: 'Không phù hợp' };
    const { measures, exempt } = fold([
      aPurchase([
        aLine(1, '60', { green: green('A') }),
        aLine(2, '40', { exemption, green: aDecision({ inScope: true }) }),
      ]),
    ]);
    expect([measures.M1.denominator, measures.M2.denominator]).toEqual(['100', '100']);
    expect(exempt).toEqual({ amount: '40', lines: 1 });
  });
});
