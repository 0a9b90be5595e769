import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { type Asked, fewest, lastWholeMonth, publishable, toldNumber } from '../../server/needs/publication.rules.ts';
import { readWants, writeWants } from '../../server/needs/wants.rules.ts';

const anAsk = fc.record<Asked>({
  month: fc.constantFrom('2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06'),
  agency: fc.integer({ min: 1, max: 14 }).map((number) => `A${number}`),
  province: fc.constant(null),
  wants: fc.constantFrom('', 'size=A4', 'size=A3', 'grammage=80', 'grammage=80&size=A4'),
  count: fc.integer({ min: 1, max: 9 }),
});
/** An agency stands in one province, and some nowhere. */
const places = [null, '01', '01', '01', '01', '01', '01', '79', '79', '79', '79', '79', '48', null];
const asks = fc
  .array(anAsk, { maxLength: 60 })
  .map((all) => all.map((ask) => ({ ...ask, province: places[Number(ask.agency.slice(1)) - 1] ?? null })));

const agenciesOf = (all: Asked[]) => new Set(all.map(({ agency }) => agency)).size;
const sum = (all: Asked[]) => all.reduce((total, { count }) => total + count, 0);
const isSafe = (all: Asked[]) => all.length === 0 || agenciesOf(all) >= fewest;

describe('what of the asks is told', () => {
  it('is a sum over five agencies, whichever one is taken from another: months, provinces, attributes, what is left', () => {
    fc.assert(
      fc.property(asks, (all) => {
        const months = [...new Set(all.map(({ month }) => month))].toSorted();
        /** What an observer who came by each month learns: the asks that a month added to what was told. */
        let before: Asked[] = [];
        for (const month of months) {
          const sofar = all.filter((ask) => ask.month <= month);
          const told = publishable(sofar);
          const inside =
            told === null ? [] : sofar.filter((ask) => told.from <= ask.month && ask.month <= told.through);
          const added = inside.filter((ask) => !before.includes(ask));
          expect(before.every((ask) => inside.includes(ask))).toBe(true);
          expect([isSafe(inside), isSafe(added)]).toEqual([true, true]);
          expect([told?.asks ?? 0, told?.agencies.size ?? 0]).toEqual([sum(inside), agenciesOf(inside)]);
          before = inside;
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each(['byProvince', 'byWants'] as const)('leaves no part to be worked out from the others: %s', (part) => {
    const keyOf = ({ province, wants }: Asked) => (part === 'byProvince' ? province : wants || null);
    fc.assert(
      fc.property(asks, (all) => {
        // One run of months: told together.
        const run = all.map((ask) => ({ ...ask, month: '2026-01' }));
        const told = publishable(run);
        const parts = [...(told?.[part] ?? new Map<string, { asks: number; agencies: Set<string> }>())];
        for (const [key, { asks: own, agencies }] of parts) {
          const meant = run.filter((ask) => keyOf(ask) === key);
          expect([own, agencies.size, isSafe(meant)]).toEqual([sum(meant), agenciesOf(meant), true]);
        }
        const left = run.filter((ask) => !parts.some(([key]) => key === keyOf(ask)));
        expect(told === null || isSafe(left)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('gives up a part whose absence would tell of the four that are left', () => {
    const of = (province: string | null, from: number, to: number): Asked[] =>
      Array.from({ length: to - from }, (_, at) => ({
        month: '2026-01',
        agency: `A${from + at}`,
        province,
        wants: '',
        count: 1,
      }));
    const told = publishable([...of('01', 0, 8), ...of('79', 8, 13), ...of('48', 13, 17)]);
    expect(told?.asks).toBe(17);
    expect([...(told?.byProvince.keys() ?? [])]).toEqual(['01']);
    expect([...(publishable([...of('01', 0, 8), ...of('79', 8, 13)])?.byProvince.keys() ?? [])]).toEqual(['01', '79']);
    expect(publishable(of('01', 0, 4))).toBeNull();
  });

  it('tells numbers of agencies by steps, and only months that are over', () => {
    expect([4, 5, 9, 10, 49, 1234].map(toldNumber)).toEqual([0, 5, 5, 10, 20, 1000]);
    expect(['2026-03-01', '2026-01-31'].map(lastWholeMonth)).toEqual(['2026-02', '2025-12']);
  });
});

describe('attributes asked for', () => {
  it('are one text however they were asked for, and are read from it', () => {
    expect(writeWants({ size: 'A4, A3,A4', grammage: '80' })).toBe('grammage=80&size=A3,A4');
    expect(writeWants({ grammage: '80', size: 'A3,A4' })).toBe('grammage=80&size=A3,A4');
    expect(readWants('grammage=80&size=A3,A4')).toEqual({ grammage: '80', size: 'A3,A4' });
    expect([writeWants({}), readWants('')]).toEqual(['', {}]);
  });
});
