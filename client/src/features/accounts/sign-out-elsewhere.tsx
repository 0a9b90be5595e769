import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { notify } from '../../ui/notify.ts';
import { AccountPart } from './account-part.tsx';
import { useSignOutElsewhere } from './api.ts';

/** Ends every other sign-in: for who left a browser open, or lost a telephone. */
export function SignOutElsewhere() {
  const { t } = useTranslation();
  const end = useSignOutElsewhere();
  const send = () =>
    end.mutate(undefined, {
      onSuccess: () => notify(t('ownAccount.signedOutElsewhere')),
      onError: (error) => notify(error.message, true),
    });
  return (
    <AccountPart title={t('ownAccount.signIns')}>
      <Text c="dimmed" size="sm">
        {t('ownAccount.signInsWhat')}
      </Text>
      <Group>
        <Button variant="default" onClick={send} loading={end.isPending}>
          {t('ownAccount.signOutElsewhere')}
        </Button>
      </Group>
    </AccountPart>
  );
}
