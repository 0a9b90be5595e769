import { useSyncExternalStore } from 'react';

/** More columns than these nobody reads side by side. */
export const mostCompared = 4;

const storageKey = 'xanh.compare';
const listeners = new Set<() => void>();
let ids = readStored();

/** The products put side by side, by their ids; they last as long as the browser tab. */
export function useComparison(): readonly string[] {
  return useSyncExternalStore(subscribe, () => ids);
}

/** Puts a product beside the others, or takes it away. */
export function toggleCompared(id: string): void {
  replace(ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id].slice(0, mostCompared));
}

/** The address of the page that shows them. */
export function comparePath(products: readonly string[]): string {
  return products.length === 0 ? '/compare' : `/compare?ids=${products.join(',')}`;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function replace(next: readonly string[]): void {
  ids = next;
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(next));
  } catch {
    // They are then forgotten when the page is left.
  }
  for (const listener of listeners) listener();
}

function readStored(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string').slice(0, mostCompared) : [];
  } catch {
    return [];
  }
}
