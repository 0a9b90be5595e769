import { Anchor, Button, Paper, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import IconMailCheck from '@tabler/icons-react/icons/IconMailCheck';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { fieldErrors, shownPointers } from '../../../ui/field-errors.ts';
import { Page } from '../../../ui/page.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { useSignUp } from '../api.ts';

/** A supplier signs up by its tax code; the rest is asked for behind the link of a letter. */
export function SignUpPage() {
  const { t } = useTranslation();
  const form = useForm({ initialValues: { taxCode: '', company: '', email: '' } });
  const signUp = useSignUp();
  const send = form.onSubmit((values) =>
    signUp.mutate({ ...values, taxCode: values.taxCode.trim() }, { onError: (p) => form.setErrors(fieldErrors(p)) }),
  );
  return (
    <Page title={t('signUp.title')} lead={t('signUp.lead')}>
      {signUp.isSuccess ? (
        <EmptyNote icon={<IconMailCheck size={32} aria-hidden />} title={t('signUp.sent')}>
          <Text c="dimmed">{t('signUp.sentWhat', { email: form.values.email })}</Text>
        </EmptyNote>
      ) : (
        <Paper p="xl" maw={480}>
          <form onSubmit={send}>
            <Stack>
              <TextInput
                label={t('organisation.taxCode')}
                description={t('signUp.taxCodeHint')}
                required
                inputMode="numeric"
                maxLength={14}
                autoComplete="off"
                {...form.getInputProps('taxCode')}
              />
              <TextInput
                label={t('signUp.company')}
                required
                maxLength={300}
                autoComplete="organization"
                {...form.getInputProps('company')}
              />
              <TextInput
                label={t('account.email')}
                description={t('signUp.emailHint')}
                type="email"
                required
                autoComplete="email"
                {...form.getInputProps('email')}
              />
              {signUp.isError && (
                <ProblemAlert error={signUp.error} shownAtFields={shownPointers(signUp.error, form.values)} />
              )}
              <Button type="submit" loading={signUp.isPending}>
                {t('signUp.send')}
              </Button>
              <Text size="sm" c="dimmed">
                {t('signUp.hasAccount')}{' '}
                <Anchor component={Link} to="/sign-in" inherit underline="always">
                  {t('account.signIn')}
                </Anchor>
              </Text>
            </Stack>
          </form>
        </Paper>
      )}
    </Page>
  );
}
