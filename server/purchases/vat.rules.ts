import type { PurchaseLineInput } from '../../schemas/types.d.ts';

/** What a line says of its value: before VAT, or with VAT and the rate in percent. */
export type LineAmount = Pick<PurchaseLineInput, 'amountNet' | 'amountGross' | 'vatRate'>;

/**
 * The value of a line before VAT in minor units: as entered, or computed from the value with VAT, exactly and rounded
 * half-up to the unit (contract, "Purchases").
 */
export function netOf({ amountNet, amountGross = '0', vatRate = '0' }: LineAmount): string {
  if (amountNet !== undefined) return amountNet;
  const [percent = '', places = ''] = vatRate.split('.');
  const whole = 100n * 10n ** BigInt(places.length);
  const withVat = whole + BigInt(percent + places);
  return ((BigInt(amountGross) * whole * 2n + withVat) / (2n * withVat)).toString();
}
