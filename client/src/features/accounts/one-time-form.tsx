import { Button, Paper, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { UseMutationResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import type { InvitationAcceptance, SignInResult } from '../../../../schemas/types.d.ts';
import { fieldErrors, shownPointers } from '../../ui/field-errors.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { LinkMissing } from './link-missing.tsx';

interface OneTimeFormProps {
  /** Uses the link, and signs in. */
  enter: UseMutationResult<SignInResult, Error, InvitationAcceptance>;
  emailHint: string;
  label: string;
}

/** What the link of a letter asks for: an account is made, or the one that the address has is used. */
export function OneTimeForm({ enter, emailHint, label }: OneTimeFormProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  // Behind the #, which no browser sends to a server or names to another site.
  const token = useLocation().hash.slice(1);
  const form = useForm({ initialValues: { email: '', name: '', password: '' } });
  const send = form.onSubmit((values) =>
    enter.mutate(
      { token, ...values },
      {
        onError: (problem) => form.setErrors(fieldErrors(problem)),
        onSuccess: ({ needsCode }) => void navigate(needsCode ? '/sign-in' : '/', { replace: true }),
      },
    ),
  );
  if (token === '') return <LinkMissing />;
  return (
    <Paper p="xl" maw={480}>
      <form onSubmit={send}>
        <Stack>
          <TextInput
            label={t('account.email')}
            description={emailHint}
            type="email"
            required
            autoComplete="username"
            {...form.getInputProps('email')}
          />
          <TextInput label={t('account.name')} required autoComplete="name" {...form.getInputProps('name')} />
          <PasswordInput
            label={t('account.password')}
            description={t('account.passwordHint')}
            required
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
          {enter.isError && (
            <ProblemAlert error={enter.error} shownAtFields={shownPointers(enter.error, form.values)} />
          )}
          <Button type="submit" loading={enter.isPending}>
            {label}
          </Button>
        </Stack>
      </form>
    </Paper>
  );
}
