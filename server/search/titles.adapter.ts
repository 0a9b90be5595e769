import { LRUCache } from 'lru-cache';
import type { Title } from './marks.rules.ts';
import type { SearchAnswer } from './port.ts';

/** The fields of a product that a title has. */
export const titleFields = ['name', 'group', 'model', 'aliases', 'gtin', 'revision'] as const;

/** All of the largest catalogue that the embedded engine is advised for, in some 8 MB. */
const most = 20_000;

/**
 * Titles of hits, read from the store once for each revision of a product: what a revision said does not change. Those that the
 * engine has not caught up with are given as they are now.
 */
export function keepTitles(
  read: (ids: string[]) => Promise<Title[]>,
): (hits: SearchAnswer['hits']) => Promise<Title[]> {
  const kept = new LRUCache<string, Title>({ max: most });
  return async (hits) => {
    const known = hits.flatMap(({ id, seq }) => kept.get(keyOf(id, seq)) ?? []);
    if (known.length === hits.length) return known;
    const have = new Set(known.map(({ id }) => id));
    const fresh = await read(hits.flatMap(({ id }) => (have.has(id) ? [] : id)));
    for (const title of fresh) kept.set(keyOf(title.id, title.revision), title);
    return [...known, ...fresh];
  };
}

function keyOf(id: string, revision: number): string {
  return `${id} ${revision}`;
}
