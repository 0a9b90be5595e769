import { Alert, Button, Group, NativeSelect, Stack, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CertificateEventInput, ProductLabel } from '../../../../schemas/types.d.ts';
import { createIdempotencyKey } from '../../api/idempotency-key.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { DayInput } from '../../ui/day-input.tsx';
import { fieldErrors, shownPointers } from '../../ui/field-errors.ts';
import { notify } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useRecordEvent } from './api.ts';

interface EventFormProps {
  label: ProductLabel;
  canSuspend: boolean;
  today: string;
  onDone: () => void;
}

const lasting = ['revoked', 'surrendered', 'revokedAbInitio'] as const;
const passing = ['suspended', 'reinstated'] as const;

/** Records what happened to a certificate, after saying what that will do. */
export function EventForm({ label, canSuspend, today, onDone }: EventFormProps) {
  const { t } = useTranslation();
  const [isAsked, { open, close }] = useDisclosure(false);
  const [key] = useState(createIdempotencyKey);
  const record = useRecordEvent(label.certificate);
  const form = useForm<CertificateEventInput>({ initialValues: { type: 'revoked', on: today, reason: '' } });
  const types = canSuspend ? [...lasting, ...passing] : lasting;
  const save = () =>
    record.mutate(
      { event: form.values, key },
      {
        onSuccess: () => {
          notify(t('event.recorded'));
          onDone();
        },
        onError: (error) => form.setErrors(fieldErrors(error)),
        onSettled: close,
      },
    );
  return (
    <form onSubmit={form.onSubmit(open)}>
      <Stack maw={520}>
        <NativeSelect
          label={t('event.type')}
          required
          data={types.map((type) => ({ value: type, label: t(`event.${type}`) }))}
          {...form.getInputProps('type')}
        />
        <DayInput
          label={t('event.on')}
          description={t(`event.onHint.${form.values.type}`)}
          required
          {...form.getInputProps('on')}
        />
        <Textarea
          label={t('event.reason')}
          required
          autosize
          minRows={2}
          maxLength={1000}
          {...form.getInputProps('reason')}
        />
        {record.isError && (
          <ProblemAlert error={record.error} shownAtFields={shownPointers(record.error, form.values)} />
        )}
        <Group>
          <Button type="submit" color="clay">
            {t('event.next')}
          </Button>
        </Group>
      </Stack>
      <Confirmation
        label={label}
        event={form.values}
        isOpen={isAsked}
        onClose={close}
        onConfirm={save}
        isBusy={record.isPending}
      />
    </form>
  );
}

interface ConfirmationProps {
  label: ProductLabel;
  event: CertificateEventInput;
  isOpen: boolean;
  onClose: () => void;
  onConfirm: () => void;
  isBusy: boolean;
}

function Confirmation({ label, event, isOpen, onClose, onConfirm, isBusy }: ConfirmationProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ConfirmDialog title={t('event.confirmTitle')} isOpen={isOpen} onClose={onClose}>
      <Text>
        {t(`event.effect.${event.type}`, {
          label: `${format.text(label.schemeName)} ${label.number}`,
          day: format.day(event.on),
        })}
      </Text>
      <Alert color="amber" variant="light">
        {t('event.consequence')}
      </Alert>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('state.cancel')}
        </Button>
        <Button color="clay" onClick={onConfirm} loading={isBusy}>
          {t('event.confirm')}
        </Button>
      </Group>
    </ConfirmDialog>
  );
}
