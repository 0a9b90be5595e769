import type { OfferedPrice } from '../../schemas/types.d.ts';

const places = 6;
/** Amounts are integers within 2^53. */
const greatest = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * The price of one base unit of the group, `amountNet / packFactor` rounded half-up to the đồng: what products are sorted
 * and filtered by. Not an amount to add up. A price that is no amount any more, being too great, is none.
 */
export function pricePerBaseUnit({
  amountNet,
  packFactor = '1',
}: Pick<OfferedPrice, 'amountNet' | 'packFactor'>): number | undefined {
  const [whole = '0', fraction = ''] = packFactor.split('.');
  const millionths = BigInt(whole + fraction.padEnd(places, '0'));
  const scaled = BigInt(amountNet) * 10n ** BigInt(places);
  const price = (scaled * 2n + millionths) / (millionths * 2n);
  return price > greatest ? undefined : Number(price);
}
