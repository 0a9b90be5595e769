import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../ui/problem-alert.tsx';

interface PasswordProofProps {
  /** What the password is asked for. */
  label: string;
  isDangerous: boolean;
  pending: boolean;
  error: Error | null;
  onSend: (password: string) => void;
  onGivenUp: () => void;
}

/** Asks for the password once more, before something that matters. */
export function PasswordProof({ label, isDangerous, pending, error, onSend, onGivenUp }: PasswordProofProps) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onSend(password);
  };
  return (
    <Stack component="form" onSubmit={submit} maw={420}>
      <PasswordInput
        label={t('account.password')}
        description={t('secondFactor.passwordWhy')}
        required
        data-autofocus
        autoComplete="current-password"
        value={password}
        onChange={({ currentTarget }) => setPassword(currentTarget.value)}
      />
      {error && <ProblemAlert error={error} />}
      <Group>
        <Button type="submit" loading={pending} {...(isDangerous && { color: 'clay' })}>
          {label}
        </Button>
        <Button variant="default" onClick={onGivenUp}>
          {t('state.cancel')}
        </Button>
      </Group>
    </Stack>
  );
}
