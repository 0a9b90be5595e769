import type { Product, ProductGroup, ProductInput } from '../../schemas/types.d.ts';
import { broken } from '../core/problem.ts';
import { enteredAgain, readAttributes } from './attributes.rules.ts';

type FindGroup = (code: string) => Promise<ProductGroup | null>;
type Attributed = Pick<Product, 'group' | 'attributes' | 'attributesEntered'>;

/** The product with attributes as its group has them. @throws Problem 422 naming `/attributes/<key>` */
export async function withAttributes<T extends Attributed>(
  find: FindGroup,
  product: T,
  input: ProductInput['attributes'],
): Promise<T> {
  const { attributes: _attributes, attributesEntered: _entered, ...rest } = product;
  if (!input || Object.keys(input).length === 0) return rest as T;
  const group = await find(product.group);
  const { stored, faults } = readAttributes(group?.attributes ?? [], input);
  if (faults.length > 0)
    throw broken(...faults.map(({ key, ...fault }) => ({ ...fault, pointer: `/attributes/${key}` })));
  return { ...rest, ...stored } as T;
}

/**
 * A changed product with attributes as its group has them: those that are sent, else those that it had, checked again where
 * the group is another. @throws Problem 422 naming `/attributes/<key>`
 */
export async function amendedAttributes<T extends Attributed>(
  find: FindGroup,
  { before, after }: { before: Attributed; after: T },
  input: ProductInput['attributes'],
): Promise<T> {
  if (input) return withAttributes(find, after, input);
  if (after.group === before.group || !before.attributes) return after;
  const former = await find(before.group);
  return withAttributes(find, after, enteredAgain(before, former?.attributes ?? []));
}
