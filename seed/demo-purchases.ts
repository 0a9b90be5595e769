import type { PurchaseInput } from '../schemas/types.d.ts';
import { instantAt, type DemoCalendar } from './demo-calendar.ts';
import { fillBasket, type DemoBasket } from './demo-lines.ts';
import type { DemoOperation } from './demo-operation.ts';
import { buyers } from './demo-organisations.ts';
import type { DemoShelf } from './demo-shelf.ts';
import { fundingOf, unusual, withGross } from './demo-unusual.ts';
import { createRandom, type Random } from './random.ts';
import texts from './data/demo-purchases.json' with { type: 'json' };

type PurchaseOperation = DemoOperation & { do: 'purchase' };

const seed = 20_161_101;
/** How many purchases the whole demonstration register has. */
export const allPurchases = 5000;
const longestAgo = 1094;
// Buyers take labelled products more often from quarter to quarter, with three dips.
const wishes = [0.22, 0.3, 0.26, 0.34, 0.38, 0.3, 0.42, 0.46, 0.5, 0.42, 0.54, 0.58];
// Little is bought around the lunar new year, much before the budget year ends.
const monthWeights = [0.55, 0.4, 0.75, 0.75, 0.8, 0.85, 0.75, 0.8, 0.85, 0.9, 1, 1];
const dealers = ['DEMO-NCC-19', 'DEMO-NCC-20', 'DEMO-NCC-21'];
const million = 1_000_000;

/** Three years of purchases over all buying agencies, with a few frameworks and foreign amounts, corrections and one cancellation. */
export function purchaseOperations(calendar: DemoCalendar, shelf: DemoShelf, purchases: number): DemoOperation[] {
  const random = createRandom(seed);
  const agencies = buyers();
  const counts = new Map<string, number>();
  const recorded = basisDays(calendar, random, purchases).map((day, index): PurchaseOperation => {
    // Each agency buys once before they buy at random.
    const agency = (agencies[index] ?? random.weighted(agencies, ({ weight }) => weight)).code;
    const basket = fillBasket({ random, shelf, day, wish: wishOn(index / purchases) });
    const yearOfAgency = `${day.slice(0, 4)} ${agency}`;
    const place = (counts.get(yearOfAgency) ?? 0) + 1;
    counts.set(yearOfAgency, place);
    const usual = purchaseOf({ agency, day, place, basket }, random);
    const input = unusual(usual, index, purchases) ?? withGross(usual, random);
    const at = instantAt(calendar.entryDay(day, random.chance(0.8) ? 0 : 1), '14:00');
    return { at, key: `${agency} ${input.reference}`, do: 'purchase', input };
  });
  return [...recorded, ...corrections(recorded, calendar, random)];
}

function basisDays(calendar: DemoCalendar, random: Random, purchases: number): string[] {
  const days: string[] = [];
  while (days.length < purchases) {
    const day = calendar.ago(random.integer(1, longestAgo));
    if (random.chance(monthWeights[Number(day.slice(5, 7)) - 1] ?? 1)) days.push(day);
  }
  return days.toSorted();
}

/** `past` is the part of the time that lies behind, 0 to 1. */
function wishOn(past: number): number {
  return wishes[Math.floor(past * wishes.length)] ?? 0;
}

interface Order {
  agency: string;
  day: string;
  /** Counts the agency's contracts of the year. */
  place: number;
  basket: DemoBasket;
}

function purchaseOf({ agency, day, place, basket }: Order, random: Random): PurchaseInput {
  const total = basket.lines.reduce((sum, line) => sum + Number(line.amountNet), 0);
  const method = methodFor(total, random);
  const isPublished = method === 'open' || method === 'quotation';
  // Serial numbers that begin with 99 lie far above those in use.
  const notice = `IB${day.slice(2, 4)}99${String(random.integer(0, 999_999)).padStart(6, '0')}-00`;
  return {
    agency,
    reference: `HĐ ${String(place).padStart(2, '0')}/${day.slice(0, 4)}/${agency.replace('DEMO-', '')}`,
    ...(isPublished ? { notice } : {}),
    method,
    ...(method === 'call-off'
      ? { basisRule: 'callOff' as const }
      : random.chance(0.5)
        ? { basisRule: 'signed' as const }
        : {}),
    ...fundingOf(basket, random),
    basisDate: day,
    supplier: supplierFor(basket, random),
    lines: basket.lines,
  };
}

function methodFor(total: number, random: Random): PurchaseInput['method'] {
  if (random.chance(0.03)) return 'unknown';
  if (random.chance(0.08)) return 'call-off';
  if (total < 10 * million && random.chance(0.4)) return 'petty';
  if (total < 50 * million) return 'direct';
  return total < 300 * million ? 'quotation' : random.pick(['open', 'open', 'restricted'] as const);
}

/** Goods come from maker, dealer or shop; a service mostly from the firm that answers for it. */
function supplierFor({ products: [first] }: DemoBasket, random: Random): PurchaseInput['supplier'] {
  if (!first) return random.pick(texts.retailers);
  if (first.input.kind === 'service')
    return random.chance(0.82) ? { code: first.input.supplier } : random.pick(texts.retailers);
  if (random.chance(0.4)) return { code: first.input.supplier };
  return random.chance(0.6) ? { code: random.pick(dealers) } : random.pick(texts.retailers);
}

// The same for every count of purchases: about ten corrections and one cancellation of six hundred.
const correctedEvery = 70;
const correctedPlace = 34;
const cancelledPlace = 333;

function corrections(recorded: PurchaseOperation[], calendar: DemoCalendar, random: Random): DemoOperation[] {
  const corrected = recorded.filter(
    ({ input }, index) => index % correctedEvery === correctedPlace && input.lines[0]?.amountNet !== undefined,
  );
  const replacing = corrected.map((operation, index) => correctionOf(operation, index, { calendar, random }));
  const cancelled = recorded[cancelledPlace];
  if (!cancelled) return replacing;
  const input = { reason: texts.cancellation, cancel: true as const };
  return [...replacing, { ...correctionFrame(cancelled, calendar, random), input }];
}

function correctionOf(
  operation: PurchaseOperation,
  index: number,
  { calendar, random }: { calendar: DemoCalendar; random: Random },
): DemoOperation {
  const [line] = operation.input.lines;
  const { reason, less } = texts.corrections[index % texts.corrections.length]!;
  const [quantity, amount] = [Number(line!.quantity), Number(line!.amountNet)];
  const delivered = less === 'quantity' && quantity > 1 ? quantity - Math.ceil(quantity / 10) : quantity;
  const amountNet = delivered < quantity ? (amount / quantity) * delivered : Math.floor(amount / 20_000) * 19_000;
  const input = {
    reason,
    lines: [{ ...line!, corrects: 1, quantity: String(delivered), amountNet: String(amountNet) }],
  };
  return { ...correctionFrame(operation, calendar, random), input };
}

function correctionFrame(
  { key, at, input }: PurchaseOperation,
  calendar: DemoCalendar,
  random: Random,
): Omit<DemoOperation & { do: 'correction' }, 'input'> {
  const on = calendar.recorded(at.slice(0, 10), random.integer(5, 30));
  return { at: instantAt(on, '16:00'), key: `${key} corrected`, do: 'correction', purchase: key, agency: input.agency };
}
