import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Purchase } from '../../../../schemas/types.d.ts';
import { createIdempotencyKey } from '../../api/idempotency-key.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { notify } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { standingLines, totalsOf } from './amounts.ts';
import { useCorrectPurchase } from './api.ts';

/** Takes every line back, after saying what that will do. */
export function CancelPurchase({ purchase }: { purchase: Purchase }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isOpen, { open, close }] = useDisclosure(false);
  const [reason, setReason] = useState('');
  const [key] = useState(createIdempotencyKey);
  const correct = useCorrectPurchase(purchase.id);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    correct.mutate(
      { correction: { reason: reason.trim(), cancel: true }, key },
      {
        onSuccess: () => {
          notify(t('correction.cancelDone'));
          close();
        },
      },
    );
  };
  return (
    <>
      <Button variant="subtle" color="clay" w="fit-content" onClick={open}>
        {t('correction.cancelAll')}
      </Button>
      <ConfirmDialog title={t('correction.cancelAll')} isOpen={isOpen} onClose={close}>
        <Stack component="form" onSubmit={submit}>
          <Text>
            {t('correction.cancelEffect', {
              count: standingLines(purchase).length,
              total: format.money(totalsOf(purchase).total, purchase.currency),
            })}
          </Text>
          <Textarea
            label={t('correction.reason')}
            required
            autosize
            minRows={2}
            maxLength={1000}
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          {correct.isError && <ProblemAlert error={correct.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('state.cancel')}
            </Button>
            <Button type="submit" color="clay" loading={correct.isPending}>
              {t('correction.cancelConfirm')}
            </Button>
          </Group>
        </Stack>
      </ConfirmDialog>
    </>
  );
}
