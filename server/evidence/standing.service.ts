import type { Certificate, Evidence, EvidenceUse, Purchase } from '../../schemas/types.d.ts';
import { holderWhileWaiting } from '../accounts/verification.rules.ts';
import { broken, Problem } from '../core/problem.ts';
import type { Actor, Role } from '../core/route.ts';

/** What files hang on, as their own features let the caller read them. */
export interface StandingParts {
  /** @throws Problem 403, 404 */
  application(actor: Actor, id: string): Promise<unknown>;
  /** For who reads purchases at all. @throws Problem 403, 404 */
  purchase(actor: Actor, id: string): Promise<Pick<Purchase, 'basisDate' | 'lines'>>;
  /** @throws Problem 403, 404 for who has no part in the report */
  complaint(actor: Actor, id: string): Promise<void>;
  /** @throws Problem 404 */
  certificate(id: string): Promise<Pick<Certificate, 'scheme' | 'holder'>>;
  /** Whether the certifier's organisation may certify for the scheme. */
  mayCertify(actor: Actor, scheme: string): Promise<boolean | null>;
}

const readers: Record<EvidenceUse['kind'], readonly Role[]> = {
  application: ['supplier', 'certifier', 'operator', 'auditor'],
  purchaseLine: ['officer', 'operator', 'auditor'],
  certificate: ['supplier', 'certifier', 'operator', 'auditor'],
  // What one side sends would tell the other who it is.
  complaint: ['operator', 'auditor'],
};
/** Who writes what a file hangs on: a purchase is its officers', a certificate its body's. */
const writers: Record<EvidenceUse['kind'], readonly Role[]> = {
  application: ['supplier', 'certifier', 'operator'],
  purchaseLine: ['officer'],
  certificate: ['certifier', 'operator'],
  complaint: ['officer', 'supplier', 'certifier', 'operator'],
};

/** The file is nobody's organisation's: operators sent it. No code has this form. */
const operators = '~operators';

/** Whose files the caller's are; undefined for who has none. */
export function holderOf(actor: Actor): string | undefined {
  const { role, org, unverified } = actor;
  if (unverified) return holderWhileWaiting(actor);
  return role === 'auditor' ? undefined : (org ?? (role === 'operator' ? operators : undefined));
}

/** Whether it is a file of the caller's own organisation, or one that the person sent before it was verified. */
export function isOwn(actor: Actor, { holder }: { holder: string }): boolean {
  return holderOf(actor) === holder || holder === holderWhileWaiting(actor);
}

/** @throws Problem 403, 404 where the caller may not read what the file hangs on */
export async function refuseReading(parts: StandingParts, actor: Actor, use: EvidenceUse): Promise<void> {
  if (!readers[use.kind].includes(actor.role)) throw new Problem('FORBIDDEN');
  await look(parts, actor, use);
}

async function look(parts: StandingParts, actor: Actor, use: EvidenceUse): Promise<void> {
  if (use.kind === 'application') await parts.application(actor, use.id);
  else if (use.kind === 'purchaseLine') await parts.purchase(actor, use.id);
  else if (use.kind === 'complaint') await parts.complaint(actor, use.id);
  else await refuseCertificate(parts, actor, use.id);
}

/** Its evidence is read by its holder, the bodies of its scheme, and who watches over the register. */
async function refuseCertificate(parts: StandingParts, actor: Actor, id: string): Promise<void> {
  const { scheme, holder } = await parts.certificate(id);
  const { role, org } = actor;
  if (role === 'supplier' && org !== holder) throw new Problem('OTHER_ORGANISATION', { code: holder });
  if (role === 'certifier' && !(await parts.mayCertify(actor, scheme)))
    throw new Problem('SCHEME_NOT_YOURS', { scheme });
}

export async function mayRead(parts: StandingParts, actor: Actor, use: EvidenceUse): Promise<boolean> {
  try {
    await refuseReading(parts, actor, use);
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

/**
 * The basis date of the purchase that a file is to hang on, or null for what is none.
 * @throws Problem 403, 404 where the caller may not write it, 422 for a line that there is not
 */
export async function refuseUse(
  parts: StandingParts,
  actor: Actor,
  { use, at }: { use: EvidenceUse; at: string },
): Promise<string | null> {
  if (!writers[use.kind].includes(actor.role)) throw new Problem('FORBIDDEN');
  if (use.kind !== 'purchaseLine') {
    await named(() => look(parts, actor, use), { use, at });
    return null;
  }
  const { lines, basisDate } = await named(() => parts.purchase(actor, use.id), { use, at });
  if (!lines.some(({ lineNo }) => lineNo === use.lineNo))
    throw broken({ pointer: `${at}/lineNo`, code: 'LINE_UNKNOWN' });
  return basisDate;
}

/** What is not there is a fault of the body; the record of the path is another one. */
async function named<T>(work: () => Promise<T>, { use, at }: { use: EvidenceUse; at: string }): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'NOT_FOUND') throw error;
    throw broken({ pointer: `${at}/id`, code: 'UNKNOWN_ID', params: { id: use.id } });
  }
}

/** @throws Problem 403 unless it is a file of the caller's or hangs on what the caller may read */
export async function refuseUnread(
  parts: StandingParts,
  actor: Actor,
  { id, holder, uses }: Pick<Evidence, 'id' | 'uses'> & { holder: string },
): Promise<void> {
  if (isOwn(actor, { holder })) return;
  for (const use of uses) if (await mayRead(parts, actor, use)) return;
  throw new Problem('OTHER_ORGANISATION', { code: id });
}
