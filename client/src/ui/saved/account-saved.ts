import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { SavedSearch as KeptByAccount } from '../../../../schemas/types.d.ts';
import { request } from '../../api/client.ts';
import type { List } from '../../api/client.ts';
import type { SavedSearch, SavedStore } from './saved-store.ts';

/** What a person's account keeps. */
export interface AccountSaved extends SavedStore {
  query: UseQueryResult<KeptByAccount[]>;
  /** Keeps all of them, or none; what is kept already stays as it is. */
  takeAlong(searches: readonly SavedSearch[]): Promise<void>;
}

/** The questions that the person's account keeps; nothing is asked where there is no person. */
export function useAccountSaved(person: string | undefined): AccountSaved {
  const client = useQueryClient();
  const queryKey = ['saved', person];
  const query = useQuery({
    queryKey,
    enabled: person !== undefined,
    queryFn: async ({ signal }) => (await request<List<KeptByAccount>>('/api/saved', { signal })).items,
  });
  const saved = query.data ?? [];
  const show = (items: KeptByAccount[]) => client.setQueryData(queryKey, items);
  const send = async (method: 'POST' | 'PATCH', path: string, body: object) => {
    await client.cancelQueries({ queryKey });
    show((await request<List<KeptByAccount>>(path, { method, body })).items);
  };
  const keep = (searches: readonly Omit<SavedSearch, 'id'>[], place?: number) =>
    send('POST', '/api/saved', { items: searches.map(sendable), ...(place !== undefined && { place }) });
  return {
    query,
    saved,
    keep: (search, place) => keep([search], place),
    takeAlong: (searches) => keep(searches),
    rename: (id, name) => send('PATCH', `/api/saved/${id}`, { name }),
    async drop(id) {
      const place = saved.findIndex((search) => search.id === id);
      const dropped = saved[place];
      await client.cancelQueries({ queryKey });
      await request(`/api/saved/${id}`, { method: 'DELETE' });
      client.setQueryData<KeptByAccount[]>(queryKey, (shown) => shown?.filter((search) => search.id !== id));
      return async () => {
        if (dropped !== undefined) await keep([dropped], place);
      };
    },
    see(ids, until) {
      // What is not taken down as seen is said to be new once more, and no more than that.
      if (ids.length > 0) send('POST', '/api/saved/seen', { ids, until }).catch(() => {});
    },
  };
}

function sendable({ page, name, query, seenUntil }: Omit<SavedSearch, 'id'>): Omit<SavedSearch, 'id'> {
  return { page, name, query, ...(seenUntil !== undefined && { seenUntil }) };
}
