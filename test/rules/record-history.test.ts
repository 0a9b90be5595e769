import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { canonicalJson } from '../../server/core/canonical.rules.ts';
import { changesBetween, undo } from '../../server/core/change.rules.ts';
import {
  firstMisfit,
  omittedFields,
  recordedState,
  statesAfter,
  withEntry,
  type HistoryEntry,
  type State,
} from '../../server/core/history.rules.ts';
import { createTally } from './arbitraries.ts';
import { naiveHash, naiveHashes, naiveText } from './naive/history.ts';

const chain = { collection: 'notes', hash: naiveHash };

// Few names and values, so that two states often share some of them.
const aName = fc.constantFrom('a', 'b', 'c', 'a/b', '~', 'é', '10', '9');
const { value: aValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.oneof(fc.nat(2), fc.constantFrom('', 'x', 'Đ', null, true, -0.5)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(aName, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const aState: fc.Arbitrary<State> = fc.dictionary(aName, aValue, { maxKeys: 5, noNullPrototype: true });
/** States one after the other; some only add to a list of the one before. */
const aLife = fc
  .array(fc.oneof(aState, fc.record({ push: aName, value: aValue })), { minLength: 1, maxLength: 6 })
  .map((steps) => {
    const states: State[] = [];
    for (const step of steps) {
      const before = states.at(-1) ?? {};
      const list = before[step['push'] as string];
      const next = Array.isArray(list)
        ? { ...before, [step['push'] as string]: [...(list as unknown[]), step['value']] }
        : step;
      if (naiveText(next) !== naiveText(states.at(-1) ?? null)) states.push(next);
    }
    return states;
  });

function historyOf(states: State[]): HistoryEntry[] {
  return states.reduce<HistoryEntry[]>((history, state, index) => {
    const before = index === 0 ? [] : changesBetween(states[index - 1], state);
    return withEntry(chain, history, {
      by: { id: `actor-${index % 2}` },
      at: `t${index}`,
      action: 'changed',
      state,
      before,
    });
  }, []);
}

/** Every place of a JSON value that holds no other. */
function leavesOf(value: unknown, path: string[] = []): string[][] {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0
    ? Object.entries(value).flatMap(([name, part]) => leavesOf(part, [...path, name]))
    : [path];
}

function withLeaf<T>(value: T, [name, ...rest]: string[]): T {
  if (name === undefined) return `${JSON.stringify(value)} changed` as T;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[name] = withLeaf(copy[name], rest);
  return copy as T;
}

describe('what a write changed', () => {
  it('takes the state after it back to the one before', () => {
    const seen = createTally();
    fc.assert(
      fc.property(aLife, (states) => {
        for (const [index, state] of states.entries()) {
          const before = states[index - 1] ?? {};
          const changes = changesBetween(before, state);
          seen.runs();
          seen.hit(
            'a list grew',
            changes.some(({ length }) => length !== undefined),
          );
          seen.hit(
            'deep',
            changes.some(({ path }) => path.split('/').length > 2),
          );
          seen.hit('nothing', changes.length === 0);
          expect(undo(state, changes)).toEqual(before);
          expect(changes.length === 0).toBe(naiveText(before) === naiveText(state));
        }
      }),
      { numRuns: 1000 },
    );
    expect(seen.below(0.02, ['a list grew', 'deep', 'nothing'])).toEqual([]);
  });

  it('is told by the smallest places, and of a list that grew only by how long it was', () => {
    const before = { events: [{ on: 'monday' }, { on: 'tuesday' }], name: { vi: 'Một', en: 'One' } };
    const after = { events: [...before.events, { on: 'friday' }], name: { vi: 'Hai', en: 'One' }, note: 'new' };
    expect(changesBetween(before, after)).toEqual([
      { path: '/events', length: 2 },
      { path: '/name/vi', was: 'Một' },
      { path: '/note' },
    ]);
    expect(changesBetween({ list: [1, 2, 3] }, { list: [3, 1] })).toEqual([{ path: '/list', was: [1, 2, 3] }]);
  });
});

describe('a history', () => {
  it('has the hashes of one that kept every state, and gives every state back', () => {
    fc.assert(
      fc.property(aLife, (states) => {
        const history = historyOf(states);
        expect(history.map(({ hash }) => hash)).toEqual(naiveHashes('notes', history, states));
        expect(statesAfter(history, states.at(-1)!)).toEqual(states);
        expect(firstMisfit(chain, history, states.at(-1)!)).toBeNull();
        expect(canonicalJson(history)).toBe(naiveText(history));
      }),
      { numRuns: 500 },
    );
  });

  it('does not fit where a leaf of the record or of an entry is another, or an entry is gone or elsewhere', () => {
    fc.assert(
      fc.property(aLife, fc.nat(), fc.nat(), (states, one, other) => {
        const [history, state] = [historyOf(states), states.at(-1)!];
        const misfit = (changed: HistoryEntry[], now = state) => firstMisfit(chain, changed, now);
        const [leaf, ofEntry] = [leavesOf(state), leavesOf(history)].map(
          (all, at) => all[[one, other][at]! % all.length]!,
        );
        expect(misfit(history, withLeaf(state, leaf!))).not.toBeNull();
        const found = misfit(withLeaf(history, ofEntry!));
        expect(found!.seq).toBeLessThanOrEqual(Number(ofEntry![0]) + 1);
        const removed = one % history.length;
        expect(misfit(history.toSpliced(removed, 1))).not.toBeNull();
        // One that closes up behind what it took out is found as well.
        const closed = history.toSpliced(removed, 1).map((entry, at) => ({ ...entry, seq: at + 1 }));
        expect(misfit(closed)).not.toBeNull();
        if (history.length < 2) return;
        const swapped = history.with(0, history[1]!).with(1, history[0]!);
        expect(misfit(swapped)).toEqual({ seq: 1, why: 'out of order' });
        expect(misfit(swapped.map((entry, at) => ({ ...entry, seq: at + 1 })))).not.toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  it('leaves out what is derived, also inside of lists', () => {
    const omitted = omittedFields(['found', 'lines.green', 'lines.seen.by', 'lines.seen.at']);
    const line = { no: 1, green: 'yes', seen: { by: 'x', at: 'y', on: 'z' } };
    expect(recordedState({ found: [1], lines: [line], name: undefined, kept: null }, omitted)).toEqual({
      lines: [{ no: 1, seen: { on: 'z' } }],
      kept: null,
    });
  });
});
