import type { OfferedPrice } from '../../schemas/types.d.ts';

const places = 6;

/**
 * The price of one base unit of the group, rounded half-up to the đồng: what products are sorted and filtered by. Not an
 * amount to add up.
 */
export function pricePerBaseUnit({
  amountNet,
  packFactor = '1',
}: Pick<OfferedPrice, 'amountNet' | 'packFactor'>): number {
  const [whole = '0', fraction = ''] = packFactor.split('.');
  const millionths = BigInt(whole + fraction.padEnd(places, '0'));
  const scaled = BigInt(amountNet) * 10n ** BigInt(places);
  return Number((scaled * 2n + millionths) / (millionths * 2n));
}
