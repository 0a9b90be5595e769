import { infiniteQueryOptions } from '@tanstack/react-query';
import type {
  ApiKeyEntry,
  ApiKeyInput,
  ApiKeyMade,
  InvitationInput,
  Letter,
  Membership,
  MembershipEntry,
  MembershipQuery,
} from '../../../../../schemas/types.d.ts';
import { request } from '../../../api/client.ts';
import type { List, Query } from '../../../api/client.ts';
import { useChange } from '../../../api/use-change.ts';

/** A list page by page. */
const listQuery = <Item>(path: string, query: Query = {}) =>
  infiniteQueryOptions({
    queryKey: [path, query],
    queryFn: ({ pageParam, signal }) =>
      request<List<Item>>(path, { query: { ...query, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });

/** Who acts for the organisation, or everywhere; the invitations that are open, or what has ended. */
export const membershipsQuery = (org: string, state: MembershipQuery['state']) =>
  listQuery<MembershipEntry>('/api/memberships', { org, state });

/** Keys of machines. */
export const keysQuery = (org: string) => listQuery<ApiKeyEntry>('/api/keys', { org });

/** Letters that no mail server took. */
export const outboxQuery = listQuery<Letter>('/api/outbox');

/** Invites an address into a role. */
export function useInvite(onInvited: (membership: Membership) => void) {
  return useChange(
    (body: InvitationInput) => request<Membership>('/api/invitations', { method: 'POST', body }),
    onInvited,
  );
}

/** Ends a membership or an open invitation at once. */
export function useEndMembership(onEnded: () => void) {
  return useChange(
    (id: string) => request<Membership>(`/api/memberships/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    onEnded,
  );
}

/** Makes a key, which is shown only in this answer. */
export function useMakeKey(onMade: (made: ApiKeyMade) => void) {
  return useChange((body: ApiKeyInput) => request<ApiKeyMade>('/api/keys', { method: 'POST', body }), onMade);
}

/** Revokes a key at once. */
export function useRevokeKey(onRevoked: () => void) {
  return useChange(
    (id: string) => request<null>(`/api/keys/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    onRevoked,
  );
}

/** Removes whatever says who the person is. */
export function useErasePerson(onErased: () => void) {
  return useChange(
    (id: string) => request<null>(`/api/people/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    onErased,
  );
}
