import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Me, SessionInput } from '../../../../schemas/types.d.ts';
import { request } from '../../api/client.ts';

/** Starts a session with a key or as a demonstration role; everything known is then asked for again. */
export function useSignIn() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: SessionInput) => request<Me>('/api/session', { method: 'POST', body }),
    onSuccess: () => queryClient.resetQueries(),
  });
}

/** Ends the session. */
export function useSignOut() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => request<null>('/api/session', { method: 'DELETE' }),
    onSuccess: () => queryClient.resetQueries(),
  });
}
