import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type {
  InvitationAcceptance,
  Me,
  Membership,
  PasswordChangeInput,
  PasswordResetInput,
  SecondFactor,
  SecondFactorInput,
  SessionInput,
  SignInEntry,
  SignInInput,
  SignInResult,
  SignUpInput,
  VerificationInput,
} from '../../../../schemas/types.d.ts';
import { request } from '../../api/client.ts';
import type { List } from '../../api/client.ts';
import { useChange } from '../../api/use-change.ts';

/** Starts a session with a key or as a demonstration role; everything known is then asked for again. */
export function useSignIn() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: SessionInput) => request<Me>('/api/session', { method: 'POST', body }),
    onSuccess: () => queryClient.resetQueries(),
  });
}

/** Signs a person in by address and password; where a code is asked for, nobody is signed in yet. */
export function usePersonSignIn() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: SignInInput) => request<SignInResult>('/api/auth/sign-in', { method: 'POST', body }),
    onSuccess: async ({ needsCode }) => {
      if (!needsCode) await queryClient.resetQueries();
    },
  });
}

/** Ends a sign-in that asked for a code. */
export function useSecondFactor() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: SecondFactorInput) => request<SignInResult>('/api/auth/second-factor', { method: 'POST', body }),
    onSuccess: () => queryClient.resetQueries(),
  });
}

/** Asks for a letter with a link for a new password. */
export function useForgotten() {
  return useMutation({
    mutationFn: (email: string) => request<null>('/api/auth/forgotten-password', { method: 'POST', body: { email } }),
  });
}

/** Sets a new password by the link of a letter. */
export function useNewPassword() {
  return useMutation({
    mutationFn: (body: PasswordResetInput) => request<null>('/api/auth/password-reset', { method: 'POST', body }),
  });
}

/** Accepts an invitation, and signs in with the account that it has then. */
export function useAcceptance() {
  return useLink('/api/invitations/acceptance');
}

/** Opens the link of a sign-up, and signs in with the account that it has then. */
export function useConfirmation() {
  return useLink('/api/sign-ups/confirmation');
}

function useLink(path: string) {
  const queryClient = useQueryClient();
  return useMutation({
    async mutationFn(body: InvitationAcceptance) {
      await request(path, { method: 'POST', body });
      const { email, password } = body;
      return request<SignInResult>('/api/auth/sign-in', { method: 'POST', body: { email, password } });
    },
    onSuccess: () => queryClient.resetQueries(),
  });
}

/** Signs a supplier up: a letter follows. */
export function useSignUp() {
  return useMutation({
    mutationFn: (body: SignUpInput) => request<null>('/api/sign-ups', { method: 'POST', body }),
  });
}

/** Says whether a person who signed up belongs to the organisation. */
export function useVerification(onDecided: () => void) {
  return useChange(
    ({ id, body }: { id: string; body: VerificationInput }) =>
      request<Membership>(`/api/memberships/${encodeURIComponent(id)}/verification`, { method: 'POST', body }),
    onDecided,
  );
}

/** Chooses for which of its memberships a person acts; everything known is then asked for again. */
export function useMembership() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (membership: string) =>
      request<null>('/api/session/membership', { method: 'POST', body: { membership } }),
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

/** Changes the own password; every other sign-in ends. */
export function usePasswordChange() {
  return useChange((body: PasswordChangeInput) => request<null>('/api/auth/password', { method: 'POST', body }));
}

/** Where the person is signed in. */
export const signInsQuery = queryOptions({
  queryKey: ['signIns'],
  queryFn: async ({ signal }) => (await request<List<SignInEntry>>('/api/auth/sessions', { signal })).items,
});

/** Ends one sign-in of the person. */
export function useEndSignIn() {
  return useChange((id: string) => request<null>(`/api/auth/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' }));
}

/** Ends every other sign-in of the person. */
export function useSignOutElsewhere() {
  return useChange(() => request<null>('/api/auth/sign-out-elsewhere', { method: 'POST', body: {} }));
}

/** Makes a second factor, which counts once it is confirmed. */
export function useMakeFactor() {
  return useMutation({
    mutationFn: (password: string) =>
      request<SecondFactor>('/api/auth/two-factor', { method: 'POST', body: { password } }),
  });
}

/** Confirms the second factor by its first code. */
export function useConfirmFactor(onConfirmed: () => void) {
  return useChange(
    (code: string) => request<null>('/api/auth/two-factor/confirmation', { method: 'POST', body: { code } }),
    onConfirmed,
  );
}

/** Switches the second factor off. */
export function useRemoveFactor() {
  return useChange((password: string) =>
    request<null>('/api/auth/two-factor/removal', { method: 'POST', body: { password } }),
  );
}
