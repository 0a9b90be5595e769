/** A document of an index by the revision of the record that it was made from. */
export interface Revision {
  id: string;
  seq: number;
}

/** Where an index is not what the store says, by id. */
export interface Disagreement {
  /** In the store, not in the index. */
  missing: string[];
  /** Of an older or newer revision than the store's. */
  stale: string[];
  /** In the index, not in the store. */
  extra: string[];
}

/** Compares the revisions that an index holds with those of the store, by id. */
export function disagreement(stored: ReadonlyMap<string, number>, indexed: ReadonlyMap<string, number>): Disagreement {
  const differing = [...stored].filter(([id, revision]) => indexed.get(id) !== revision).map(([id]) => id);
  return {
    missing: differing.filter((id) => !indexed.has(id)),
    stale: differing.filter((id) => indexed.has(id)),
    extra: [...indexed.keys()].filter((id) => !stored.has(id)),
  };
}

/** How many documents disagree. */
export function countOf({ missing, stale, extra }: Disagreement): number {
  return missing.length + stale.length + extra.length;
}
