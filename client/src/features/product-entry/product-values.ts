import type { AttributesInput, Product, ProductInput, ProductPatch } from '../../../../schemas/types.d.ts';
import { localised } from '../../ui/localised.ts';

/** A product while it is typed: shaped like the wire, so that a pointer is a field; what is empty is not sent. */
export interface ProductValues {
  kind: ProductInput['kind'];
  name: { vi: string; en: string };
  description: { vi: string; en: string };
  brand: string;
  model: string;
  aliases: string[];
  series: string;
  gtin: string;
  group: string;
  cpv: string;
  hs: string;
  supplier: string;
  maker: string;
  authorised: string[];
  origin: string;
  places: string[];
  price: { amountNet: string; unit: string; packFactor: string; asOf: string };
  attributes: AttributesInput;
}

/** A product of which nothing is said yet. */
export function emptyProduct(supplier = ''): ProductValues {
  return {
    kind: 'good',
    name: { vi: '', en: '' },
    description: { vi: '', en: '' },
    brand: '',
    model: '',
    aliases: [],
    series: '',
    gtin: '',
    group: '',
    cpv: '',
    hs: '',
    supplier,
    maker: '',
    authorised: [],
    origin: '',
    places: [],
    price: { amountNet: '', unit: '', packFactor: '', asOf: '' },
    attributes: {},
  };
}

/** What the form shows of a product; numbers that were entered in another unit stand in that unit. */
export function valuesOf(product: Product): ProductValues {
  const { attributes, attributesEntered, name, description, price, ...rest } = product;
  const empty = emptyProduct();
  const known = Object.keys(empty).flatMap((field) => (field in rest ? [[field, Reflect.get(rest, field)]] : []));
  return {
    ...empty,
    ...Object.fromEntries(known),
    name: { ...empty.name, ...name },
    description: { ...empty.description, ...description },
    price: { ...empty.price, ...price },
    attributes: { ...attributes, ...attributesEntered },
  };
}

/** What is sent: only what is said, and only attributes that the group has. */
export function toProductInput(values: ProductValues, attributes: readonly string[]): ProductInput {
  const { name, description, price, aliases, authorised, places, kind, group, supplier } = values;
  const own = Object.entries(values.attributes).filter(([key]) => attributes.includes(key));
  const texts = ['brand', 'model', 'series', 'gtin', 'cpv', 'hs', 'maker', 'origin'] as const;
  const { packFactor, ...offered } = price;
  return {
    kind,
    group,
    supplier,
    name: localised(name),
    ...(description.vi.trim() !== '' && { description: localised(description) }),
    ...Object.fromEntries(texts.map((field) => [field, values[field].trim()]).filter(([, text]) => text !== '')),
    ...(aliases.length > 0 && { aliases }),
    ...(authorised.length > 0 && { authorised }),
    ...(places.length > 0 && { places }),
    ...(price.amountNet !== '' && { price: { ...offered, ...(packFactor.trim() !== '' && { packFactor }) } }),
    ...(own.length > 0 && { attributes: Object.fromEntries(own) }),
  };
}

/** The fields that differ, null or nothing for what is no longer said. */
export function patchOf(before: ProductInput, after: ProductInput): ProductPatch {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = fields.filter((field) => !isSame(Reflect.get(before, field), Reflect.get(after, field)));
  return Object.fromEntries(changed.map((field) => [field, Reflect.get(after, field) ?? nothing(field)]));
}

const lists = new Set(['aliases', 'authorised', 'places']);

function nothing(field: string): unknown {
  if (lists.has(field)) return [];
  return field === 'attributes' ? {} : null;
}

/** Alike, in whatever order the members were typed. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, member]) => [key, sorted(member)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
