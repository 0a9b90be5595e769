import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { createMerkleTree, rootOfProof } from '../../server/audit/merkle.rules.ts';
import { endOfDay } from '../../server/audit/seal.rules.ts';

const hash = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

/** MTH and PATH as RFC 6962, section 2.1, writes them down. */
function naiveRoot(leaves: string[]): Buffer {
  if (leaves.length === 0) return createHash('sha256').digest();
  const text = createHash('sha256');
  if (leaves.length === 1) return text.update('\0').update(leaves[0]!).digest();
  const k = naiveSplit(leaves.length);
  return text
    .update('\x01')
    .update(naiveRoot(leaves.slice(0, k)))
    .update(naiveRoot(leaves.slice(k)))
    .digest();
}
function naivePath(m: number, leaves: string[]): string[] {
  if (leaves.length <= 1) return [];
  const k = naiveSplit(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return m < k
    ? [...naivePath(m, left), naiveRoot(right).toString('hex')]
    : [...naivePath(m - k, right), naiveRoot(left).toString('hex')];
}
function naiveSplit(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

// No two are the same: of those each would be at the other's place as well.
const someLeaves = fc.uniqueArray(fc.string({ maxLength: 5, unit: 'grapheme' }), { maxLength: 40 });

describe('a Merkle tree', () => {
  it('has the roots that RFC 6962 and its reference implementation give', () => {
    const root = (leaves: string[]) => {
      const tree = createMerkleTree(hash);
      for (const leaf of leaves) tree.add(leaf);
      return tree.root();
    };
    expect(root([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(root([''])).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
    expect(root(['', '\0'])).toBe('fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125');
    fc.assert(fc.property(someLeaves, (leaves) => expect(root(leaves)).toBe(naiveRoot(leaves).toString('hex'))));
  });

  it('proves each of its leaves, at its place and nowhere else', () => {
    fc.assert(
      fc.property(someLeaves, fc.nat(), fc.nat(), (leaves, one, other) => {
        fc.pre(leaves.length > 0);
        const [index, size] = [one % leaves.length, leaves.length];
        const path: string[] = [];
        const tree = createMerkleTree(hash, { watched: index, beside: (found) => path.push(found) });
        for (const leaf of leaves) tree.add(leaf);
        const root = tree.root();
        const leaf = leaves[index]!;
        expect(path).toEqual(naivePath(index, leaves));
        expect(rootOfProof(hash, leaf, { index, size, path })).toBe(root);
        expect(rootOfProof(hash, `${leaf}!`, { index, size, path })).not.toBe(root);
        expect(rootOfProof(hash, leaf, { index, size, path: [...path, root] })).toBeNull();
        const elsewhere = other % size;
        expect(rootOfProof(hash, leaf, { index: elsewhere, size, path }) === root).toBe(elsewhere === index);
      }),
      { numRuns: 500 },
    );
  });
});

it('a day of the register ends at midnight in Vietnam', () => {
  expect(endOfDay('2026-11-24')).toBe('2026-11-24T17:00:00.000Z');
});
