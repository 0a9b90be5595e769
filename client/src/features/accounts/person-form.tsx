import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { fieldErrors, shownPointers } from '../../ui/field-errors.ts';
import { notify } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useForgotten, usePersonSignIn } from './api.ts';

interface PersonFormProps {
  /** Address and password are right; `needsCode` asks for the second factor before anybody is signed in. */
  onSignedIn: (needsCode: boolean) => void;
}

/** Signs a person in by address and password; whoever forgot the password gets a letter. */
export function PersonForm({ onSignedIn }: PersonFormProps) {
  const { t } = useTranslation();
  const form = useForm({ initialValues: { email: '', password: '' } });
  const signIn = usePersonSignIn();
  const forgotten = useForgotten();
  const error = signIn.error ?? forgotten.error;
  const atFields = { onError: (problem: Error) => form.setErrors(fieldErrors(problem)) };
  const enter = form.onSubmit((values) =>
    signIn.mutate(values, { ...atFields, onSuccess: ({ needsCode }) => onSignedIn(needsCode) }),
  );
  const forget = () => {
    const { email } = form.values;
    if (email.trim() === '') return form.setFieldError('email', t('account.emailFirst'));
    forgotten.mutate(email, { ...atFields, onSuccess: () => notify(t('account.letterSent', { email })) });
  };
  return (
    <form onSubmit={enter}>
      <Stack>
        <TextInput
          label={t('account.email')}
          type="email"
          required
          autoComplete="username"
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={t('account.password')}
          required
          autoComplete="current-password"
          {...form.getInputProps('password')}
        />
        {error && <ProblemAlert error={error} shownAtFields={shownPointers(error, form.values)} />}
        <Button type="submit" loading={signIn.isPending}>
          {t('account.signIn')}
        </Button>
        <Text size="sm">
          <Anchor component="button" type="button" inherit onClick={forget}>
            {t('account.forgotten')}
          </Anchor>
        </Text>
      </Stack>
    </form>
  );
}
