import type { PurchaseLineInput } from '../schemas/types.d.ts';
import type { DemoProduct } from './demo-products.ts';
import { remarksOn } from './demo-remarks.ts';
import type { DemoShelf } from './demo-shelf.ts';
import type { Random } from './random.ts';
import texts from './data/demo-purchases.json' with { type: 'json' };

/** What one purchase is made of: its lines, and the product of each line where there is one. */
export interface DemoBasket {
  lines: PurchaseLineInput[];
  products: DemoProduct[];
}

interface Shopping {
  random: Random;
  shelf: DemoShelf;
  day: string;
  /** How often a buyer takes a labelled product where there is one, 0 to 1. */
  wish: number;
}

type Nature = NonNullable<PurchaseLineInput['nature']>;

const nothingConfirmed = 0.12;
const natureStated = 0.85;
const modelStated = 0.55;
const modelDiffers = 0.04;

/** The lines of one purchase on the day: goods or services of one kind, or needs that no group covers. */
export function fillBasket(shopping: Shopping): DemoBasket {
  const { random } = shopping;
  const basket = random.weighted([...texts.baskets, texts.others], ({ weight }) => weight);
  const count = random.integer(basket.lines[0] ?? 1, basket.lines[1] ?? 1);
  const filled: DemoBasket = { lines: [], products: [] };
  while (filled.lines.length < count) {
    if ('items' in basket) filled.lines.push(otherLine(random));
    else addLine(filled, random.pick(basket.groups), shopping);
  }
  return filled;
}

function otherLine(random: Random): PurchaseLineInput {
  const { description, unit, price, quantity, nature } = random.pick(texts.others.items);
  return { description, unit, ...natureSaid(nature as Nature, random), ...amounts({ price, range: quantity }, random) };
}

function addLine(
  { lines, products }: DemoBasket,
  group: { code: string; quantity: number[] },
  shopping: Shopping,
): void {
  const { random } = shopping;
  const { product, isGreen } = choose(group.code, products, shopping);
  const known = product ?? products.at(-1);
  if (!known) {
    // Nothing of the group was on sale yet.
    lines.push(otherLine(random));
    return;
  }
  if (!product || random.chance(nothingConfirmed)) {
    const { unit, price } = known;
    const description = (texts.plain as Record<string, string>)[group.code] ?? group.code;
    const nature = known.input.kind === 'service' ? 'services' : 'goods';
    lines.push({
      description,
      group: group.code,
      unit,
      ...natureSaid(nature, random),
      ...amounts({ price, range: group.quantity }, random),
      ...remarksOn({ group: group.code, isGreen: false }, shopping),
    });
    return;
  }
  const { key, unit, price, input } = product;
  products.push(product);
  lines.push({
    description: input.name.vi,
    product: key,
    unit,
    ...natureSaid(input.kind === 'service' ? 'services' : 'goods', random),
    ...amounts({ price, range: group.quantity }, random),
    ...delivered(product, random),
    ...remarksOn({ product, group: group.code, isGreen }, shopping),
  });
}

function natureSaid(nature: Nature, random: Random): { nature?: Nature } {
  return random.chance(natureStated) ? { nature } : {};
}

function choose(
  group: string,
  taken: DemoProduct[],
  { random, shelf, day, wish }: Shopping,
): { product: DemoProduct | undefined; isGreen: boolean } {
  const { green, plain } = shelf.find(group, day);
  const isFree = (product: DemoProduct): boolean => !taken.includes(product);
  const [greenLeft, plainLeft] = [green.filter(isFree), plain.filter(isFree)];
  const wanted = random.chance(wish) ? [greenLeft, plainLeft] : [plainLeft, greenLeft];
  const list = wanted.find((candidates) => candidates.length > 0);
  return { product: list && random.pick(list), isGreen: list === greenLeft };
}

/** A natural quantity, and the price for it before VAT, some percent around the usual one. */
function amounts(
  { price, range }: { price: number; range: number[] },
  random: Random,
): { quantity: string; amountNet: string } {
  const [low = 1, high = low] = range;
  const quantity = roundTo(random.integer(low, high), high >= 1000 ? 500 : high >= 100 ? 5 : 1);
  const unitPrice = roundTo(
    (price * random.integer(94, 108)) / 100,
    price >= 100_000 ? 1000 : price >= 2000 ? 100 : 10,
  );
  return { quantity: String(quantity), amountNet: String(quantity * unitPrice) };
}

function roundTo(value: number, step: number): number {
  return Math.max(step, Math.round(value / step) * step);
}

function delivered({ input }: DemoProduct, random: Random): Pick<PurchaseLineInput, 'asDelivered'> {
  const { kind, brand, model, aliases = [] } = input;
  if (kind === 'service' || model === undefined) return {};
  if (random.chance(modelDiffers)) return { asDelivered: { brand, model: `${model}S` } };
  return random.chance(modelStated) ? { asDelivered: { brand, model: random.pick([model, ...aliases]) } } : {};
}
