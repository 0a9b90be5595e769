import { Alert, Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PriorityList } from '../../../../schemas/types.d.ts';
import { createIdempotencyKey } from '../../api/idempotency-key.ts';
import { editionsQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { notify } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { purchasesBetweenQuery, usePublish } from './api.ts';
import { daysDecided } from './standing.ts';

/** Publishes a draft, after saying which purchases will be decided again. */
export function PublishButton({ edition }: { edition: PriorityList }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isAsked, { open, close }] = useDisclosure(false);
  const [key] = useState(createIdempotencyKey);
  const publish = usePublish(edition.code, () => {
    notify(t('edition.published', { code: edition.code }));
    close();
  });
  return (
    <>
      <Button onClick={open}>{t('edition.publish')}</Button>
      <ConfirmDialog title={t('edition.publishTitle', { code: edition.code })} isOpen={isAsked} onClose={close}>
        <Text>{t('edition.publishWhat', { title: format.text(edition.title), groups: edition.entries.length })}</Text>
        <Consequence edition={edition} />
        {publish.isError && <ProblemAlert error={publish.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('state.cancel')}
          </Button>
          <Button onClick={() => publish.mutate(key)} loading={publish.isPending}>
            {t('edition.publishConfirm')}
          </Button>
        </Group>
      </ConfirmDialog>
    </>
  );
}

/** Which lines are decided again: those whose basis date lies in the days of the edition. */
export function Consequence({ edition }: { edition: PriorityList }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: editions = [] } = useQuery(editionsQuery);
  const days = daysDecided(edition, editions);
  const { data: total } = useQuery(purchasesBetweenQuery(days));
  const from = format.day(days.from);
  return (
    <Alert color="amber" variant="light">
      {days.to === undefined
        ? t('edition.redecidedFrom', { from })
        : t('edition.redecidedBetween', { from, to: format.day(days.to) })}{' '}
      {total !== undefined && <b>{t('edition.redecidedCount', { count: total, total: format.number(total) })}</b>}{' '}
      {t('edition.redecidedKnown')}
    </Alert>
  );
}
