import { Badge, Stack, Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import IconKey from '@tabler/icons-react/icons/IconKey';
import { useTranslation } from 'react-i18next';
import type { ApiKeyEntry } from '../../../../../schemas/types.d.ts';
import { DayText, InstantText } from '../../../ui/date-text.tsx';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { NextPage } from '../../../ui/next-page.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { keysQuery } from './api.ts';
import { KeyForm } from './key-form.tsx';
import { RoleText } from './members-part.tsx';
import type { PartProps } from './people-page.tsx';
import { RevokeKey } from './revoke-key.tsx';

/** The keys of machines: who may what, until when, last used when. */
export function KeysPart({ org, isOperator, today }: PartProps) {
  const { t } = useTranslation();
  const found = useInfiniteQuery(keysQuery(org));
  return (
    <Stack gap="lg">
      {isOperator && <KeyForm org={org} />}
      <QueryState query={found} blocks={1}>
        {({ pages }) => {
          const keys = pages.flatMap(({ items }) => items);
          if (keys.length === 0)
            return (
              <EmptyNote icon={<IconKey />} title={t('keys.none')}>
                {t('keys.noneWhy')}
              </EmptyNote>
            );
          return <KeyTable keys={keys} today={today} />;
        }}
      </QueryState>
      <NextPage query={found} />
    </Stack>
  );
}

function KeyTable({ keys, today }: { keys: ApiKeyEntry[]; today: string }) {
  const { t } = useTranslation();
  return (
    <Table className="xanh-cards" verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('people.role')}</Table.Th>
          <Table.Th scope="col">{t('keys.made')}</Table.Th>
          <Table.Th scope="col">{t('keys.through')}</Table.Th>
          <Table.Th scope="col">{t('keys.lastUse')}</Table.Th>
          <Table.Th scope="col">{t('people.actions')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {keys.map((key) => (
          <Table.Tr key={key.id}>
            <Table.Th scope="row">
              <RoleText {...key} />
              <Text size="xs" c="dimmed" className="xanh-figure">
                {key.id}
              </Text>
            </Table.Th>
            <Table.Td data-label={t('keys.made')}>
              <InstantText instant={key.recordedAt} />
            </Table.Td>
            <Table.Td data-label={t('keys.through')}>
              {key.through === undefined ? t('keys.noEnd') : <DayText day={key.through} />}
            </Table.Td>
            <Table.Td data-label={t('keys.lastUse')}>
              {key.lastUsedAt === undefined ? t('keys.neverUsed') : <InstantText instant={key.lastUsedAt} />}
            </Table.Td>
            <Table.Td>
              <KeyState apiKey={key} today={today} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function KeyState({ apiKey: { id, revokedAt, through }, today }: { apiKey: ApiKeyEntry; today: string }) {
  const { t } = useTranslation();
  const hasEnded = through !== undefined && through < today;
  if (revokedAt === undefined && !hasEnded) return <RevokeKey id={id} />;
  return (
    <Badge variant="light" color="gray" className="xanh-badge">
      {t(revokedAt === undefined ? 'keys.ended' : 'keys.revoked')}
    </Badge>
  );
}
