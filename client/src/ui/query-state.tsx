import { Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './problem-alert.tsx';

interface QueryStateProps<T> {
  query: UseQueryResult<T>;
  /** How many placeholder blocks stand while the answer is on its way. */
  blocks?: number;
  children: (data: T) => ReactNode;
}

/** Waiting, failed or there: one of three, for everything that is fetched. */
export function QueryState<T>({ query, blocks = 3, children }: QueryStateProps<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  return <Waiting blocks={blocks} />;
}

/** Quiet blocks in the place of what is coming. */
export function Waiting({ blocks = 3 }: { blocks?: number }) {
  const { t } = useTranslation();
  return (
    <Stack gap="md" component="output">
      <VisuallyHidden>{t('state.loading')}</VisuallyHidden>
      {Array.from({ length: blocks }, (_, block) => (
        <Skeleton key={block} height={92} radius="md" />
      ))}
    </Stack>
  );
}
