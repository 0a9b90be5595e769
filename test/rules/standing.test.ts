import { describe, expect, it } from '@jest/globals';
import { inOrder, standingAfter, type Standing } from '../../server/certificates/standing.rules.ts';

const types = [
  'suspended',
  'reinstated',
  'surrendered',
  'revoked',
  'revokedAbInitio',
  'amended',
  'reissued',
  'corrected',
] as const;

describe('the standings of a certificate', () => {
  it.each<[Standing, (Standing | null)[]]>([
    ['valid', ['suspended', null, 'surrendered', 'revoked', 'void', 'valid', 'valid', 'valid']],
    ['suspended', [null, 'valid', 'surrendered', 'revoked', 'void', 'suspended', 'suspended', 'suspended']],
    ['surrendered', [null, null, null, null, 'void', null, null, 'surrendered']],
    ['revoked', [null, null, null, null, 'void', null, null, 'revoked']],
    ['void', [null, null, null, null, null, null, null, 'void']],
  ])('from %s lead only where the law lets them', (standing, next) => {
    expect(types.map((type) => standingAfter(standing, type))).toEqual(next);
  });

  it('can all be reached from a valid certificate', () => {
    const reached = new Set<Standing>(['valid']);
    for (const standing of reached) {
      for (const type of types) {
        const next = standingAfter(standing, type);
        if (next !== null) reached.add(next);
      }
    }
    expect([...reached].sort()).toEqual(['revoked', 'surrendered', 'suspended', 'valid', 'void']);
  });
});

describe('events', () => {
  it('take effect by day, those of one day as they were entered, and the voiding one last', () => {
    const entered = [
      { type: 'revokedAbInitio' as const, on: '2024-01-01', name: 'void' },
      { type: 'suspended' as const, on: '2025-03-01', name: 'second' },
      { type: 'reinstated' as const, on: '2025-03-01', name: 'third' },
      { type: 'suspended' as const, on: '2025-02-28', name: 'first' },
    ];
    expect(inOrder(entered).map(({ name }) => name)).toEqual(['first', 'second', 'third', 'void']);
  });
});
