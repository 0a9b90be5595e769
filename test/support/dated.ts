import type { Version } from '../../server/reference/dated.rules.ts';

interface DatedRecord {
  recordedAt: string;
  versions: Version[];
}

/** The record with what it says as its one version, known from when the record is and true ever since. */
export function dated<R extends DatedRecord>(record: Omit<R, 'versions'>): R {
  const { code: _code, revision: _revision, demo: _demo, ...said } = record as unknown as Record<string, unknown>;
  return { ...record, versions: [{ validFrom: '1900-01-01', ...said }] } as unknown as R;
}
