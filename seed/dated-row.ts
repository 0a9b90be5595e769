/** What a data file says of a dated record: what it said first, and what changed from a later day on. */
export interface DatedRow {
  code: string;
  /** Default: ever since. */
  validFrom?: string;
  changes?: { validFrom: string }[];
}

const everSince = '1900-01-01';

/** The versions of a row, each in full. */
export function versionsOf<V>({ code: _code, changes = [], ...first }: DatedRow): V[] {
  const versions: object[] = [{ validFrom: everSince, ...first }];
  for (const change of changes) versions.push({ ...versions.at(-1), ...change });
  return versions as V[];
}
