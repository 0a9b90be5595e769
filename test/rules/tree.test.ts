import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { datedTree, type AgencyPlace } from '../../server/organisations/tree.rules.ts';
import { dayText, dayNumber, daysAfter } from './naive/days.ts';
import { goesRound, naiveLineage, naiveParent } from './naive/tree.ts';

const opening = dayNumber('2024-01-01');
const span = 40;
const days = Array.from({ length: span + 1 }, (_, at) => dayText(opening + at));

/** Agencies in any order below each other, moved up to three times; those that would stand above themselves are left out. */
const agencies: fc.Arbitrary<AgencyPlace[]> = fc
  .array(fc.array(fc.record({ parent: fc.nat(7), from: fc.nat(span), length: fc.nat(span) }), { maxLength: 4 }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((rows) =>
    rows.map((moves, at) => {
      const starts = [...new Set(moves.map(({ from }) => from))].toSorted((a, b) => a - b);
      const parents = starts.flatMap((start, index) => {
        const { parent, length } = moves.find(({ from }) => from === start)!;
        if (parent >= rows.length) return [];
        const end = Math.min(start + length, (starts[index + 1] ?? span + 99) - 1);
        return [
          {
            code: `A${parent}`,
            ...(start > 0 && { from: dayText(opening + start) }),
            ...(end < span && { through: dayText(opening + end) }),
          },
        ];
      });
      return { code: `A${at}`, parents };
    }),
  )
  .filter((rows) => rows.every(({ code }) => days.every((day) => !goesRound(rows, code, day))));

const top = fc.option(
  fc.nat(7).map((number) => `A${number}`),
  { nil: null },
);

describe('the tree of agencies, which is another one from day to day', () => {
  it('gives the lineage, the children and the subtree of every day as a walk over the lists does', () => {
    fc.assert(
      fc.property(agencies, fc.constantFrom(...days), (rows, day) => {
        const tree = datedTree(rows);
        for (const { code } of rows) {
          expect(tree.lineageOn(code, day)).toEqual(naiveLineage(rows, code, day));
          const below = rows.filter((row) => naiveLineage(rows, row.code, day).includes(code)).map((row) => row.code);
          expect(tree.subtreeOn(code, day).toSorted()).toEqual(below);
        }
        const roots = rows.filter(({ code }) => naiveParent(rows, code, day) === null).map(({ code }) => code);
        expect(tree.childrenOn(null, day)).toEqual(roots);
      }),
    );
  });

  it('puts each agency on one branch of a top, or says that it does not stand below it', () => {
    fc.assert(
      fc.property(agencies, top, fc.constantFrom(...days), (rows, above, day) => {
        const tree = datedTree(rows);
        for (const { code } of rows) {
          const lineage = naiveLineage(rows, code, day);
          const at = above === null ? lineage.length : lineage.indexOf(above);
          const expected = at === 0 ? 'self' : at < 0 ? 'unknown' : lineage[at - 1];
          expect(tree.branchOn(above, code, day)).toBe(expected);
        }
      }),
    );
  });

  it('names for each agency the runs of days on which it stood at or below a top, each day once', () => {
    fc.assert(
      fc.property(agencies, fc.nat(7), (rows, number) => {
        const code = `A${number % rows.length}`;
        const members = datedTree(rows).membersOf(code);
        for (const day of days) {
          const listed = members.filter(({ from, through }) => from <= day && day <= through);
          const expected = rows.filter((row) => naiveLineage(rows, row.code, day).includes(code));
          expect(listed.flatMap((run) => run.agencies).toSorted()).toEqual(expected.map((row) => row.code));
        }
      }),
    );
  });

  it('is the same tree from one day of change to the next', () => {
    fc.assert(
      fc.property(agencies, (rows) => {
        const changes = datedTree(rows).changesWithin(days[0]!, days.at(-1)!);
        const moves = days.slice(1).filter((day) => {
          const before = daysAfter(day, -1);
          return rows.some(({ code }) => naiveParent(rows, code, day) !== naiveParent(rows, code, before));
        });
        expect(changes).toEqual(expect.arrayContaining(moves));
        expect(changes.every((day) => days.slice(1).includes(day))).toBe(true);
      }),
    );
  });

  it('counts an agency within its own dates only, and keeps its place after they ended', () => {
    const tree = datedTree([
      { code: 'TOP', parents: [] },
      { code: 'UNIT', from: '2024-02-01', through: '2025-06-30', parents: [{ code: 'TOP' }] },
    ]);
    expect(tree.isOpenWithin('UNIT', '2025-06-30', '2025-12-31')).toBe(true);
    expect(tree.isOpenWithin('UNIT', '2025-07-01', '2025-12-31')).toBe(false);
    expect(tree.isOpenWithin('UNIT', '2024-01-01', '2024-01-31')).toBe(false);
    expect(tree.isOpenWithin('NOBODY', '2024-01-01', '2024-01-31')).toBe(false);
    expect(tree.subtreeOn('TOP', '2026-01-01')).toEqual(['TOP', 'UNIT']);
  });

  it('ends every walk in a tree that goes round all the same, as two entries at once could make it', () => {
    const round = (code: string, parent: string) => ({ code, parents: [{ code: parent, from: '2024-01-10' }] });
    const tree = datedTree([round('A', 'C'), round('B', 'A'), round('C', 'B'), round('D', 'C'), round('E', 'E')]);
    const day = '2024-01-20';
    expect(tree.lineageOn('D', day)).toEqual(['D', 'C', 'B', 'A']);
    expect(tree.lineageOn('E', day)).toEqual(['E']);
    expect(tree.branchOn('A', 'D', day)).toBe('B');
    expect(tree.branchOn('E', 'D', day)).toBe('unknown');
    expect(tree.branchOn(null, 'D', day)).toBe('unknown');
    expect(tree.subtreeOn('A', day).toSorted()).toEqual(['A', 'B', 'C', 'D']);
    const named = (code: string) => tree.membersOf(code).flatMap(({ agencies: found }) => found);
    expect(new Set(named('A'))).toEqual(new Set(['A', 'B', 'C', 'D']));
    expect(named('E')).toEqual(['E']);
    expect(tree.lineageOn('D', '2024-01-09')).toEqual(['D']);
  });
});
