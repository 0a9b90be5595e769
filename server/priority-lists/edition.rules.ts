import type { PriorityList } from '../../schemas/types.d.ts';

/**
 * The edition in force on a day, as known at an instant: of those published by then, the one that took effect last on or
 * before the day. An edition may take effect before it is published. Null where none was in force.
 */
export function editionInForce<E extends Pick<PriorityList, 'status' | 'publishedAt' | 'effectiveFrom'>>(
  editions: readonly E[],
  on: string,
  knownAt: string,
): E | null {
  let inForce: E | null = null;
  for (const edition of editions) {
    const isPublished = edition.status === 'published' && edition.publishedAt !== undefined;
    if (!isPublished || edition.publishedAt! > knownAt || edition.effectiveFrom > on) continue;
    if (inForce === null || edition.effectiveFrom > inForce.effectiveFrom) inForce = edition;
  }
  return inForce;
}
