import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Me } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { notify } from '../../ui/notify.ts';
import { AccountPart } from './account-part.tsx';
import { useMembership } from './api.ts';

/** For what the person may act, one at a time. */
export function MembershipList({ memberships }: Required<Pick<Me, 'memberships'>>) {
  const { t } = useTranslation();
  const format = useFormat();
  const choose = useMembership();
  return (
    <AccountPart title={t('ownAccount.memberships')}>
      {memberships.length === 0 && <Text c="dimmed">{t('ownAccount.noMembership')}</Text>}
      <Stack component="ul" gap="md" className="xanh-list">
        {memberships.map(({ id, role, orgName, admin, unverified, isChosen }) => (
          <Group key={id} component="li" justify="space-between" gap="sm">
            <div>
              <Text fw={600}>{t(`role.${role}`)}</Text>
              <Text size="sm" c="dimmed">
                {orgName === undefined ? t('people.wholeRegister') : format.text(orgName)}
                {admin && ` · ${t('people.admin')}`}
              </Text>
              {unverified && <Text className="xanh-note">{t('signUp.waiting')}</Text>}
            </div>
            {isChosen ? (
              <Badge variant="light" className="xanh-badge">
                {t('ownAccount.actingNow')}
              </Badge>
            ) : (
              <Button
                variant="default"
                size="sm"
                loading={choose.isPending && choose.variables === id}
                onClick={() => choose.mutate(id, { onError: (error) => notify(error.message, true) })}
              >
                {t('ownAccount.actAs')}
              </Button>
            )}
          </Group>
        ))}
      </Stack>
    </AccountPart>
  );
}
