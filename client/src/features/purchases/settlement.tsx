import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Purchase } from '../../../../schemas/types.d.ts';
import { createIdempotencyKey } from '../../api/idempotency-key.ts';
import { DayInput } from '../../ui/day-input.tsx';
import { fieldErrors, shownPointers } from '../../ui/field-errors.ts';
import { notify } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useCorrectPurchase } from './api.ts';

interface SettlementProps {
  purchase: Purchase;
  today: string | undefined;
}

/** Says on which day the contract was settled: from it the law counts how long its documents are kept. */
export function Settlement({ purchase, today }: SettlementProps) {
  const { t } = useTranslation();
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const label = t(purchase.settledOn === undefined ? 'settlement.enter' : 'settlement.change');
  return (
    <section>
      <Button variant="default" aria-expanded={isOpen} onClick={toggle}>
        {label}
      </Button>
      {isOpen && <SettlementForm purchase={purchase} today={today} onDone={close} />}
    </section>
  );
}

function SettlementForm({ purchase, today, onDone }: SettlementProps & { onDone: () => void }) {
  const { t } = useTranslation();
  const form = useForm({ initialValues: { settledOn: purchase.settledOn ?? '', reason: '' } });
  const [key] = useState(createIdempotencyKey);
  const correct = useCorrectPurchase(purchase.id);
  const save = ({ settledOn, reason }: { settledOn: string; reason: string }) =>
    correct.mutate(
      { correction: { settledOn, reason: reason.trim() }, key },
      {
        onSuccess: () => {
          notify(t('settlement.recorded'));
          onDone();
        },
        onError: (error) => form.setErrors(fieldErrors(error)),
      },
    );
  return (
    <form onSubmit={form.onSubmit(save)} className="xanh-correction">
      <Stack>
        <DayInput
          label={t('settlement.day')}
          description={t('settlement.hint')}
          required
          max={today}
          maw={320}
          {...form.getInputProps('settledOn')}
        />
        <Textarea label={t('settlement.reason')} required maxLength={1000} autosize {...form.getInputProps('reason')} />
        {correct.isError && (
          <ProblemAlert error={correct.error} shownAtFields={shownPointers(correct.error, form.values)} />
        )}
        <Group>
          <Button type="submit" loading={correct.isPending}>
            {t('settlement.save')}
          </Button>
          <Button variant="default" onClick={onDone}>
            {t('state.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
