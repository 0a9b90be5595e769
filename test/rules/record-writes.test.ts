import { describe, expect, it } from '@jest/globals';
import { system } from '../../server/core/author.rules.ts';
import type { Clock } from '../../server/core/clock.ts';
import { shareMessages } from '../../server/core/record-sharing.ts';
import { changeRecord, insertRecord } from '../../server/core/record-writes.ts';
import schema from '../../schemas/target.json' with { type: 'json' };
import type { Recorded, RecordsParts } from '../../server/core/records.ts';

type Note = Recorded & { id: string; source: string };
const [{ recordedAt: _then, revision: _first, ...target }] = schema.examples as unknown as [Note];

/** A store that is too slow for its first writes, and a clock that goes on a little at each look. */
function slowStore(tooSlow: number) {
  let at = Date.UTC(2026, 0, 1);
  let left = tooSlow;
  const clock: Clock = {
    now: () => new Date((at += 100)).toISOString(),
    today: () => '2026-01-01',
  };
  const limits: unknown[] = [];
  const kept: object[] = [];
  const write = async (document: object, options: { maxTimeMS?: number }) => {
    limits.push(options.maxTimeMS);
    left -= 1;
    if (left >= 0) throw Object.assign(new Error('operation exceeded time limit'), { code: 50 });
    kept.push(document);
    return { matchedCount: 1 };
  };
  const old = { ...target, _id: 'n', source: 'old', recordedAt: 'then', revision: 1 };
  const model = {
    schema: { pathType: () => 'real' },
    collection: {
      insertMany: ([document]: object[], options: object) => write(document!, options),
      find: () => ({ toArray: async () => [old] }),
    },
    // None of the late ones is there.
    find: () => ({ lean: async () => [] }),
    replaceOne: (_filter: object, next: object, options: object) => write(next, options),
  };
  const parts = { model, schema: 'target', clock, demo: false } as unknown as RecordsParts;
  return { parts: shareMessages<Note>(parts), kept, limits };
}

describe('a write that the store does not commit in time', () => {
  it('is taken again with a new recordedAt: a record that is entered', async () => {
    const { parts, kept, limits } = slowStore(2);
    const made: string[] = [];
    const inserted = await insertRecord<Note>(parts, (now) => (made.push(now), { ...target, source: 'new' }), {
      by: system,
    });
    expect(new Set(made).size).toBe(3);
    expect(inserted.recordedAt).toBe(made[2]);
    expect(kept).toEqual([expect.objectContaining({ source: 'new', recordedAt: made[2] })]);
    // Together with what is done before the write, less than the 2 s after which knowledge is settled.
    expect(limits).toEqual([1500, 1500, 1500]);
  });

  it('is taken again with a new recordedAt: an event that is added', async () => {
    const { parts, kept } = slowStore(2);
    const made: string[] = [];
    const change = (before: Note, now: string) => (made.push(now), { ...before, source: now });
    const changed = await changeRecord<Note>(parts, { id: 'n', change, options: { by: system } });
    expect(new Set(made).size).toBe(3);
    expect(changed).toMatchObject({ source: made[2], revision: 2 });
    expect(kept).toEqual([expect.objectContaining({ source: made[2] })]);
  });
});
