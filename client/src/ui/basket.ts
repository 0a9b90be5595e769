import { useSyncExternalStore } from 'react';
import type { LocalisedText } from '../../../schemas/types.d.ts';

/** A product that waits to be bought, with what a form line shows of it. */
export interface BasketItem {
  product: string;
  name: LocalisedText;
  brand?: string | undefined;
  model?: string | undefined;
  group: string;
  supplier: string;
}

const storageKey = 'xanh.basket';
const listeners = new Set<() => void>();
let items = readStored();

/** The products put aside for a purchase; they last as long as the browser tab. */
export function useBasket(): readonly BasketItem[] {
  return useSyncExternalStore(subscribe, () => items);
}

/** Puts a product into the basket, once. */
export function addToBasket(item: BasketItem): void {
  if (!items.some(({ product }) => product === item.product)) replace([...items, item]);
}

/** Takes a product out of the basket. */
export function removeFromBasket(product: string): void {
  replace(items.filter((item) => item.product !== product));
}

/** Empties the basket. */
export function clearBasket(): void {
  replace([]);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function replace(next: readonly BasketItem[]): void {
  items = next;
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(next));
  } catch {
    // The basket then lives until the page is left.
  }
  for (const listener of listeners) listener();
}

function readStored(): readonly BasketItem[] {
  try {
    const stored: BasketItem[] = JSON.parse(sessionStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(stored) ? stored : [];
  } catch {
    return [];
  }
}
