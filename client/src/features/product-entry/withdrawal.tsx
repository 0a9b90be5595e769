import { Button, Group, Paper, Stack, Text, Textarea, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Product } from '../../../../schemas/types.d.ts';
import { createIdempotencyKey } from '../../api/idempotency-key.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { DayInput } from '../../ui/day-input.tsx';
import { fieldErrors, shownPointers } from '../../ui/field-errors.ts';
import { notify } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useWithdrawProduct } from './api.ts';

/** Withdraws a product from a day on, after saying what that will do. */
export function Withdrawal({ product, today }: { product: Product; today: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { withdrawal } = product;
  return (
    <Paper component="section" p={{ base: 'md', sm: 'xl' }} maw={860} className="xanh-soft">
      <Title order={2} size="h3" mb="xs">
        {t('withdrawal.title')}
      </Title>
      {withdrawal === undefined ? (
        <WithdrawalForm product={product} today={today} />
      ) : (
        <Text>{t('withdrawal.done', { day: format.day(withdrawal.on), reason: withdrawal.reason })}</Text>
      )}
    </Paper>
  );
}

function WithdrawalForm({ product, today }: { product: Product; today: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const [isAsked, { open, close }] = useDisclosure(false);
  const [key] = useState(createIdempotencyKey);
  const [values, setValues] = useState({ on: today, reason: '' });
  const withdraw = useWithdrawProduct(product.id, () => {
    notify(t('withdrawal.recorded'));
    void navigate(`/products/${product.id}`);
  });
  const errors = fieldErrors(withdraw.error);
  const ask = (event: SyntheticEvent) => {
    event.preventDefault();
    open();
  };
  const save = () =>
    withdraw.mutate({ withdrawal: { ...values, reason: values.reason.trim() }, key }, { onSettled: close });
  return (
    <Stack component="form" maw={520} onSubmit={ask}>
      <Text c="dimmed">{t('withdrawal.what')}</Text>
      <DayInput
        label={t('withdrawal.on')}
        description={t('withdrawal.onHint')}
        required
        value={values.on}
        error={errors['on']}
        onChange={(on) => setValues({ ...values, on })}
      />
      <Textarea
        label={t('withdrawal.reason')}
        required
        autosize
        minRows={2}
        maxLength={1000}
        value={values.reason}
        error={errors['reason']}
        onChange={({ currentTarget: { value: reason } }) => setValues({ ...values, reason })}
      />
      {withdraw.isError && (
        <ProblemAlert error={withdraw.error} shownAtFields={shownPointers(withdraw.error, values)} />
      )}
      <Group>
        <Button type="submit" variant="default">
          {t('withdrawal.next')}
        </Button>
      </Group>
      <ConfirmDialog title={t('withdrawal.confirmTitle')} isOpen={isAsked} onClose={close}>
        <Text>{t('withdrawal.effect', { name: format.text(product.name), day: format.day(values.on) })}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('state.cancel')}
          </Button>
          <Button color="clay" loading={withdraw.isPending} onClick={save}>
            {t('withdrawal.confirm')}
          </Button>
        </Group>
      </ConfirmDialog>
    </Stack>
  );
}
