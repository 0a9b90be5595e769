import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { notify } from '../../../ui/notify.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { useVerification } from '../api.ts';

/** Refuses a sign-up with a reason that the person reads. */
export function RefuseSignUp({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation();
  const [isAsked, { open, close }] = useDisclosure(false);
  const [reason, setReason] = useState('');
  const refuse = useVerification(() => {
    notify(t('signUps.refused'));
    close();
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    refuse.mutate({ id, body: { result: 'refused', reason: reason.trim() } });
  };
  return (
    <>
      <Button variant="default" onClick={open}>
        {t('signUps.refuse')}
      </Button>
      <ConfirmDialog title={t('signUps.refuseWhom', { name })} isOpen={isAsked} onClose={close}>
        <Stack component="form" onSubmit={submit}>
          <Text>{t('signUps.refuseWhat')}</Text>
          <Textarea
            label={t('signUps.reason')}
            description={t('signUps.reasonHint')}
            required
            autosize
            minRows={2}
            maxLength={1000}
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          {refuse.isError && <ProblemAlert error={refuse.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('state.cancel')}
            </Button>
            <Button type="submit" color="clay" loading={refuse.isPending}>
              {t('signUps.refuse')}
            </Button>
          </Group>
        </Stack>
      </ConfirmDialog>
    </>
  );
}
