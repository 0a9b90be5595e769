import type { Product } from '../../schemas/types.d.ts';
import { fold } from '../search/fold.rules.ts';
import { foldModel } from './model-name.rules.ts';

/** What a certificate names a product by, and so what only certifier or operator change once one covers it. */
export const identityFields = [
  'kind',
  'group',
  'brand',
  'model',
  'aliases',
  'series',
  'gtin',
  'supplier',
] as const satisfies (keyof Product)[];

/** What a product is known by. */
export type Named = Pick<Product, 'group' | 'brand' | 'supplier' | 'model'> & { aliases?: string[] };

/**
 * The keys by which the catalogue knows that a product is there already, one for its model and for each other spelling of
 * it: group, brand or supplier, and the folded name. No two products share one.
 */
export function identitiesOf({ group, brand, supplier, model, aliases = [] }: Named): string[] {
  const names = [model ?? '', ...aliases].map(foldModel).filter((name) => name !== '');
  return [...new Set(names)].map((name) => `${group}|${fold(brand ?? supplier)}|${name}`);
}

/** What is printed on the product, as a look-up compares it: its model and other spellings, its GTIN and its series. */
export function codesOf({ model, aliases = [], gtin, series }: Partial<Product>): string[] {
  const codes = [model, ...aliases, gtin, series].flatMap((code) => (code === undefined ? [] : foldModel(code)));
  return [...new Set(codes)].filter((code) => code !== '');
}

/** Where in the product stands the name that has the key: `/model` or `/aliases/<n>`. */
export function placeOfIdentity(product: Named, keys: readonly string[]): string {
  const isIt = (over: Partial<Named>) =>
    identitiesOf({ ...product, model: undefined, aliases: [], ...over }).some((key) => keys.includes(key));
  if (isIt({ model: product.model })) return '/model';
  const at = (product.aliases ?? []).findIndex((alias) => isIt({ aliases: [alias] }));
  return at < 0 ? '/model' : `/aliases/${at}`;
}
