import type { PurchaseInput } from '../schemas/types.d.ts';
import type { DemoBasket } from './demo-lines.ts';
import type { Random } from './random.ts';
import texts from './data/demo-purchases.json' with { type: 'json' };

type Funding = NonNullable<PurchaseInput['funding']>;

const unusualAmong = 8;
const framework = { unit: 'gói', quantity: '1', amountNet: '1800000000' };
const fundings: [Funding, number][] = [
  ['recurrent', 62],
  ['ownRevenue', 16],
  ['investment', 10],
  ['oda', 4],
  ['other', 8],
];
const bigBuy = 250_000_000;
const withVat = 0.08;
const vatRate = 8n;

/** In the place of some of the purchases, spread over the years: a framework agreement, or one in a foreign currency. */
export function unusual(usual: PurchaseInput, index: number, purchases: number): PurchaseInput | null {
  const every = Math.ceil(purchases / unusualAmong);
  if (index % every !== every >> 1) return null;
  const all = [...texts.frameworks, ...texts.foreign];
  const found = all[Math.floor(index / every) % all.length]!;
  const { notice: _notice, basisRule: _rule, ...rest } = usual;
  if ('currency' in found) {
    const { currency, supplier, ...line } = found;
    return { ...rest, method: 'direct', currency, supplier, lines: [{ ...line, quantity: '1' }] };
  }
  const lines = found.groups.map((group) => ({ ...framework, description: found.description, group }));
  return { ...rest, kind: 'framework', method: 'open', supplier: { code: 'DEMO-NCC-19' }, lines };
}

/** Some purchases are entered with VAT. */
export function withGross(usual: PurchaseInput, random: Random): PurchaseInput {
  if (!random.chance(withVat)) return usual;
  const lines = usual.lines.map(({ amountNet = '0', ...line }) => ({
    ...line,
    amountGross: String((BigInt(amountNet) * (100n + vatRate)) / 100n),
    vatRate: String(vatRate),
  }));
  return { ...usual, lines };
}

/** Works and what is dear are paid as investments, of the rest most from the recurrent budget; some do not say. */
export function fundingOf({ lines }: DemoBasket, random: Random): { funding?: Funding } {
  const total = lines.reduce((sum, { amountNet }) => sum + Number(amountNet), 0);
  if (lines.some(({ nature }) => nature === 'works') || total > bigBuy) return { funding: 'investment' };
  if (random.chance(0.08)) return {};
  return { funding: random.weighted(fundings, ([, weight]) => weight)[0] };
}
