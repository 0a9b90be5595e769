import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useSecondFactor } from './api.ts';

/** Asks for the second factor: six digits of the authenticator, or else a recovery code. */
export function CodeForm({ onSignedIn }: { onSignedIn: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const enter = useSecondFactor();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const code = text.replaceAll(/\s/g, '');
    enter.mutate(/^\d{6}$/.test(code) ? { code } : { recoveryCode: code }, { onSuccess: onSignedIn });
  };
  return (
    <Stack component="form" onSubmit={submit}>
      <Text>{t('account.codeAsked')}</Text>
      <TextInput
        label={t('account.code')}
        description={t('account.codeHint')}
        required
        data-autofocus
        autoComplete="one-time-code"
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      {enter.isError && <ProblemAlert error={enter.error} />}
      <Button type="submit" loading={enter.isPending}>
        {t('account.signIn')}
      </Button>
    </Stack>
  );
}
