import { Button, Paper, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { fieldErrors, shownPointers } from '../../ui/field-errors.ts';
import { Page } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useAcceptance } from './api.ts';
import { LinkMissing } from './link-missing.tsx';

/** Where the link of an invitation leads: an account is made, or the one that the address has is used. */
export function InvitationPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  // Behind the #, which no browser sends to a server or names to another site.
  const token = useLocation().hash.slice(1);
  const form = useForm({ initialValues: { email: '', name: '', password: '' } });
  const accept = useAcceptance();
  const send = form.onSubmit((values) =>
    accept.mutate(
      { token, ...values },
      {
        onError: (problem) => form.setErrors(fieldErrors(problem)),
        onSuccess: ({ needsCode }) => void navigate(needsCode ? '/sign-in' : '/', { replace: true }),
      },
    ),
  );
  return (
    <Page title={t('account.invitation')} lead={t('account.invitationLead')}>
      {token === '' ? (
        <LinkMissing />
      ) : (
        <Paper p="xl" maw={480}>
          <form onSubmit={send}>
            <Stack>
              <TextInput
                label={t('account.email')}
                description={t('account.invitedEmail')}
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
              {accept.isError && (
                <ProblemAlert error={accept.error} shownAtFields={shownPointers(accept.error, form.values)} />
              )}
              <Button type="submit" loading={accept.isPending}>
                {t('account.accept')}
              </Button>
            </Stack>
          </form>
        </Paper>
      )}
    </Page>
  );
}
