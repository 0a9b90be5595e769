import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Organisation, OrganisationChange } from '../../schemas/types.d.ts';
import { refuseAct } from '../../server/organisations/mandate.rules.ts';
import { hiddenAgencies, withheldKeys } from '../../server/organisations/publication.rules.ts';
import { organisationOn, stateOf, withState, type NewState } from '../../server/organisations/state.rules.ts';
import { instantOf } from './arbitraries.ts';
import { dayNumber, dayText } from './naive/days.ts';
import { naiveAbove, naiveKnown, naiveName, type Recorded } from './naive/organisation.ts';

const opening = dayNumber('2025-01-01');
const aDay = fc.integer({ min: opening, max: opening + 60 }).map(dayText);

/** Runs of days, one after the other, that begin after the first days and leave some free. */
const runs = fc
  .uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 6 })
  .map((cuts) => cuts.toSorted((a, b) => a - b))
  .map((cuts) =>
    cuts.flatMap((start, at) => {
      if (at % 2 === 1) return [];
      const end = cuts[at + 1];
      return [{ from: dayText(opening + start), ...(end !== undefined && { through: dayText(opening + end - 1) }) }];
    }),
  );

const aChange: fc.Arbitrary<OrganisationChange> = fc
  .record({ name: fc.nat(9), names: runs, parent: fc.option(fc.nat(3), { nil: undefined }), parents: runs })
  .map(({ name, names, parent, parents }) => ({
    kind: 'agency',
    name: { vi: `Tên ${name}` },
    names: names.map((days, at) => ({ name: { vi: `Tên khác ${at}` }, ...days })),
    ...(parent !== undefined && { parent: `P${parent}` }),
    parents: parents.map((days, at) => ({ code: `Q${at}`, ...days })),
  }));

const aLog: fc.Arbitrary<Recorded[]> = fc
  .uniqueArray(fc.nat(20), { minLength: 1, maxLength: 5 })
  .chain((steps) =>
    fc.tuple(
      ...steps.toSorted((a, b) => a - b).map((step) => aChange.map((change) => ({ at: instantOf(step), change }))),
    ),
  );

/** The record as the register would hold it after everything in the log. */
function recordOf(log: Recorded[]): Organisation {
  const [first, ...later] = log;
  const begin = {
    ...(stateOf('X', first!.change) as NewState),
    code: 'X',
    kind: 'agency' as const,
    name: first!.change.name,
    knownFrom: first!.at,
    recordedAt: first!.at,
    revision: 1,
  };
  return later.reduce<Organisation>(
    (record, { at, change }) => ({
      ...withState(record, stateOf('X', change) as NewState, at),
      revision: record.revision + 1,
    }),
    begin,
  );
}

describe('an organisation on a day, as known at an instant', () => {
  it('has the name and the agency above that the last entry known by then gives for the day', () => {
    fc.assert(
      fc.property(aLog, aDay, fc.nat(21).map(instantOf), (log, day, knownAt) => {
        const found = organisationOn(recordOf(log), day, knownAt);
        const known = naiveKnown(log, knownAt);
        expect(found && [found.name.vi, found.parent]).toEqual(
          known === undefined ? null : [naiveName(known, day), naiveAbove(known, day)],
        );
      }),
    );
  });

  it('is told in the same words before and after everything that was recorded later', () => {
    fc.assert(
      fc.property(aLog, fc.nat(5), aDay, (log, kept, day) => {
        const early = log.slice(0, kept + 1);
        const knownAt = early.at(-1)!.at;
        const before = organisationOn(recordOf(early), day, knownAt);
        expect(organisationOn(recordOf(log), day, knownAt)).toEqual(before);
      }),
    );
  });

  it('takes back what it tells: a state entered again says the same', () => {
    fc.assert(
      fc.property(aChange, aDay, (change, day) => {
        const told = organisationOn(recordOf([{ at: instantOf(0), change }]), day, instantOf(1))!;
        const { names, parents = [], name, parent } = told;
        const again = stateOf('X', { kind: 'agency', name, names, parents, ...(parent && { parent }) }) as NewState;
        expect([again.names, again.parents ?? []]).toEqual([names, parents]);
      }),
    );
  });
});

describe('who certifies what', () => {
  const mandate = { scheme: 'VN-ECOLABEL', groups: ['office-paper'], from: '2025-01-01', through: '2025-12-31' };
  const act = { scheme: 'VN-ECOLABEL', groups: ['office-paper'], on: '2025-06-01' };

  it('checks scheme, the products’ groups and the day of the act', () => {
    const body = { mayCertify: [mandate, { scheme: 'FSC' }] };
    expect(refuseAct(body, act)).toBeNull();
    expect(refuseAct(body, { ...act, scheme: 'EU-ECOLABEL' })).toBe('scheme');
    expect(refuseAct(body, { ...act, on: '2026-01-01' })).toBe('day');
    expect(refuseAct(body, { ...act, on: '2024-12-31' })).toBe('day');
    expect(refuseAct(body, { ...act, groups: ['office-paper', 'printer'] })).toBe('groups');
    expect(refuseAct({}, act)).toBe('scheme');
  });

  it('means always where it has no dates, and every group where it names none', () => {
    fc.assert(
      fc.property(aDay, fc.array(fc.string()), (on, groups) => {
        expect(refuseAct({ mayCertify: [{ scheme: 'FSC' }] }, { scheme: 'FSC', groups, on })).toBeNull();
      }),
    );
  });
});

describe('what a public answer leaves out', () => {
  const below: Record<string, string[]> = { A: ['A', 'B', 'C'], B: ['B', 'C'], C: ['C'], D: ['D'] };

  it('hides an agency that does not publish and all below it, but not from its own', () => {
    expect([...hiddenAgencies(['A'], (code) => below[code]!, [])]).toEqual(['A', 'B', 'C']);
    expect([...hiddenAgencies(['A', 'D'], (code) => below[code]!, ['B', 'C'])]).toEqual(['A', 'D']);
  });

  it('never leaves a remainder of one hidden agency: the smallest group goes with it', () => {
    const group = fc.record({ key: fc.stringMatching(/^[A-Z]{2}$/), size: fc.bigInt({ min: 0n, max: 50n }) });
    const groups = fc.uniqueArray(group, { selector: ({ key }) => key });
    fc.assert(
      fc.property(groups, fc.nat(3), (rows, hidden) => {
        const withheld = withheldKeys(rows, hidden);
        const left = rows.filter(({ key }) => !withheld.has(key));
        expect(withheld.size).toBe(hidden === 1 ? Math.min(1, rows.length) : 0);
        for (const { size } of left)
          expect(rows.filter(({ key }) => withheld.has(key)).every((row) => row.size <= size)).toBe(true);
      }),
    );
  });
});
