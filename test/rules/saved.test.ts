import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { SavedSearch } from '../../schemas/types.d.ts';
import { isSame, tidied, withKept, withSeen } from '../../server/saved/list.rules.ts';

const now = '2026-11-24T03:00:00.000Z';
const instants = ['2026-03-01T00:00:00.000Z', '2026-05-01T00:00:00.000Z', undefined];
const questions = fc.record({
  page: fc.constantFrom('search' as const, 'share' as const),
  name: fc.constantFrom('A', 'B'),
  query: fc.constantFrom('?q=a', '?q=b'),
  seenUntil: fc.constantFrom(...instants),
});
const lists = fc
  .array(questions, { maxLength: 8 })
  .map((items) => items.map((item, at): SavedSearch => ({ ...item, id: `id-${at}`, keptAt: now })));

describe('what a person keeps', () => {
  it('holds each question once, in its order, whatever is added where', () => {
    fc.assert(
      fc.property(lists, lists, fc.option(fc.nat(9), { nil: undefined }), (before, added, place) => {
        const list = withKept([], before);
        const next = withKept(
          list,
          added.map((one) => ({ ...one, id: `new ${one.id}` })),
          place,
        );
        expect(next.every((one, at) => next.findIndex((other) => isSame(one, other)) === at)).toBe(true);
        for (const one of [...list, ...added]) expect(next.filter((other) => isSame(one, other))).toHaveLength(1);
        const known = new Set(list.map(({ id }) => id));
        expect(next.filter(({ id }) => known.has(id)).map(({ id }) => id)).toEqual([...known]);
      }),
    );
  });

  it('moves what was seen on and never back', () => {
    fc.assert(
      fc.property(lists, fc.constantFrom(...instants.slice(0, 2)), (list, until) => {
        const next = withSeen(list, ['id-0', 'id-2', 'gone'], until!);
        for (const [at, { seenUntil = '' }] of list.entries()) {
          const moved = next[at]!.seenUntil ?? '';
          expect(moved).toBe([0, 2].includes(at) && seenUntil < until! ? until : seenUntil);
        }
      }),
    );
  });

  it('is seen up to no later than now, whatever the sender says, and has no spaces around its name', () => {
    const sent = { page: 'search', name: '  Giấy ', query: '?q=giay' } as const;
    expect(tidied({ ...sent, seenUntil: '2026-11-24T09:00:00+07:00' }, now)).toEqual({
      ...sent,
      name: 'Giấy',
      seenUntil: '2026-11-24T02:00:00.000Z',
    });
    expect(tidied({ ...sent, seenUntil: '2099-01-01T00:00:00Z' }, now).seenUntil).toBe(now);
  });
});
