import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconUserCircle from '@tabler/icons-react/icons/IconUserCircle';
import { useTranslation } from 'react-i18next';
import type { Me } from '../../../../schemas/types.d.ts';
import { meQuery } from '../../api/me.ts';
import { Facts } from '../../ui/facts.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { SignInNote } from '../../ui/sign-in-note.tsx';
import { AccountPart } from './account-part.tsx';
import { MembershipList } from './membership-list.tsx';
import { PasswordChange } from './password-change.tsx';
import { SecondFactor } from './second-factor.tsx';
import { SignInList } from './sign-in-list.tsx';

/** What a person keeps of its own account: for what it acts, password, second factor, sign-ins. */
export function AccountPage() {
  const { t } = useTranslation();
  const me = useQuery(meQuery);
  return (
    <Page title={t('ownAccount.title')} lead={t('ownAccount.lead')}>
      <QueryState query={me}>
        {({ person, memberships }) =>
          person === undefined ? (
            <SignInNote icon={<IconUserCircle />} title={t('ownAccount.peopleOnly')} />
          ) : (
            <Own person={person} memberships={memberships ?? []} />
          )
        }
      </QueryState>
    </Page>
  );
}

function Own({ person, memberships }: Required<Pick<Me, 'person' | 'memberships'>>) {
  const { t } = useTranslation();
  return (
    <Stack gap="lg" maw={760}>
      <AccountPart title={t('ownAccount.who')}>
        <Facts
          items={[
            { name: t('account.name'), value: person.name },
            { name: t('account.email'), value: person.email },
          ]}
        />
        <Text size="sm" c="dimmed">
          {t('ownAccount.whoKept')}
        </Text>
      </AccountPart>
      <MembershipList memberships={memberships} />
      <SecondFactor isSet={person.secondFactor} />
      <PasswordChange email={person.email} />
      <SignInList />
    </Stack>
  );
}
