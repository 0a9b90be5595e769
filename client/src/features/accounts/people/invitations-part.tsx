import { Stack, Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { MembershipEntry } from '../../../../../schemas/types.d.ts';
import { InstantText } from '../../../ui/date-text.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { membershipsQuery } from './api.ts';
import { EndMembership } from './end-membership.tsx';
import { InviteForm } from './invite-form.tsx';
import { RoleText } from './members-part.tsx';
import type { PartProps } from './people-page.tsx';

/** Invites somebody, and shows the invitations that nobody has accepted yet. */
export function InvitationsPart({ org, isOperator }: PartProps) {
  const { t } = useTranslation();
  const found = useInfiniteQuery(membershipsQuery(org, 'invited'));
  return (
    <Stack gap="lg">
      <InviteForm org={org} isOperator={isOperator} />
      <QueryState query={found} blocks={1}>
        {({ pages }) => {
          const open = pages.flatMap(({ items }) => items);
          return open.length === 0 ? (
            <Text c="dimmed">{t('people.noneOpen')}</Text>
          ) : (
            <InvitationTable invitations={open} />
          );
        }}
      </QueryState>
    </Stack>
  );
}

function InvitationTable({ invitations }: { invitations: MembershipEntry[] }) {
  const { t } = useTranslation();
  return (
    <Table className="xanh-cards" verticalSpacing="sm">
      <Table.Caption>{t('people.openWhat')}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('people.role')}</Table.Th>
          <Table.Th scope="col">{t('people.invitedOn')}</Table.Th>
          <Table.Th scope="col">{t('people.opensUntil')}</Table.Th>
          <Table.Th scope="col">{t('people.actions')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {invitations.map((invitation) => (
          <Table.Tr key={invitation.id}>
            <Table.Th scope="row">
              <RoleText {...invitation} />
            </Table.Th>
            <Table.Td data-label={t('people.invitedOn')}>
              <InstantText instant={invitation.recordedAt} />
            </Table.Td>
            <Table.Td data-label={t('people.opensUntil')}>
              <InstantText instant={invitation.invitedThrough} />
            </Table.Td>
            <Table.Td>
              <EndMembership member={invitation} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
