import type { PurchaseLineInput } from '../schemas/types.d.ts';
import type { DemoProduct } from './demo-products.ts';
import type { DemoShelf } from './demo-shelf.ts';
import type { Random } from './random.ts';
import texts from './data/demo-purchases.json' with { type: 'json' };
import schemes from './data/schemes.json' with { type: 'json' };

type Remarks = Pick<PurchaseLineInput, 'labelClaim' | 'equivalence' | 'exemption'>;

const claimed = 0.03;
const claimedWrongly = 0.012;
const accepted = 0.4;
const excused = 0.4;
const equivalent = new Set(schemes.filter(({ basis }) => basis === 'equivalent-buyer-decides').map(({ code }) => code));

/** What a buyer says of a line beside what was bought: the label it claims, an equivalent one accepted, why nothing green was bought. */
export function remarksOn(
  { product, group, isGreen }: { product?: DemoProduct | undefined; group: string; isGreen: boolean },
  { random, shelf, day }: { random: Random; shelf: DemoShelf; day: string },
): Remarks {
  const certificate = product && shelf.certificateOf(product.key, day);
  if (isGreen) {
    const { scheme, number } = certificate?.input ?? {};
    return scheme !== undefined && number !== undefined && random.chance(claimed)
      ? { labelClaim: { scheme, number } }
      : {};
  }
  if (certificate && equivalent.has(certificate.input.scheme) && random.chance(accepted))
    return { equivalence: { certificate: certificate.input.number, acceptedBy: texts.acceptedBy } };
  if (random.chance(claimedWrongly)) return { labelClaim: unregistered(day, random) };
  if (!shelf.isMandatory(group, day) || !random.chance(excused)) return {};
  return { exemption: random.pick(texts.exemptions) as NonNullable<Remarks['exemption']> };
}

/** A number that no certificate of the register has. */
function unregistered(day: string, random: Random): NonNullable<Remarks['labelClaim']> {
  return { scheme: 'VN-ECOLABEL', number: `K${random.integer(100, 999)}/${day.slice(0, 4)}/DEMO` };
}
