import { Button, Paper, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { notify } from '../../ui/notify.ts';
import { Facts } from '../../ui/facts.tsx';
import { More } from '../../ui/more.tsx';
import { contactQuery, useForgetContact } from './api.ts';

/** How the reporter is reached, shown to the operator once it is asked for, and erasable. */
export function Contact({ id }: { id: string }) {
  const { t } = useTranslation();
  return (
    <Paper p={{ base: 'md', sm: 'lg' }}>
      <Title order={2} size="h3">
        {t('complaint.contactTitle')}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {t('complaint.contactOnly')}
      </Text>
      <More label={t('complaint.contactShow')}>
        <Shown id={id} />
      </More>
    </Paper>
  );
}

function Shown({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data, isError, isPending } = useQuery(contactQuery(id));
  const forget = useForgetContact(id);
  if (isPending) return null;
  if (isError || data === undefined) return <Text size="sm">{t('complaint.contactNone')}</Text>;
  return (
    <>
      <Facts
        my="sm"
        className="xanh-facts xanh-facts-narrow"
        items={[
          data.name !== undefined && { name: t('complaint.name'), value: data.name },
          data.email !== undefined && { name: t('complaint.email'), value: data.email },
          data.phone !== undefined && { name: t('complaint.phone'), value: data.phone },
        ]}
      />
      <Button
        variant="default"
        size="compact-sm"
        loading={forget.isPending}
        onClick={() =>
          forget.mutate(undefined, {
            onSuccess: () => notify(t('complaint.contactForgotten')),
            onError: (error) => notify(error.message, true),
          })
        }
      >
        {t('complaint.contactForget')}
      </Button>
    </>
  );
}
