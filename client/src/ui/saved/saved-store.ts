import { useSyncExternalStore } from 'react';

/** Pages whose questions can be kept. */
export type SavedPage = 'search' | 'purchases' | 'register' | 'share';

/** A question with the name that the reader gave it; it is the query of the page's address. */
export interface SavedSearch {
  id: string;
  page: SavedPage;
  name: string;
  query: string;
  /** Of a search: the server's instant up to which what it finds has been seen. */
  seenAt?: string;
}

const storageKey = 'xanh.saved';
const listeners = new Set<() => void>();
let kept = readStored();

/** Every question kept in this browser. */
export function useSaved(): readonly SavedSearch[] {
  return useSyncExternalStore(subscribe, () => kept);
}

/** Keeps a question under a name. */
export function keepSearch(search: Omit<SavedSearch, 'id'>): void {
  replace([...kept, { ...search, id: `${Date.now()}-${kept.length}` }]);
}

/** Gives a kept question another name. */
export function renameSearch(id: string, name: string): void {
  replace(kept.map((search) => (search.id === id ? { ...search, name } : search)));
}

/** What these searches found up to the instant has been seen. */
export function seeSearches(ids: readonly string[], seenAt: string): void {
  if (ids.length > 0) replace(kept.map((search) => (ids.includes(search.id) ? { ...search, seenAt } : search)));
}

/** Drops a question; the function that comes back puts it where it was. */
export function dropSearch(id: string): () => void {
  const at = kept.findIndex((search) => search.id === id);
  const dropped = kept[at];
  replace(kept.filter((search) => search.id !== id));
  return () => {
    if (dropped !== undefined) replace(kept.toSpliced(at, 0, dropped));
  };
}

function replace(next: SavedSearch[]): void {
  kept = next;
  try {
    localStorage.setItem(storageKey, JSON.stringify(next));
  } catch {
    // A browser that keeps nothing still shows them until it closes.
  }
  for (const listener of listeners) listener();
}

/** Another tab of the same browser may keep a question too. */
function subscribe(listener: () => void): () => void {
  const follow = ({ key }: StorageEvent) => {
    if (key !== storageKey) return;
    kept = readStored();
    listener();
  };
  listeners.add(listener);
  window.addEventListener('storage', follow);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', follow);
  };
}

function readStored(): SavedSearch[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isSaved) : [];
  } catch {
    return [];
  }
}

function isSaved(value: unknown): value is SavedSearch {
  if (typeof value !== 'object' || value === null) return false;
  return ['id', 'page', 'name', 'query'].every((name) => typeof Reflect.get(value, name) === 'string');
}
