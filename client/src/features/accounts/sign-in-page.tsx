import { Anchor, Button, Divider, Paper, PasswordInput, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { SessionInput } from '../../../../schemas/types.d.ts';
import { meQuery } from '../../api/me.ts';
import { Page } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useSignIn } from './api.ts';
import { CodeForm } from './code-form.tsx';
import { demoPeople } from './demo-people.ts';
import { PersonForm } from './person-form.tsx';

// A role's name is longer than a narrow screen.
const wrapped = { label: { whiteSpace: 'normal', lineHeight: 1.4 } } as const;

/** Signs in as a person, with a key, or as a demonstration role where that is offered. */
export function SignInPage() {
  const { t } = useTranslation();
  const { data: me } = useQuery(meQuery);
  const [key, setKey] = useState('');
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const signIn = useSignIn();
  const [asksCode, setAsksCode] = useState(false);
  const goOn = () => void navigate(localPath(params.get('to')), { replace: true });
  const enter = (session: SessionInput) => signIn.mutate(session, { onSuccess: goOn });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    enter({ key });
  };
  return (
    <Page title={t('account.signIn')} lead={t('account.lead')}>
      <Paper p="xl" maw={480}>
        {asksCode ? (
          <CodeForm onSignedIn={goOn} />
        ) : (
          <PersonForm onSignedIn={(needsCode) => (needsCode ? setAsksCode(true) : goOn())} />
        )}
        <Text size="sm" c="dimmed" mt="md">
          {t('signUp.asSupplier')}{' '}
          <Anchor component={Link} to="/sign-up" inherit underline="always">
            {t('signUp.title')}
          </Anchor>
        </Text>
        <Divider my="xl" label={t('account.orKey')} />
        <Stack component="form" onSubmit={submit}>
          <PasswordInput
            label={t('account.key')}
            description={t('account.keyHint')}
            required
            autoComplete="off"
            value={key}
            onChange={({ currentTarget }) => setKey(currentTarget.value)}
          />
          {signIn.isError && <ProblemAlert error={signIn.error} />}
          <Button type="submit" variant="default" loading={signIn.isPending}>
            {t('account.withKey')}
          </Button>
        </Stack>
        {me !== undefined && me.demoRoles.length > 0 && (
          <Stack mt="xl" gap="xs">
            <Divider />
            <Text size="sm" c="dimmed">
              {t('account.demoHint')}
            </Text>
            {demoPeople(me.demoRoles).map(({ role, person }) => (
              <Button
                key={`${role} ${person}`}
                variant="default"
                h="auto"
                mih={42}
                py={8}
                styles={wrapped}
                onClick={() => enter({ demo: role, person })}
              >
                {t(person === 1 ? 'account.continueAs' : 'account.continueAsSecond', { role: t(`role.${role}`) })}
              </Button>
            ))}
          </Stack>
        )}
      </Paper>
    </Page>
  );
}

/** Only a path of this site: a foreign address in the link leads home. */
function localPath(to: string | null): string {
  return to !== null && /^\/(?![/\\])/.test(to) ? to : '/';
}
