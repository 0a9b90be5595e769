import { codeOfTaxCode } from '../accounts/verification.rules.ts';
import type { Author } from '../core/author.rules.ts';
import { Problem } from '../core/problem.ts';
import { draftOf, taken, type StoredOrganisation } from './entry.service.ts';
import type { OrganisationParts } from './service.ts';
import { vouchedFor } from './state.rules.ts';

/** The supplier of the tax code, entered as one whom nobody has looked at where the register lacks it. */
export async function enterUnverified(
  { records }: OrganisationParts,
  by: Author,
  { taxCode, name }: { taxCode: string; name: string },
): Promise<StoredOrganisation> {
  const [known] = await records.find({ taxCode }, 1);
  if (known) return known;
  const code = codeOfTaxCode(taxCode);
  const draft = draftOf(code, { kind: 'supplier', name: { vi: name.trim() }, taxCode });
  return records.insert((now) => ({ ...draft, unverified: true, knownFrom: now }), {
    by: { ...by, org: code },
    onDuplicate: (keys) => taken(keys, code),
  });
}

/** Says that the organisation is there, where nobody has said so yet. @throws Problem 404 */
export async function vouch({ records }: OrganisationParts, by: Author, code: string): Promise<StoredOrganisation> {
  const record = await records.get(code);
  if (!record) throw new Problem('NOT_FOUND');
  return record.unverified ? records.change(code, vouchedFor, { by, action: 'verified' }) : record;
}
