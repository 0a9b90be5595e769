/** SHA-256 of bytes. */
export type HashBytes = (bytes: Uint8Array) => Uint8Array;

/** A Merkle tree that is made leaf by leaf, as RFC 6962 (2.1) has it; it holds a hash for each level, not the leaves. */
export interface MerkleTree {
  add(leaf: string): void;
  size(): number;
  /** Hexadecimal. */
  root(): string;
}

/** What proves that a leaf is in a tree: the hashes beside its way to the root, the lowest first, hexadecimal. */
export interface InclusionProof {
  index: number;
  size: number;
  path: string[];
}

/** A complete part of the tree; `watched` where the leaf whose way is asked for is inside. */
interface Node {
  leaves: number;
  hash: Uint8Array;
  watched: boolean;
}

const [leafPrefix, nodePrefix] = [0x00, 0x01];

/** An empty tree. With `watched`, the index of a leaf, the hashes beside its way are given to `beside`. */
export function createMerkleTree(
  hash: HashBytes,
  { watched, beside }: { watched: number; beside(hash: string): void } = { watched: -1, beside() {} },
): MerkleTree {
  const peaks: Node[] = [];
  let size = 0;
  const join = (left: Node, right: Node): Node => {
    if (left.watched) beside(toHex(right.hash));
    if (right.watched) beside(toHex(left.hash));
    return {
      leaves: left.leaves + right.leaves,
      hash: nodeHash(hash, left.hash, right.hash),
      watched: left.watched || right.watched,
    };
  };
  return {
    add(leaf) {
      let node: Node = { leaves: 1, hash: leafHash(hash, leaf), watched: size === watched };
      while (peaks.at(-1)?.leaves === node.leaves) node = join(peaks.pop()!, node);
      peaks.push(node);
      size += 1;
    },
    size: () => size,
    root() {
      const top = peaks.reduceRight<Node | null>((right, left) => (right ? join(left, right) : left), null);
      return toHex(top ? top.hash : hash(new Uint8Array()));
    },
  };
}

/** The root that a tree has in which the leaf is where the proof says (RFC 9162, 2.1.3.2); null for a proof that cannot be one. */
export function rootOfProof(hash: HashBytes, leaf: string, { index, size, path }: InclusionProof): string | null {
  let [at, last] = [index, size - 1];
  let node = leafHash(hash, leaf);
  if (at > last) return null;
  for (const beside of path) {
    if (last === 0) return null;
    if (at % 2 === 1 || at === last) {
      node = nodeHash(hash, fromHex(beside), node);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      node = nodeHash(hash, node, fromHex(beside));
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 ? toHex(node) : null;
}

function half(count: number): number {
  return Math.floor(count / 2);
}

function leafHash(hash: HashBytes, leaf: string): Uint8Array {
  return hash(joined(leafPrefix, new TextEncoder().encode(leaf)));
}

function nodeHash(hash: HashBytes, left: Uint8Array, right: Uint8Array): Uint8Array {
  return hash(joined(nodePrefix, left, right));
}

function joined(prefix: number, ...parts: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(1 + parts.reduce((sum, { length }) => sum + length, 0));
  bytes[0] = prefix;
  parts.reduce((at, part) => (bytes.set(part, at), at + part.length), 1);
  return bytes;
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}
