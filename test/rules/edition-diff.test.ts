import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { PriorityListEntry } from '../../schemas/types.d.ts';
import { diffEditions } from '../../server/priority-lists/diff.rules.ts';

const someEntries: fc.Arbitrary<PriorityListEntry[]> = fc.uniqueArray(
  fc.record({
    group: fc.constantFrom('a', 'b', 'c', 'd'),
    obligation: fc.constantFrom('mandatory' as const, 'preferred' as const),
    legalBasis: fc.constantFrom(undefined, 'Điều 1'),
    target: fc.constantFrom(undefined, { value: '0.3500' }, { value: '0.3500', by: '2030-12-31' }),
    accepts: fc.uniqueArray(
      fc.record({ scheme: fc.constantFrom('ECO', 'STAR'), minLevel: fc.constantFrom(undefined, '4') }),
      { selector: ({ scheme }) => scheme },
    ),
  }),
  { selector: ({ group }) => group },
);

function edition(code: string, effectiveFrom: string, entries: PriorityListEntry[]) {
  return { code, title: { vi: code }, effectiveFrom, status: 'published' as const, entries };
}

describe('what changes between two editions', () => {
  it('is read from the earlier to the later one, whichever is named first', () => {
    const old = edition('OLD', '2025-01-01', [
      { group: 'a', obligation: 'preferred', accepts: [{ scheme: 'ECO' }, { scheme: 'STAR', minLevel: '4' }] },
      { group: 'b', obligation: 'mandatory', accepts: [] },
      { group: 'c', obligation: 'mandatory', accepts: [{ scheme: 'ECO' }] },
    ]);
    const young = edition('NEW', '2026-01-01', [
      { group: 'a', obligation: 'preferred', accepts: [{ minLevel: '4', scheme: 'STAR' }, { scheme: 'ECO' }] },
      { group: 'c', obligation: 'preferred', accepts: [{ scheme: 'ECO', criteria: ['NSTVN 01:2023'] }] },
      { group: 'd', obligation: 'preferred', accepts: [] },
    ]);
    const diff = diffEditions(young, old);
    expect(diff).toMatchObject({ from: { code: 'OLD' }, to: { code: 'NEW' } });
    expect([diff.added, diff.removed]).toEqual([[young.entries[2]], [old.entries[1]]]);
    expect(diff.changed).toEqual([
      { group: 'c', before: old.entries[2], after: young.entries[1], fields: ['obligation', 'accepts'] },
    ]);
    expect(diffEditions(old, young)).toEqual(diff);
  });

  it('leads from the one to the other, and is empty between alike, on 500 pairs', () => {
    fc.assert(
      fc.property(someEntries, someEntries, (before, after) => {
        const { added, removed, changed } = diffEditions(
          edition('B', '2026-01-01', after),
          edition('A', '2025-01-01', before),
        );
        const gone = new Set(removed.map(({ group }) => group));
        const said = new Map(before.filter(({ group }) => !gone.has(group)).map((entry) => [entry.group, entry]));
        for (const { group, after: entry, before: was } of changed) {
          expect(was).toEqual(said.get(group));
          expect(was).not.toEqual(entry);
          said.set(group, entry);
        }
        for (const entry of added) said.set(entry.group, entry);
        const plain = (entries: PriorityListEntry[]) =>
          entries
            .map((entry) => ({ ...entry, accepts: entry.accepts.toSorted((a, b) => (a.scheme < b.scheme ? -1 : 1)) }))
            .toSorted((a, b) => (a.group < b.group ? -1 : 1));
        expect(plain([...said.values()])).toEqual(plain(after));
        expect(diffEditions(edition('A', '2025-01-01', before), edition('A', '2025-01-01', before))).toMatchObject({
          added: [],
          removed: [],
          changed: [],
        });
      }),
      { numRuns: 500 },
    );
  });
});
