import { Temporal } from 'temporal-polyfill';
import type { Evidence, EvidenceUse, Purchase } from '../../schemas/types.d.ts';

/** Proof of a purchase is kept for at least so long (Law on Bidding 22/2023, art. 9(6)). */
const years = 5;

/** What of a purchase says how long its evidence is kept. */
export type Settling = Pick<Purchase, 'basisDate' | 'settledOn'>;

/**
 * The last day on which the evidence of a purchase must be kept. The law counts from the settlement of the contract; where that
 * is not known, or was said to be before it began, the basis date counts, which is no later.
 */
export function retainUntil({ basisDate, settledOn }: Settling): string {
  const from = laterDay(basisDate, settledOn) ?? basisDate;
  return Temporal.PlainDate.from(from).add({ years }).toString();
}

/**
 * Until when a file is kept for its purchases, never before the day that it was told; and whether a day of settlement is
 * not known, so that it may be longer.
 */
export function retention(
  { retainUntil: told }: Pick<Evidence, 'retainUntil'>,
  purchases: readonly Settling[],
): Pick<Evidence, 'retainUntil' | 'settlementUnknown'> {
  const until = purchases.map(retainUntil).reduce(laterDay, told);
  const isUnknown = purchases.some(({ settledOn }) => settledOn === undefined);
  return { ...(until !== undefined && { retainUntil: until }), ...(isUnknown && { settlementUnknown: true }) };
}

/** The later of two last days, where there are such. */
export function laterDay(one: string | undefined, other: string | undefined): string | undefined {
  return one === undefined || (other !== undefined && one < other) ? other : one;
}

/** Why the content of a file may not be removed on a day, or null. */
export type RemovalFault = { code: 'EVIDENCE_RETAINED'; on: string } | { code: 'EVIDENCE_IN_USE' };

/** Evidence of an application or a certificate stays with it; that of a purchase until its time is over. */
export function removalFault(
  { uses, retainUntil: last }: Pick<Evidence, 'uses' | 'retainUntil'>,
  today: string,
): RemovalFault | null {
  if (last !== undefined && today <= last) return { code: 'EVIDENCE_RETAINED', on: last };
  return uses.some(({ kind }) => kind !== 'purchaseLine') ? { code: 'EVIDENCE_IN_USE' } : null;
}

/** Whether the last valid day of a report or an accreditation is over. */
export function hasEnded({ validThrough }: Pick<Evidence, 'validThrough'>, today: string): boolean {
  return validThrough !== undefined && validThrough < today;
}

/** Whether both are the same use. */
export function isSameUse(one: EvidenceUse, other: EvidenceUse): boolean {
  return one.kind === other.kind && one.id === other.id && one.lineNo === other.lineNo;
}
