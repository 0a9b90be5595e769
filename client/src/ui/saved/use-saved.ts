import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { meQuery } from '../../api/me.ts';
import { useAccountSaved } from './account-saved.ts';
import { browserStore, forget, leave, useBrowserSaved } from './browser-saved.ts';
import type { SavedSearch, SavedStore } from './saved-store.ts';

/** What the browser still keeps of somebody who is signed in now. */
export interface Waiting {
  searches: readonly SavedSearch[];
  take(): Promise<void>;
  leave(): void;
}

export interface Saved extends SavedStore {
  where: 'browser' | 'account';
  /** It is not known yet what is kept. */
  isLoading: boolean;
  /** Why the list, or the last change, could not be had. */
  error: unknown;
  /** Asks for the list again, where it could not be had. */
  retry: (() => void) | undefined;
  /** Does what may fail, and says so here; gives whether it is done. */
  attempt(work: () => Promise<unknown>): Promise<boolean>;
  waiting: Waiting | null;
}

/** The questions that the reader keeps: by the account of a person, else in this browser. */
export function useSaved(): Saved {
  const { data: me, isPending } = useQuery(meQuery);
  const inBrowser = useBrowserSaved();
  const person = me?.person?.id;
  const account = useAccountSaved(person);
  const [failure, setFailure] = useState<unknown>(null);
  const attempt = async (work: () => Promise<unknown>) => {
    setFailure(null);
    try {
      await work();
      return true;
    } catch (error) {
      setFailure(error);
      return false;
    }
  };
  const shared = { attempt, error: failure, retry: undefined, waiting: null };
  if (isPending) return { ...shared, ...browserStore, where: 'browser', saved: [], isLoading: true };
  if (person === undefined) return { ...shared, ...browserStore, where: 'browser', saved: inBrowser, isLoading: false };
  const { query, takeAlong, ...store } = account;
  const searches = inBrowser.filter(({ leftBy }) => leftBy?.includes(person) !== true);
  return {
    ...shared,
    ...store,
    where: 'account',
    isLoading: query.isPending,
    error: failure ?? query.error,
    retry: query.isError ? () => void query.refetch() : undefined,
    waiting: query.data === undefined || searches.length === 0 ? null : waitingOf(searches, { takeAlong, person }),
  };
}

function waitingOf(
  searches: readonly SavedSearch[],
  { takeAlong, person }: { takeAlong(searches: readonly SavedSearch[]): Promise<void>; person: string },
): Waiting {
  return {
    searches,
    async take() {
      await takeAlong(searches);
      // Only now that the account has them.
      forget(searches.map(({ id }) => id));
    },
    leave: () => leave(person),
  };
}
