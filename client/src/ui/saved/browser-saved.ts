import { useSyncExternalStore } from 'react';
import type { SavedSearch, SavedStore } from './saved-store.ts';

/** A question as this browser keeps it. */
export interface BrowserSearch extends SavedSearch {
  /** People who signed in here and said that it is not to be taken along. */
  leftBy?: string[];
}

const storageKey = 'xanh.saved';
const listeners = new Set<() => void>();
let kept = readStored();

/** Every question kept in this browser. */
export function useBrowserSaved(): readonly BrowserSearch[] {
  return useSyncExternalStore(subscribe, () => kept);
}

/** Keeps questions in this browser. */
export const browserStore: Omit<SavedStore, 'saved'> = {
  async keep(search, place = kept.length) {
    replace(kept.toSpliced(place, 0, { ...search, id: `${Date.now()}-${kept.length}` }));
  },
  async rename(id, name) {
    replace(kept.map((search) => (search.id === id ? { ...search, name } : search)));
  },
  async drop(id) {
    const place = kept.findIndex((search) => search.id === id);
    const dropped = kept[place];
    forget([id]);
    return async () => {
      if (dropped !== undefined) replace(kept.toSpliced(place, 0, dropped));
    };
  },
  see(ids, until) {
    if (ids.length === 0) return;
    replace(kept.map((search) => (ids.includes(search.id) ? { ...search, seenUntil: until } : search)));
  },
};

/** Forgets questions that are kept elsewhere now. */
export function forget(ids: readonly string[]): void {
  replace(kept.filter(({ id }) => !ids.includes(id)));
}

/** Leaves what is kept here where it is: the person is not asked again to take it along. */
export function leave(person: string): void {
  replace(kept.map((search) => ({ ...search, leftBy: [...new Set([...(search.leftBy ?? []), person])] })));
}

function replace(next: BrowserSearch[]): void {
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

function readStored(): BrowserSearch[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isSaved).map(asNamedNow) : [];
  } catch {
    return [];
  }
}

function isSaved(value: unknown): value is BrowserSearch {
  if (typeof value !== 'object' || value === null) return false;
  return ['id', 'page', 'name', 'query'].every((name) => typeof Reflect.get(value, name) === 'string');
}

/** Browsers that have kept something for long have the instant under another name. */
function asNamedNow({ seenAt, ...search }: BrowserSearch & { seenAt?: string }): BrowserSearch {
  return seenAt === undefined ? search : { seenUntil: seenAt, ...search };
}
