/** What a record says from a day on, and when the register learned of it. */
export interface Version {
  validFrom: string;
  recordedAt: string;
}

/** A record as it was entered, version by version; beside them stands what one of them says. */
interface DatedRecord {
  versions: Version[];
}

/**
 * The version that holds on a day, as known at an instant: of those recorded by then, the one that holds from the latest
 * day on or before it, of two from the same day the one recorded last; before the earliest day, the earliest. What the
 * record was entered with counts as known always: the law is older than the register.
 */
export function versionOn<V extends Version>(versions: readonly V[], on: string, knownAt: string): V {
  const known = knownVersions(versions, knownAt);
  const inForce = known.findLast(({ validFrom }) => validFrom <= on);
  const [earliest] = known;
  return inForce ?? known.findLast(({ validFrom }) => validFrom === earliest?.validFrom)!;
}

/** The versions known at an instant in the order of the days from which they hold, of one day in the order of recording. */
export function knownVersions<V extends Version>(versions: readonly V[], knownAt: string): V[] {
  const [first] = versions;
  return versions
    .filter(({ recordedAt }) => recordedAt <= knownAt || recordedAt === first?.recordedAt)
    .toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : Number(a.validFrom > b.validFrom)));
}

/** The record with what it says on a day as known at an instant in place of what it says today. */
export function recordOn<R extends DatedRecord>(record: R, on: string, knownAt: string): R {
  const { validFrom: _validFrom, recordedAt: _recordedAt, ...said } = versionOn(record.versions, on, knownAt);
  // Most records have one version, which says all that the record shows.
  const kept = record.versions.length === 1 ? record : withoutSaid(record);
  return { ...kept, ...said } as R;
}

function withoutSaid(record: DatedRecord): object {
  const everSaid = new Set(record.versions.flatMap((version) => Object.keys(version)));
  return Object.fromEntries(Object.entries(record).filter(([name]) => name === 'recordedAt' || !everSaid.has(name)));
}

/** Those of the records that were entered by an instant, as `recordOn` gives them. */
export function recordsOn<R extends DatedRecord & { recordedAt: string }>(
  records: readonly R[],
  on: string,
  knownAt: string,
): R[] {
  return records.filter(({ recordedAt }) => recordedAt <= knownAt).map((record) => recordOn(record, on, knownAt));
}
