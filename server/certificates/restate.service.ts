import type { Filter, Records } from '../core/records.ts';
import { system } from '../core/author.rules.ts';
import { toStoredCertificate, type StoredCertificate } from './stored.rules.ts';

/** Derives anew what is kept beside the certificates, whose end may have changed with a criteria document or an accreditation. */
export async function restate(records: Records<StoredCertificate>, which: Filter): Promise<void> {
  for await (const { id } of records.stream(which)) {
    await records.change(id, (before, now) => ({ ...toStoredCertificate(before, now), changedAt: now }), {
      by: system,
      marks: [],
    });
  }
}
