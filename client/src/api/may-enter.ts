import type { MeActor, Product } from '../../../schemas/types.d.ts';

const roles = new Set<MeActor['role']>(['supplier', 'certifier', 'operator']);

/** Whether the caller enters products at all. */
export function mayEnter(actor: MeActor | null): actor is MeActor {
  return actor !== null && roles.has(actor.role);
}

/** Whether the caller changes this product: a supplier its own. */
export function mayChange(actor: MeActor | null, product: Pick<Product, 'supplier'>): actor is MeActor {
  return mayEnter(actor) && (actor.role !== 'supplier' || actor.org === product.supplier);
}

/** Whether the caller registers certificates at all: in which schemes is the server's to say. */
export function mayRegister(actor: MeActor | null | undefined): actor is MeActor {
  return actor?.role === 'certifier' || actor?.role === 'operator';
}

/** Whether the caller keeps the law, the list and the organisations. */
export function isOperator({ role }: MeActor): boolean {
  return role === 'operator';
}
