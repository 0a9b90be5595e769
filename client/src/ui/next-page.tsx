import { Button, Group } from '@mantine/core';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

interface NextPageProps {
  query: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>;
}

/** Fetches the next page of a list, where there is one. */
export function NextPage({ query: { hasNextPage, isFetchingNextPage, fetchNextPage } }: NextPageProps) {
  const { t } = useTranslation();
  if (!hasNextPage) return null;
  return (
    <Group justify="center" className="xanh-no-print">
      <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
        {t('purchase.more')}
      </Button>
    </Group>
  );
}
