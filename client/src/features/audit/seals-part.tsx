import { Stack, Table, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import IconCertificate from '@tabler/icons-react/icons/IconCertificate';
import { useTranslation } from 'react-i18next';
import type { Seal } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { CopyLine } from '../../ui/copy-line.tsx';
import { DayText, InstantText } from '../../ui/date-text.tsx';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { NextPage } from '../../ui/next-page.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { sealsQuery } from './api.ts';

/** The seals by day, the latest first. */
export function SealsPart() {
  const { t } = useTranslation();
  const found = useInfiniteQuery(sealsQuery);
  return (
    <Stack component="section" aria-label={t('audit.seals')}>
      <Title order={2} size="h3">
        {t('audit.seals')}
      </Title>
      <QueryState query={found}>
        {({ pages }) => {
          const seals = pages.flatMap(({ items }) => items);
          return seals.length === 0 ? (
            <EmptyNote icon={<IconCertificate />} title={t('audit.noSeals')}>
              {t('audit.noSealsWhy')}
            </EmptyNote>
          ) : (
            <SealTable seals={seals} />
          );
        }}
      </QueryState>
      <NextPage query={found} />
    </Stack>
  );
}

function SealTable({ seals }: { seals: Seal[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Table className="xanh-cards xanh-seals" verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('audit.day')}</Table.Th>
          <Table.Th scope="col">{t('audit.number')}</Table.Th>
          <Table.Th scope="col">{t('audit.records')}</Table.Th>
          <Table.Th scope="col">{t('audit.sealedAt')}</Table.Th>
          <Table.Th scope="col">{t('audit.root')}</Table.Th>
          <Table.Th scope="col">{t('audit.hash')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {seals.map(({ number, day, leaves, root, hash, sealedAt }) => (
          <Table.Tr key={number}>
            <Table.Th scope="row">
              <DayText day={day} />
            </Table.Th>
            <Table.Td data-label={t('audit.number')}>{format.number(number)}</Table.Td>
            <Table.Td data-label={t('audit.records')}>{format.number(leaves)}</Table.Td>
            <Table.Td data-label={t('audit.sealedAt')}>
              <InstantText instant={sealedAt} />
            </Table.Td>
            <Table.Td data-label={t('audit.root')}>
              <CopyLine text={root} label={`${t('audit.root')} ${number}`} isShort />
            </Table.Td>
            <Table.Td data-label={t('audit.hash')}>
              <CopyLine text={hash} label={`${t('audit.hash')} ${number}`} isShort />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
