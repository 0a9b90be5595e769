import { Button, Menu, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconKey from '@tabler/icons-react/icons/IconKey';
import IconLogout from '@tabler/icons-react/icons/IconLogout';
import IconShieldLock from '@tabler/icons-react/icons/IconShieldLock';
import IconUserCircle from '@tabler/icons-react/icons/IconUserCircle';
import IconUsers from '@tabler/icons-react/icons/IconUsers';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Me, MeActor } from '../../../../schemas/types.d.ts';
import { meQuery } from '../../api/me.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { notify } from '../../ui/notify.ts';
import { pagesOf } from '../../ui/role-pages.ts';
import { useMembership, useSignIn, useSignOut } from './api.ts';
import { demoPeople } from './demo-people.ts';
import { managedBy } from './people/managed.ts';

/** Who I am, and how to become someone else. */
export function AccountMenu() {
  const { t } = useTranslation();
  const { data: me } = useQuery(meQuery);
  if (me === undefined) return null;
  const isSignedIn = me.actor !== null || me.person !== undefined;
  const name = me.actor === null ? (me.person?.name ?? t('account.signIn')) : t(`role.${me.actor.role}`);
  return (
    <Menu position="bottom-end" width={300} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button variant="default" px="sm" aria-label={t('account.menu', { name })}>
          <IconUserCircle size={20} aria-hidden />
          <span className="xanh-wide xanh-account-name">{name}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {me.person !== undefined && <Menu.Label>{me.person.name}</Menu.Label>}
        {me.actor !== null && <WhoIAm actor={me.actor} />}
        <Memberships memberships={me.memberships} />
        <RolePages actor={me.actor} />
        <DemoRoles roles={me.demoRoles} current={me.actor?.role} />
        {me.person !== undefined && (
          <Menu.Item component={Link} to="/account" leftSection={<IconShieldLock size={18} aria-hidden />}>
            {t('nav.account')}
          </Menu.Item>
        )}
        {me.actor?.role !== 'operator' && managedBy(me) !== null && (
          <Menu.Item component={Link} to="/people" leftSection={<IconUsers size={18} aria-hidden />}>
            {t('nav.people')}
          </Menu.Item>
        )}
        {isSignedIn ? (
          <SignOut />
        ) : (
          <Menu.Item component={Link} to="/sign-in" leftSection={<IconKey size={18} aria-hidden />}>
            {t('account.signIn')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function WhoIAm({ actor }: { actor: MeActor }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <Menu.Label>{t('account.signedInAs')}</Menu.Label>
      <Text px="sm" pb="xs" size="sm" fw={600}>
        {t(`role.${actor.role}`)}
        {actor.orgName !== undefined && (
          <Text span display="block" size="sm" c="dimmed" fw={400}>
            {format.text(actor.orgName)}
          </Text>
        )}
      </Text>
      <Menu.Divider />
    </>
  );
}

/** For what else the person may act: one at a time. */
function Memberships({ memberships }: Pick<Me, 'memberships'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const choose = useMembership();
  const others = memberships?.filter(({ isChosen }) => !isChosen);
  if (others === undefined || others.length === 0) return null;
  return (
    <>
      <Menu.Label>{t('account.actFor')}</Menu.Label>
      {others.map(({ id, role, orgName }) => (
        <Menu.Item key={id} onClick={() => choose.mutate(id, { onError: (error) => notify(error.message, true) })}>
          {t(`role.${role}`)}
          {orgName !== undefined && ` · ${format.text(orgName)}`}
        </Menu.Item>
      ))}
      <Menu.Divider />
    </>
  );
}

/** What there is to do for the role, beside the pages that everybody has. */
function RolePages({ actor }: { actor: MeActor | null }) {
  const { t } = useTranslation();
  const pages = pagesOf(actor);
  if (pages.length === 0) return null;
  return (
    <>
      <Menu.Label>{t('nav.role')}</Menu.Label>
      {pages.map(({ to, name }) => (
        <Menu.Item key={to} component={Link} to={to}>
          {t(name)}
        </Menu.Item>
      ))}
      <Menu.Divider />
    </>
  );
}

function DemoRoles({ roles, current }: { roles: Me['demoRoles']; current: MeActor['role'] | undefined }) {
  const { t } = useTranslation();
  const signIn = useSignIn();
  if (roles.length === 0) return null;
  return (
    <>
      <Menu.Label>{t('account.demoRoles')}</Menu.Label>
      {demoPeople(roles, current).map(({ role, person }) => (
        <Menu.Item
          key={`${role} ${person}`}
          onClick={() => signIn.mutate({ demo: role, person }, { onError: (error) => notify(error.message, true) })}
        >
          {t(person === 1 ? 'account.continueAs' : 'account.continueAsSecond', { role: t(`role.${role}`) })}
        </Menu.Item>
      ))}
      <Menu.Divider />
    </>
  );
}

function SignOut() {
  const { t } = useTranslation();
  const signOut = useSignOut();
  return (
    <Menu.Item leftSection={<IconLogout size={18} aria-hidden />} onClick={() => signOut.mutate()}>
      {t('account.signOut')}
    </Menu.Item>
  );
}
