import type { SavedSearch as KeptByAccount } from '../../../../schemas/types.d.ts';

/** Pages whose questions can be kept. */
export type SavedPage = KeptByAccount['page'];

/** A question with the name that the reader gave it: the query of a page's address, and up to when what it finds was seen. */
export type SavedSearch = Omit<KeptByAccount, 'keptAt'>;

/** Where questions are kept: the browser of who reads without an account, or the account, on every machine. */
export interface SavedStore {
  saved: readonly SavedSearch[];
  /** Keeps a question, at the end or at a place. */
  keep(search: Omit<SavedSearch, 'id'>, place?: number): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  /** Drops a question; the function that comes back puts it where it was. */
  drop(id: string): Promise<() => Promise<void>>;
  /** What these searches found up to the instant has been seen. */
  see(ids: readonly string[], until: string): void;
}
