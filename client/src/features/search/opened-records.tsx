import { Alert, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SearchResult } from '../../../../schemas/types.d.ts';
import { RecordLink } from '../../ui/record-link.tsx';

type Opened = NonNullable<SearchResult['query']['opens']>[number];

const pages: Partial<Record<Opened['kind'], string>> = { certificate: '/certificates', purchase: '/purchases' };

/** Other records of which the words are the code; a criteria document has no page of its own. */
export function OpenedRecords({ opens }: { opens: readonly Opened[] | undefined }) {
  const { t } = useTranslation();
  if (!opens || opens.length === 0) return null;
  return (
    <Alert variant="light" title={t('search.opens')}>
      <Stack gap={4}>
        {opens.map(({ kind, id, label }) => {
          const text = t(`search.opened.${kind}`, { label });
          const page = pages[kind];
          return page ? (
            <RecordLink key={id} to={`${page}/${id}`}>
              {text}
            </RecordLink>
          ) : (
            <Text key={id} span>
              {text}
            </Text>
          );
        })}
      </Stack>
    </Alert>
  );
}
