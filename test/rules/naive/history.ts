import { createHash } from 'node:crypto';

/** JSON with sorted members, by way of a sorted copy. */
export function naiveText(value: unknown): string {
  const sorted = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(sorted);
    if (typeof part !== 'object' || part === null) return part;
    return new Map(
      Object.entries(part)
        .filter(([, member]) => member !== undefined)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, member]) => [name, sorted(member)]),
    );
  };
  const written = (part: unknown): string => {
    if (part instanceof Map) return `{${[...part].map(([name, member]) => `"${name}":${written(member)}`).join()}}`;
    return Array.isArray(part) ? `[${part.map(written).join()}]` : JSON.stringify(part);
  };
  return written(sorted(value));
}

export function naiveHash(text: string): string {
  return createHash('sha256').update(Buffer.from(text, 'utf8')).digest('hex');
}

/** The hashes that a history must have whose every state was kept whole. */
export function naiveHashes(collection: string, entries: object[], states: object[]): string[] {
  const hashes: string[] = [];
  for (const [index, entry] of entries.entries()) {
    const { hash: _hash, ...said } = entry as { hash?: string };
    const previous = index === 0 ? null : hashes[index - 1];
    hashes.push(naiveHash(naiveText({ ...said, collection, previous, state: naiveHash(naiveText(states[index])) })));
  }
  return hashes;
}
