import { knownVersions, type Version } from '../reference/dated.rules.ts';

/** What a version of a criteria document says of the end of the certificates under it. */
export interface EndingVersion extends Version {
  certificatesEndOn?: string;
}

/** The versions of the criteria documents that a certificate was ever said to stand under, by code. */
export type Endings = Record<string, EndingVersion[]>;

/**
 * The last day on which a certificate under a criteria document can be valid, as known at an instant; undefined where it
 * has none. A version names it, postpones it or takes it back before it has come, and may name a day that is past
 * already; what has ended stays ended, unless a version from the same day says otherwise.
 */
export function criterionEnd(versions: readonly EndingVersion[], knownAt: string): string | undefined {
  const known = knownVersions(versions, knownAt);
  let end: string | undefined;
  for (const [at, version] of known.entries()) {
    const isReplaced = known[at + 1]?.validFrom === version.validFrom;
    if (isReplaced) continue;
    if (end !== undefined && version.validFrom > end) return end;
    end = version.certificatesEndOn;
  }
  return end;
}
