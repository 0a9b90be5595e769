import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { fieldErrors, shownPointers } from '../../ui/field-errors.ts';
import { notify } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { AccountPart } from './account-part.tsx';
import { usePasswordChange } from './api.ts';

/** Changes the password; `email` tells a password manager whose it is. */
export function PasswordChange({ email }: { email: string }) {
  const { t } = useTranslation();
  const form = useForm({ initialValues: { current: '', password: '' } });
  const change = usePasswordChange();
  const send = form.onSubmit((values) =>
    change.mutate(values, {
      onError: (problem) => form.setErrors(fieldErrors(problem)),
      onSuccess() {
        form.reset();
        notify(t('ownAccount.passwordChanged'));
      },
    }),
  );
  return (
    <AccountPart title={t('ownAccount.password')}>
      <form onSubmit={send}>
        <Stack maw={420}>
          <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
          <PasswordInput
            label={t('ownAccount.currentPassword')}
            required
            autoComplete="current-password"
            {...form.getInputProps('current')}
          />
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
          <Group>
            <Button type="submit" variant="default" loading={change.isPending}>
              {t('ownAccount.changePassword')}
            </Button>
          </Group>
        </Stack>
      </form>
    </AccountPart>
  );
}
