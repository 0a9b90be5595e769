import { Button, Checkbox, Group, List, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { notify } from '../../../ui/notify.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { useErasePerson } from './api.ts';

const kinds = ['goes', 'ends', 'stays'] as const;

/** Erases a person, after saying what goes with it and what stays. */
export function ErasePerson({ person, name }: { person: string; name: string | undefined }) {
  const { t } = useTranslation();
  const [isAsked, { open, close }] = useDisclosure(false);
  const [isSure, setSure] = useState(false);
  const erase = useErasePerson(() => {
    notify(t('people.erased'));
    close();
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    erase.mutate(person);
  };
  return (
    <>
      <Button variant="subtle" color="clay" size="xs" onClick={open}>
        {t('people.erase')}
      </Button>
      <ConfirmDialog
        title={t('people.eraseWhom', { name: name ?? t('people.noName') })}
        isOpen={isAsked}
        onClose={close}
      >
        <Stack component="form" onSubmit={submit}>
          {kinds.map((kind) => (
            <div key={kind}>
              <Text fw={600}>{t(`people.erasing.${kind}`)}</Text>
              <List size="sm">
                <List.Item>{t(`people.erasing.${kind}1`)}</List.Item>
                <List.Item>{t(`people.erasing.${kind}2`)}</List.Item>
              </List>
            </div>
          ))}
          <Checkbox
            required
            label={t('people.eraseSure')}
            checked={isSure}
            onChange={({ currentTarget }) => setSure(currentTarget.checked)}
          />
          {erase.isError && <ProblemAlert error={erase.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('state.cancel')}
            </Button>
            <Button type="submit" color="clay" loading={erase.isPending}>
              {t('people.eraseNow')}
            </Button>
          </Group>
        </Stack>
      </ConfirmDialog>
    </>
  );
}
