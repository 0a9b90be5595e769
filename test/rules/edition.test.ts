import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { editionInForce } from '../../server/priority-lists/edition.rules.ts';
import { aDay, anInstant, someFacts } from './arbitraries.ts';
import { naiveEdition } from './naive/decision.ts';

describe('the edition in force', () => {
  const editions = [
    { code: 'draft', status: 'draft' as const, effectiveFrom: '2024-06-01' },
    {
      code: 'second',
      status: 'published' as const,
      effectiveFrom: '2025-01-01',
      publishedAt: '2025-03-01T00:00:00.000Z',
    },
    {
      code: 'first',
      status: 'published' as const,
      effectiveFrom: '2024-01-01',
      publishedAt: '2023-12-01T00:00:00.000Z',
    },
  ];
  const late = '2026-01-01T00:00:00.000Z';

  it.each([
    ['before the first takes effect', '2023-12-31', late, undefined],
    ['on the day the first takes effect', '2024-01-01', late, 'first'],
    ['on the day before the second', '2024-12-31', late, 'first'],
    ['on the day of the second', '2025-01-01', late, 'second'],
    ['of the second, before it was published', '2025-02-01', '2025-02-28T23:59:59.999Z', 'first'],
    [
      'of the second, once it was published with effect from before',
      '2025-02-01',
      '2025-03-01T00:00:00.000Z',
      'second',
    ],
  ])('%s is the newest published one', (...[, on, knownAt, code]) => {
    expect(editionInForce(editions, on, knownAt)?.code).toBe(code);
  });

  it('never changes for what was known at an instant, whatever correction is recorded later', () => {
    fc.assert(
      fc.property(someFacts, aDay, anInstant, ({ editions: some }, on, knownAt) => {
        const then = some.map((edition) => {
          const all = edition.corrections ?? [];
          const corrections = all.filter(({ recordedAt }) => recordedAt <= knownAt);
          return Object.assign({}, edition, {
            corrections,
            revision: edition.revision - (all.length - corrections.length),
          });
        });
        expect(JSON.stringify(editionInForce(some, on, knownAt))).toBe(
          JSON.stringify(editionInForce(then, on, knownAt)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('is the one that a walk from edition to edition finds', () => {
    fc.assert(
      fc.property(someFacts, aDay, anInstant, ({ editions: some }, on, knownAt) => {
        const [found, expected] = [editionInForce(some, on, knownAt), naiveEdition(some, on, knownAt)];
        expect([found?.code, found?.entries]).toEqual([expected?.code, expected?.entries]);
      }),
      { numRuns: 500 },
    );
  });
});
