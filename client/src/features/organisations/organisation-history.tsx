import { Paper, Stack, Table, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Organisation } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { DayText } from '../../ui/date-text.tsx';
import { OrganisationLink, ProvinceName } from '../../ui/names.tsx';

interface Row {
  key: string;
  what: ReactNode;
  from?: string | undefined;
  through?: string | undefined;
}

/** Names, agencies above and provinces, one after the other. */
export function OrganisationHistory({ organisation }: { organisation: Organisation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { names, parents = [], provinces = [] } = organisation;
  return (
    <Stack gap="lg">
      <Runs
        title={t('organisation.names')}
        rows={names.map((run) => ({ ...run, key: run.name.vi, what: format.text(run.name) }))}
      />
      <Runs
        title={t('organisation.parents')}
        rows={parents.map((run) => ({ ...run, key: run.code, what: <OrganisationLink code={run.code} /> }))}
      />
      <Runs
        title={t('organisation.provinces')}
        rows={provinces.map((run) => ({
          ...run,
          key: run.code,
          what: <ProvinceName code={run.code} on={run.from ?? run.through} />,
        }))}
      />
    </Stack>
  );
}

function Runs({ title, rows }: { title: string; rows: Row[] }) {
  const { t } = useTranslation();
  if (rows.length === 0) return null;
  return (
    <Paper p={{ base: 'md', sm: 'lg' }}>
      <Title order={2} size="h3" mb="sm">
        {title}
      </Title>
      <Table aria-label={title} horizontalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('organisation.what')}</Table.Th>
            <Table.Th scope="col">{t('organisation.since')}</Table.Th>
            <Table.Th scope="col">{t('organisation.until')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ key, what, from, through }) => (
            <Table.Tr key={`${key} ${from ?? ''}`}>
              <Table.Td>{what}</Table.Td>
              <Table.Td>{from === undefined ? t('organisation.always') : <DayText day={from} />}</Table.Td>
              <Table.Td>{through === undefined ? t('organisation.open') : <DayText day={through} />}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
