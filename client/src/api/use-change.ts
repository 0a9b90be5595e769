import { useMutation, useQueryClient } from '@tanstack/react-query';

/** Changes something: everything shown is asked for again; who waits for it is told first, for it may be gone then. */
export function useChange<Variables, Changed>(
  mutationFn: (variables: Variables) => Promise<Changed>,
  onChanged?: (changed: Changed) => void,
) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: (changed) => {
      onChanged?.(changed);
      return queryClient.invalidateQueries();
    },
  });
}
