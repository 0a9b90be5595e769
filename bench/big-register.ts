import type { Connection } from 'mongoose';
import type { LineDecision, OrganisationInput, Tier } from '../schemas/types.d.ts';
import { createRandom, type Random } from '../seed/random.ts';

/** How large the generated register is. */
export interface RegisterSize {
  lines: number;
  agencies: number;
  months: number;
  seed: number;
  /** Products of the lines; without them the lines name products that nobody knows, and their decisions are drawn. */
  products?: { id: string; group: string }[];
}

const LINES_A_PURCHASE = 4;
const GROUPS = 45;
const SUPPLIERS = 2000;
const PRODUCTS = 400;
const SCHEMES: readonly [string, Tier][] = [
  ['VN-ECOLABEL', 'A'],
  ['VN-ENERGY-COMPARATIVE', 'B'],
  ['EU-ECOLABEL', 'C'],
];
const METHODS = ['open', 'quotation', 'direct', 'call-off', 'petty', 'unknown'] as const;
const NATURES = ['goods', 'goods', 'goods', 'services', 'works'] as const;
const FUNDINGS = ['recurrent', 'investment', 'ownRevenue'] as const;
const FIRST_YEAR = 2023;
const batchSize = 2000;

/** The agencies of the register: a tenth are roots, every other root has a province. All are fictional. */
export function registerAgencies({ agencies }: Pick<RegisterSize, 'agencies'>): OrganisationInput[] {
  const roots = Math.max(1, Math.floor(agencies / 10));
  return Array.from({ length: agencies }, (_, at) => ({
    code: codeOf(at),
    kind: 'agency' as const,
    name: { vi: `Cơ quan ${at} (hư cấu)` },
    ...(at < roots ? at % 2 === 0 && { province: '01' } : { parent: codeOf(at % roots) }),
  }));
}

/**
 * Inserts purchases as they would be stored, straight through the driver, the same ones for the same seed. The marks ask for
 * their cells, and with `products` for their decisions, which are only drawn here. Gives the number of purchases.
 */
export async function insertRegister(connection: Connection, size: RegisterSize): Promise<number> {
  const random = createRandom(size.seed);
  const purchases = Math.ceil(size.lines / LINES_A_PURCHASE);
  const collection = connection.collection<{ _id: string }>('purchases');
  for (let at = 0; at < purchases; at += batchSize) {
    const batch = Array.from({ length: Math.min(batchSize, purchases - at) }, (_, within) =>
      aPurchase(random, size, at + within),
    );
    await collection.insertMany(batch, { ordered: false });
  }
  return purchases;
}

function aPurchase(random: Random, { agencies, months, seed, products }: RegisterSize, at: number): { _id: string } {
  const month = random.integer(0, months - 1);
  const basisDate = `${FIRST_YEAR + Math.floor(month / 12)}-${two((month % 12) + 1)}-${two(random.integer(1, 28))}`;
  const recordedAt = `${basisDate}T03:00:00.000Z`;
  const supplier = random.integer(0, SUPPLIERS - 1);
  const isForeign = random.chance(0.01);
  return {
    _id: (seed * 10_000_000 + at).toString(16).padStart(24, '0'),
    agency: codeOf(random.integer(0, agencies - 1)),
    reference: `HD-${seed}-${at}`,
    method: random.pick(METHODS),
    kind: random.chance(0.02) ? 'framework' : 'contract',
    ...(random.chance(0.66) && { funding: random.pick(FUNDINGS) }),
    basisDate,
    supplier: { code: `NCC-${supplier}`, name: `Nhà cung cấp ${supplier} (hư cấu)` },
    currency: isForeign ? 'USD' : 'VND',
    lines: Array.from({ length: random.integer(1, LINES_A_PURCHASE * 2 - 1) }, (_, line) =>
      aLine(random, { lineNo: line + 1, basisDate, recordedAt, products }),
    ),
    corrections: [],
    supplierKey: `nha cung cap ${supplier} ${at}`,
    year: Number(basisDate.slice(0, 4)),
    recordedAt,
    revision: 1,
    uncountedSince: recordedAt,
    ...(products && { unsettledSince: recordedAt }),
  } as { _id: string };
}

interface Frame extends Pick<RegisterSize, 'products'> {
  lineNo: number;
  basisDate: string;
  recordedAt: string;
}

function aLine(random: Random, { lineNo, basisDate, recordedAt, products }: Frame): object {
  const known = products && random.pick(products);
  const group = random.integer(0, GROUPS - 1);
  return {
    lineNo,
    description: `Dòng ${lineNo} (hư cấu)`,
    ...(known ? { group: known.group } : group > 0 && { group: `group-${group}` }),
    ...(random.chance(0.5) && { product: known?.id ?? unknownProduct(random), productKind: 'good' }),
    nature: random.pick(NATURES),
    quantity: '1',
    unit: 'C62',
    amountNet: random.integer(1, 500_000_000),
    ...(random.chance(0.025) && { exemption: { code: 'NO_FIT', text: 'Không phù hợp (hư cấu)' } }),
    green: aDecision(random, basisDate, recordedAt),
    earlier: [],
    recordedAt,
  };
}

function aDecision(random: Random, basisDate: string, knownFrom: string): LineDecision {
  const base = {
    inScope: random.chance(0.33),
    edition: basisDate < '2025-01-01' ? 'BENCH-1' : 'BENCH-2',
    basisDate,
    evaluatedAt: knownFrom,
    knownFrom,
    ruleVersion: '1',
  };
  const draw = random.integer(0, 9);
  if (draw < 3) {
    const [scheme, tier] = SCHEMES[draw]!;
    return { ...base, status: 'green', tier, scheme, certificate: 'c'.repeat(24), reasons: [] };
  }
  if (draw < 6) return { ...base, status: 'unknown', tier: null, reasons: ['NO_PRODUCT_GIVEN'] };
  return { ...base, status: 'notGreen', tier: null, reasons: ['NO_CERTIFICATE'] };
}

function unknownProduct(random: Random): string {
  return random.integer(1, PRODUCTS).toString(16).padStart(24, '0');
}

function codeOf(at: number): string {
  return `BENCH-${at}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
