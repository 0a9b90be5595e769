import { Anchor, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ImportRow, PurchaseImport } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { ExportMenu } from '../../ui/export/export-menu.tsx';
import { listLoader } from '../../ui/export/load-all.ts';
import { Money } from '../../ui/money.tsx';
import { NextPage } from '../../ui/next-page.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { importRowsQuery, rowsPath } from './import-api.ts';

const statuses = ['bad', 'alreadyThere', 'good'] as const;

/** What became of each row: first those that were not good. */
export function ImportRows({ job }: { job: PurchaseImport }) {
  const { t } = useTranslation();
  const [status, setStatus] = useState<ImportRow['status']>(() => {
    return statuses.find((name) => (job.totals?.[name] ?? 0) > 0) ?? 'good';
  });
  const rows = useInfiniteQuery(importRowsQuery(job.id, job.revision, status));
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-end">
        <Title order={3}>{t('import.rows')}</Title>
        <RowsFile job={job} status={status} />
      </Group>
      <NativeSelect
        label={t('import.show')}
        maw={320}
        value={status}
        onChange={({ currentTarget }) => setStatus(statuses.find((name) => name === currentTarget.value) ?? 'bad')}
        data={statuses.map((name) => ({ value: name, label: t(`import.total.${name}`) }))}
      />
      <QueryState query={rows}>
        {({ pages }) => (
          <ul className="xanh-list">
            {pages
              .flatMap(({ items }) => items)
              .map((row) => (
                <Row key={row.row} row={row} />
              ))}
          </ul>
        )}
      </QueryState>
      {job.totals?.[status] === 0 && <Text c="dimmed">{t('import.noRows')}</Text>}
      <NextPage query={rows} />
    </Stack>
  );
}

function RowsFile({ job, status }: { job: PurchaseImport; status: ImportRow['status'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const reasons = ({ reasons: all }: ImportRow) =>
    all.map(({ column, text }) => [column, format.text(text)].filter(Boolean).join(': ')).join('; ');
  return (
    <ExportMenu
      isSmall
      download={{
        title: `${t('import.rows')}: ${t(`import.total.${status}`)}`,
        load: listLoader<ImportRow>(rowsPath(job.id), { status }),
        columns: [
          { name: t('import.rowHead'), kind: 'number', value: ({ row }) => row },
          { name: t('purchase.reference'), value: ({ reference }) => reference },
          { name: t('purchase.basisDate'), kind: 'day', value: ({ basisDate }) => basisDate },
          { name: t('purchase.supplier'), value: ({ supplier }) => supplier },
          { name: t('line.description'), value: ({ description }) => description },
          { name: t('import.field.amount'), kind: 'money', value: ({ amount }) => amount },
          { name: t('import.reasons'), value: reasons },
        ],
      }}
    />
  );
}

function Row({ row: { row, reference, supplier, description, amount, purchase, reasons } }: { row: ImportRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = reference ?? description ?? '';
  return (
    <li className="xanh-import-row">
      <Text span size="sm" c="dimmed">
        {t('import.rowNo', { row })}
      </Text>
      <div>
        {purchase === undefined ? (
          <Text fw={600}>{name}</Text>
        ) : (
          <Anchor component={Link} to={`/purchases/${purchase}`} fw={600}>
            {name}
          </Anchor>
        )}
        <Text size="sm" c="dimmed">
          {[supplier, description].filter(Boolean).join(' · ')}
        </Text>
        {reasons.map(({ column, value, text }) => (
          <Text size="sm" key={`${column} ${text.vi}`}>
            {[column, value].filter(Boolean).join(': ')} {format.text(text)}
          </Text>
        ))}
      </div>
      {amount !== undefined && <Money amount={amount} className="xanh-figure" />}
    </li>
  );
}
