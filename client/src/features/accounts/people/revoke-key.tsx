import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { notify } from '../../../ui/notify.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { useRevokeKey } from './api.ts';

/** Revokes a key, after saying what that does. */
export function RevokeKey({ id }: { id: string }) {
  const { t } = useTranslation();
  const [isAsked, { open, close }] = useDisclosure(false);
  const revoke = useRevokeKey(() => {
    notify(t('keys.isRevoked'));
    close();
  });
  return (
    <>
      <Button variant="default" size="xs" onClick={open}>
        {t('keys.revoke')}
      </Button>
      <ConfirmDialog title={t('keys.revoke')} isOpen={isAsked} onClose={close}>
        <Text>{t('keys.revokeWhat')}</Text>
        {revoke.isError && <ProblemAlert error={revoke.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('state.cancel')}
          </Button>
          <Button color="clay" loading={revoke.isPending} onClick={() => revoke.mutate(id)}>
            {t('keys.revoke')}
          </Button>
        </Group>
      </ConfirmDialog>
    </>
  );
}
