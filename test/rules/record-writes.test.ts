import { describe, expect, it } from '@jest/globals';
import type { Clock } from '../../server/core/clock.ts';
import { changeRecord, insertRecord } from '../../server/core/record-writes.ts';
import type { Recorded, RecordsParts } from '../../server/core/records.ts';

type Note = Recorded & { id: string; text: string };

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
  class Model {
    readonly #document: object;
    constructor(document: object) {
      this.#document = document;
    }
    save = (options: object) => write(this.#document, options);
    static findById = () => ({ lean: async () => ({ _id: 'n', text: 'old', recordedAt: 'then', revision: 1 }) });
    static replaceOne = (_filter: object, next: object, options: object) => write(next, options);
  }
  const parts = { model: Model, schema: 'target', clock, demo: false } as unknown as RecordsParts;
  return { parts, kept, limits };
}

describe('a write that the store does not commit in time', () => {
  it('is taken again with a new recordedAt: a record that is entered', async () => {
    const { parts, kept, limits } = slowStore(2);
    const made: string[] = [];
    const inserted = await insertRecord<Note>(parts, (now) => (made.push(now), { text: 'new' }), {});
    expect(new Set(made).size).toBe(3);
    expect(inserted.recordedAt).toBe(made[2]);
    expect(kept).toEqual([expect.objectContaining({ text: 'new', recordedAt: made[2] })]);
    // Together with what is done before the write, less than the 2 s after which knowledge is settled.
    expect(limits).toEqual([1500, 1500, 1500]);
  });

  it('is taken again with a new recordedAt: an event that is added', async () => {
    const { parts, kept } = slowStore(2);
    const made: string[] = [];
    const change = (before: Note, now: string) => (made.push(now), { ...before, text: now });
    const changed = await changeRecord<Note>(parts, { id: 'n', change, options: {} });
    expect(new Set(made).size).toBe(3);
    expect(changed).toMatchObject({ text: made[2], revision: 2 });
    expect(kept).toEqual([expect.objectContaining({ text: made[2] })]);
  });
});
