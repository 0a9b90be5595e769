import { Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconUsers from '@tabler/icons-react/icons/IconUsers';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { meQuery } from '../../../api/me.ts';
import { OrganisationName } from '../../../ui/names.tsx';
import { Page } from '../../../ui/page.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { SignInNote } from '../../../ui/sign-in-note.tsx';
import { useAddress } from '../../../ui/use-address.ts';
import { InvitationsPart } from './invitations-part.tsx';
import { KeysPart } from './keys-part.tsx';
import { managedBy } from './managed.ts';
import type { Managed } from './managed.ts';
import { MembersPart } from './members-part.tsx';
import { OrganisationChoice } from './organisation-choice.tsx';

/** What a part of the page is told. */
export interface PartProps {
  isOperator: boolean;
  /** The organisation that is looked at; empty for all of them. */
  org: string;
  today: string;
}

const parts = { members: MembersPart, invitations: InvitationsPart, keys: KeysPart } as const satisfies Record<
  string,
  ComponentType<PartProps>
>;
const names = ['members', 'invitations', 'keys'] as const satisfies (keyof typeof parts)[];

/** Who acts in which role, who is invited, and the keys of machines: for the operator, and an organisation's administrators. */
export function PeoplePage() {
  const { t } = useTranslation();
  const me = useQuery(meQuery);
  return (
    <Page title={t('people.title')} lead={t('people.lead')}>
      <QueryState query={me}>
        {(known) => {
          const managed = managedBy(known);
          return managed === null ? (
            <SignInNote icon={<IconUsers />} title={t('people.managersOnly')} />
          ) : (
            <Parts managed={managed} today={known.today} />
          );
        }}
      </QueryState>
    </Page>
  );
}

function Parts({ managed: { isOperator, org: own }, today }: { managed: Managed; today: string }) {
  const { t } = useTranslation();
  const [params, set] = useAddress();
  const shown = names.find((name) => name === params.get('part')) ?? 'members';
  const org = isOperator ? (params.get('org') ?? '') : own;
  const Shown = parts[shown];
  return (
    <Stack gap="lg">
      {isOperator ? (
        <OrganisationChoice value={org} onChange={(code) => set({ org: code })} />
      ) : (
        <Text fw={600}>
          <OrganisationName code={org} />
        </Text>
      )}
      <Tabs value={shown} onChange={(part) => set({ part: part ?? '' })} keepMounted={false}>
        <Tabs.List mb="lg">
          {names.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`people.part.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {names.map((name) => (
          <Tabs.Panel key={name} value={name}>
            {name === shown && <Shown key={org} isOperator={isOperator} org={org} today={today} />}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Stack>
  );
}
