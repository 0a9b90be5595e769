import type { Records } from '../core/records.ts';
import { system } from '../core/author.rules.ts';
import { toStoredCertificate, underCriterion, type StoredCertificate } from './stored.rules.ts';

/** Derives anew what is kept beside every certificate under the criteria document: its end may have changed theirs. */
export async function restate(records: Records<StoredCertificate>, criterion: string): Promise<void> {
  for await (const { id } of records.stream(underCriterion(criterion))) {
    await records.change(id, (before, now) => ({ ...toStoredCertificate(before, now), changedAt: now }), {
      by: system,
      marks: [],
    });
  }
}
