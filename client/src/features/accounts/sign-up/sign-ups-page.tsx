import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import IconChecks from '@tabler/icons-react/icons/IconChecks';
import { useTranslation } from 'react-i18next';
import type { MembershipEntry } from '../../../../../schemas/types.d.ts';
import { isOperator } from '../../../api/may-enter.ts';
import { organisationQuery } from '../../../api/reference.ts';
import { InstantText } from '../../../ui/date-text.tsx';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { OrganisationLink } from '../../../ui/names.tsx';
import { NextPage } from '../../../ui/next-page.tsx';
import { notify } from '../../../ui/notify.ts';
import { OnlyFor } from '../../../ui/only-for.tsx';
import { Page } from '../../../ui/page.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { membershipsQuery } from '../people/api.ts';
import { useVerification } from '../api.ts';
import { RefuseSignUp } from './refuse-sign-up.tsx';

/** Suppliers' people who signed up and wait for the operator's word. */
export function SignUpsPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('signUps.title')} lead={t('signUps.lead')}>
      <OnlyFor may={isOperator} title={t('outbox.operatorOnly')}>
        {() => <Queue />}
      </OnlyFor>
    </Page>
  );
}

function Queue() {
  const { t } = useTranslation();
  const found = useInfiniteQuery(membershipsQuery('', 'unverified'));
  return (
    <QueryState query={found}>
      {({ pages }) => {
        const waiting = pages.flatMap(({ items }) => items);
        if (waiting.length === 0)
          return (
            <EmptyNote icon={<IconChecks />} title={t('signUps.none')}>
              {t('signUps.noneWhy')}
            </EmptyNote>
          );
        return (
          <Stack gap="md">
            {waiting.map((membership) => (
              <Waiting key={membership.id} membership={membership} />
            ))}
            <NextPage query={found} />
          </Stack>
        );
      }}
    </QueryState>
  );
}

function Waiting({ membership: { id, name, email, org = '', from } }: { membership: MembershipEntry }) {
  const { t } = useTranslation();
  const { data: organisation } = useQuery(organisationQuery(org));
  const verify = useVerification(() => notify(t('signUps.verified')));
  const person = name ?? t('people.noName');
  return (
    <Paper component="article" p={{ base: 'md', sm: 'lg' }} aria-label={person}>
      <Stack gap="sm">
        <div>
          <Title order={2} size="h3">
            {person}
          </Title>
          <Text size="sm" c="dimmed" className="xanh-any-break">
            {email}
          </Text>
        </div>
        <Facts
          items={[
            { name: t('signUps.organisation'), value: <OrganisationLink code={org} /> },
            organisation?.taxCode !== undefined && { name: t('organisation.taxCode'), value: organisation.taxCode },
            from !== undefined && { name: t('signUps.since'), value: <InstantText instant={from} /> },
          ]}
        />
        <Text size="sm">{t(organisation?.unverified ? 'signUps.isNew' : 'signUps.isKnown')}</Text>
        <Group>
          <Button
            loading={verify.isPending}
            onClick={() =>
              verify.mutate({ id, body: { result: 'verified' } }, { onError: (error) => notify(error.message, true) })
            }
          >
            {t('signUps.verify')}
          </Button>
          <RefuseSignUp id={id} name={person} />
        </Group>
      </Stack>
    </Paper>
  );
}
