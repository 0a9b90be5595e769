import type { Misfit } from '../core/history.rules.ts';

type OfRecord = Misfit | 'not as sealed' | 'in no seal' | 'removed';

/** An entry of a record that is not as it was recorded or sealed. */
export interface RecordFinding {
  what: OfRecord;
  collection: string;
  id: string;
  seq: number;
  day: string;
}

/** Something that is not as it was. */
export type Finding =
  | RecordFinding
  | { what: 'leaf changed'; seal: number; day: string; collection: string; id: string }
  | { what: 'seal changed' | 'leaves changed'; seal: number; day: string }
  | { what: 'seal missing'; seal: number; after: string | null; until: string };

/** A finding in plain words, for the command line. */
export function describeFinding(finding: Finding): string {
  switch (finding.what) {
    case 'seal missing':
      return `Seal ${finding.seal} is missing: a day ${finding.after === null ? 'up' : `from ${finding.after}`} to ${finding.until} was removed.`;
    case 'seal changed':
      return `Seal ${finding.seal} of ${finding.day} was changed, or the one before it.`;
    case 'leaves changed':
      return `Seal ${finding.seal} of ${finding.day} does not fit its leaves: one was added, removed or moved.`;
    case 'leaf changed':
      return `Seal ${finding.seal} of ${finding.day}: the leaf of ${finding.collection} ${finding.id} was changed.`;
    default:
      return `${finding.collection} ${finding.id}, entry ${finding.seq} of ${finding.day}: ${reasons[finding.what]}.`;
  }
}

const reasons: Record<OfRecord, string> = {
  changed: 'the entry was changed, or what the record says since then',
  missing: 'the entry is missing',
  'out of order': 'the entry is not in its place',
  'not as sealed': 'it is not the entry that was sealed on that day',
  'in no seal': 'no seal of that day has it: a seal was removed, or the entry was added later',
  removed: 'the record was removed; it was sealed with this entry',
};
