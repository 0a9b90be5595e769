import { Alert, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SearchResult } from '../../../../schemas/types.d.ts';
import { criterionPath } from '../../ui/names.tsx';
import { RecordLink } from '../../ui/record-link.tsx';

type Opened = NonNullable<SearchResult['query']['opens']>[number];

const pathOf: Record<Opened['kind'], (id: string) => string> = {
  certificate: (id) => `/certificates/${id}`,
  purchase: (id) => `/purchases/${id}`,
  criterion: criterionPath,
};

/** Other records of which the words are the code, or nearly. */
export function OpenedRecords({ opens }: { opens: readonly Opened[] | undefined }) {
  const { t } = useTranslation();
  if (!opens || opens.length === 0) return null;
  return (
    <Alert variant="light" title={t(opens.every(({ near }) => near) ? 'search.opensNear' : 'search.opens')}>
      <Stack gap={4}>
        {opens.map(({ kind, id, label, near }) => (
          <div key={id}>
            <RecordLink to={pathOf[kind](id)}>{t(`search.opened.${kind}`, { label })}</RecordLink>
            {near && <Text size="sm">{near}</Text>}
          </div>
        ))}
      </Stack>
    </Alert>
  );
}
