import { Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SchemeLevels } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { QueryState } from '../../ui/query-state.tsx';
import { levelsQuery } from './api.ts';
import { readValues } from './search-state.ts';

// The library of charts is larger than the page: it comes when somebody looks.
const LevelsChart = lazy(async () => ({ default: (await import('./levels-chart.tsx')).LevelsChart }));

/** Where one group is chosen: how its models and their suppliers are spread over the levels of its labels, on demand. */
export function Levels({ params }: { params: URLSearchParams }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const levels = useQuery({ ...levelsQuery(params), enabled: isOpen });
  if (readValues(params, 'group').length !== 1) return null;
  return (
    <details className="xanh-levels" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('levels.title')}</summary>
      {isOpen && (
        <QueryState query={levels} blocks={1}>
          {({ schemes, total }) => (
            <Stack gap="lg" pt="sm">
              {schemes.length === 0 && <Text c="dimmed">{t('levels.none')}</Text>}
              {schemes.map((scheme) => (
                <SchemeSpread key={scheme.scheme} scheme={scheme} total={total} />
              ))}
            </Stack>
          )}
        </QueryState>
      )}
    </details>
  );
}

/** A chart for the eye, and the same numbers in a table. */
function SchemeSpread({ scheme: { scheme, label, levels }, total }: { scheme: SchemeLevels; total: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const title = `levels-${scheme}`;
  return (
    <section aria-labelledby={title}>
      <Title order={2} size="h5" id={title}>
        {label}
      </Title>
      <Suspense fallback={<Skeleton h={220} />}>
        <LevelsChart levels={levels} />
      </Suspense>
      <Table.ScrollContainer minWidth={280}>
        <Table aria-labelledby={title} className="xanh-levels-table">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('levels.level')}</Table.Th>
              <Table.Th scope="col" ta="right">
                {t('levels.models')}
              </Table.Th>
              <Table.Th scope="col" ta="right">
                {t('levels.suppliers')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {levels.toReversed().map(({ level, models, suppliers }) => (
              <Table.Tr key={level}>
                <Table.Th scope="row" fw={500}>
                  {t('levels.at', { level })}
                </Table.Th>
                <Table.Td ta="right">{format.number(models)}</Table.Td>
                <Table.Td ta="right">{format.number(suppliers)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="sm" c="dimmed">
        {t('levels.of', { count: total, total: format.number(total) })}
      </Text>
    </section>
  );
}
