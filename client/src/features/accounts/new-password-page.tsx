import { Button, Paper, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { fieldErrors, shownPointers } from '../../ui/field-errors.ts';
import { notify } from '../../ui/notify.ts';
import { Page } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useNewPassword } from './api.ts';
import { LinkMissing } from './link-missing.tsx';

/** Where the letter for a forgotten password leads. */
export function NewPasswordPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const token = useLocation().hash.slice(1);
  const form = useForm({ initialValues: { password: '' } });
  const change = useNewPassword();
  const send = form.onSubmit(({ password }) =>
    change.mutate(
      { token, password },
      {
        onError: (problem) => form.setErrors(fieldErrors(problem)),
        onSuccess() {
          notify(t('account.passwordSet'));
          void navigate('/sign-in', { replace: true });
        },
      },
    ),
  );
  return (
    <Page title={t('account.newPassword')} lead={t('account.newPasswordLead')}>
      {token === '' ? (
        <LinkMissing />
      ) : (
        <Paper p="xl" maw={480}>
          <form onSubmit={send}>
            <Stack>
              <PasswordInput
                label={t('account.newPassword')}
                description={t('account.passwordHint')}
                required
                autoComplete="new-password"
                {...form.getInputProps('password')}
              />
              {change.isError && (
                <ProblemAlert error={change.error} shownAtFields={shownPointers(change.error, form.values)} />
              )}
              <Button type="submit" loading={change.isPending}>
                {t('account.setPassword')}
              </Button>
            </Stack>
          </form>
        </Paper>
      )}
    </Page>
  );
}
