import { Group, Stack, Table, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import IconUsers from '@tabler/icons-react/icons/IconUsers';
import { useTranslation } from 'react-i18next';
import type { MembershipEntry } from '../../../../../schemas/types.d.ts';
import { meQuery } from '../../../api/me.ts';
import { InstantText } from '../../../ui/date-text.tsx';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { OrganisationLink } from '../../../ui/names.tsx';
import { NextPage } from '../../../ui/next-page.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { membershipsQuery } from './api.ts';
import { EndMembership } from './end-membership.tsx';
import { ErasePerson } from './erase-person.tsx';
import type { PartProps } from './people-page.tsx';

/** Who acts in which role now. */
export function MembersPart({ isOperator, org }: PartProps) {
  const { t } = useTranslation();
  const found = useInfiniteQuery(membershipsQuery(org, 'active'));
  return (
    <QueryState query={found}>
      {({ pages }) => {
        const members = pages.flatMap(({ items }) => items);
        if (members.length === 0)
          return (
            <EmptyNote icon={<IconUsers />} title={t('people.none')}>
              {t('people.noneWhy')}
            </EmptyNote>
          );
        return (
          <Stack gap="md">
            <MemberTable members={members} isOperator={isOperator} />
            <NextPage query={found} />
          </Stack>
        );
      }}
    </QueryState>
  );
}

function MemberTable({ members, isOperator }: { members: MembershipEntry[]; isOperator: boolean }) {
  const { t } = useTranslation();
  const { data: me } = useQuery(meQuery);
  return (
    <Table className="xanh-cards" verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('people.person')}</Table.Th>
          <Table.Th scope="col">{t('people.role')}</Table.Th>
          <Table.Th scope="col">{t('people.since')}</Table.Th>
          <Table.Th scope="col">{t('people.actions')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {members.map((member) => (
          <Table.Tr key={member.id}>
            <Table.Th scope="row">
              <PersonName member={member} />
            </Table.Th>
            <Table.Td data-label={t('people.role')}>
              <RoleText {...member} />
            </Table.Td>
            <Table.Td data-label={t('people.since')}>
              {member.from !== undefined && <InstantText instant={member.from} />}
            </Table.Td>
            <Table.Td>
              <Group gap="xs">
                <EndMembership member={member} />
                {isOperator && member.person !== undefined && member.person !== me?.person?.id && (
                  <ErasePerson person={member.person} name={member.name} />
                )}
              </Group>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function PersonName({ member: { name, email } }: { member: MembershipEntry }) {
  const { t } = useTranslation();
  return (
    <>
      {name ?? t('people.noName')}
      <Text size="sm" c="dimmed" fw={400} className="xanh-any-break">
        {email}
      </Text>
    </>
  );
}

/** A role, with the right to invite, and for whom. */
export function RoleText({ role, admin, org }: Pick<MembershipEntry, 'role' | 'admin' | 'org'>) {
  const { t } = useTranslation();
  return (
    <>
      {t(`role.${role}`)}
      {admin && ` · ${t('people.admin')}`}
      <Text size="sm" c="dimmed">
        {org === undefined ? t('people.wholeRegister') : <OrganisationLink code={org} />}
      </Text>
    </>
  );
}
