import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SignInEntry } from '../../../../schemas/types.d.ts';
import { InstantText } from '../../ui/date-text.tsx';
import { notify } from '../../ui/notify.ts';
import { QueryState } from '../../ui/query-state.tsx';
import { AccountPart } from './account-part.tsx';
import { signInsQuery, useEndSignIn, useSignOutElsewhere } from './api.ts';

/** Where the person is signed in; for who left a browser open, or lost a telephone, each can be ended. */
export function SignInList() {
  const { t } = useTranslation();
  const signIns = useQuery(signInsQuery);
  const end = useSignOutElsewhere();
  const endOthers = () =>
    end.mutate(undefined, {
      onSuccess: () => notify(t('ownAccount.signedOutElsewhere')),
      onError: (error) => notify(error.message, true),
    });
  return (
    <AccountPart title={t('ownAccount.signIns')}>
      <Text c="dimmed" size="sm">
        {t('ownAccount.signInsWhat')}
      </Text>
      <QueryState query={signIns} blocks={1}>
        {(all) => (
          <>
            <Stack component="ul" gap="md" className="xanh-list">
              {all.map((signIn) => (
                <SignIn key={signIn.id} signIn={signIn} />
              ))}
            </Stack>
            {all.length > 1 && (
              <Group>
                <Button variant="default" onClick={endOthers} loading={end.isPending}>
                  {t('ownAccount.signOutElsewhere')}
                </Button>
              </Group>
            )}
          </>
        )}
      </QueryState>
    </AccountPart>
  );
}

function SignIn({ signIn: { id, device, since, seenAt, isThis } }: { signIn: SignInEntry }) {
  const { t } = useTranslation();
  const end = useEndSignIn();
  const name = device ?? t('ownAccount.unknownDevice');
  const send = () =>
    end.mutate(id, {
      onSuccess: () => notify(t('ownAccount.signInEnded', { name })),
      onError: (error) => notify(error.message, true),
    });
  return (
    <Group component="li" justify="space-between" gap="sm">
      <div>
        <Text fw={600}>{name}</Text>
        <Text size="sm" c="dimmed">
          {t('ownAccount.signedInSince')} <InstantText instant={since} />
          {' · '}
          {t('ownAccount.lastSeen')} <InstantText instant={seenAt} />
        </Text>
      </div>
      {isThis ? (
        <Badge variant="light" className="xanh-badge">
          {t('ownAccount.thisSignIn')}
        </Badge>
      ) : (
        <Button variant="default" size="sm" loading={end.isPending} onClick={send}>
          {t('ownAccount.endSignIn')}
          <span className="xanh-for-reader"> {name}</span>
        </Button>
      )}
    </Group>
  );
}
