import { Alert, Button, Group, NativeSelect, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Certificate, LabelScheme } from '../../../../../schemas/types.d.ts';
import { createIdempotencyKey } from '../../../api/idempotency-key.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { DayInput } from '../../../ui/day-input.tsx';
import { fieldErrors, shownPointers } from '../../../ui/field-errors.ts';
import { notify } from '../../../ui/notify.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { useRecordEvent } from '../api.ts';
import { EventDetails } from './event-details.tsx';
import { eventsOffered, saysNothing, startValues, toEventInput } from './event-values.ts';
import type { EventValues } from './event-values.ts';
import { useEventForm } from './use-event-form.ts';

interface EventFormProps {
  certificate: Certificate;
  scheme: LabelScheme;
  today: string;
  onDone: () => void;
}

const lists = ['products', 'fields.products', 'fields.places'];

/** Records what happened to a certificate, after saying what that will do. */
export function EventForm({ certificate, scheme, today, onDone }: EventFormProps) {
  const { t } = useTranslation();
  const [isAsked, { open, close }] = useDisclosure(false);
  const [key] = useState(createIdempotencyKey);
  const form = useEventForm(
    startValues(certificate, today, eventsOffered(certificate, scheme, today)[0] ?? 'corrected'),
  );
  const record = useRecordEvent(certificate.id, () => {
    notify(t('event.recorded'));
    onDone();
  });
  const offered = eventsOffered(certificate, scheme, form.values.on);
  // A day on which the chosen event cannot have happened takes the choice back.
  const type = offered.includes(form.values.type) ? form.values.type : (offered[0] ?? 'corrected');
  const values = { ...form.values, type };
  const event = toEventInput(values, certificate);
  const ask = () => (saysNothing(event) ? form.setErrors({ fields: t(`event.saysNothing`) }) : open());
  const save = () =>
    record.mutate({ event, key }, { onError: (error) => form.setErrors(fieldErrors(error, lists)), onSettled: close });
  return (
    <form onSubmit={form.onSubmit(ask)}>
      <Stack maw={640}>
        <NativeSelect
          label={t('event.type')}
          description={t(`event.what.${type}`)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          required
          data={offered.map((one) => ({ value: one, label: t(`event.${one}`) }))}
          {...form.getInputProps('type')}
          value={type}
        />
        <DayInput
          label={t('event.on')}
          description={t(`event.onHint.${type}`)}
          required
          {...form.getInputProps('on')}
        />
        <EventDetails form={form} type={type} certificate={certificate} scheme={scheme} />
        <Textarea
          label={t('event.reason')}
          required
          autosize
          minRows={2}
          maxLength={2000}
          {...form.getInputProps('reason')}
        />
        {form.errors['fields'] !== undefined && (
          <Text size="sm" c="clay.7" role="alert">
            {form.errors['fields']}
          </Text>
        )}
        {record.isError && (
          <ProblemAlert error={record.error} shownAtFields={shownPointers(record.error, values, lists)} />
        )}
        <Group>
          <Button type="submit" color="clay">
            {t('event.next')}
          </Button>
        </Group>
      </Stack>
      <Confirmation
        certificate={certificate}
        scheme={scheme}
        values={values}
        isOpen={isAsked}
        onClose={close}
        onConfirm={save}
        isBusy={record.isPending}
      />
    </form>
  );
}

interface ConfirmationProps {
  certificate: Certificate;
  scheme: LabelScheme;
  values: EventValues;
  isOpen: boolean;
  onClose: () => void;
  onConfirm: () => void;
  isBusy: boolean;
}

function Confirmation({ certificate, scheme, values, isOpen, onClose, onConfirm, isBusy }: ConfirmationProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ConfirmDialog title={t('event.confirmTitle')} isOpen={isOpen} onClose={onClose}>
      <Text>
        {t(`event.effect.${values.type}`, {
          label: `${format.text(scheme.name)} ${certificate.number}`,
          day: values.on === '' ? '' : format.day(values.on),
          products: format.number(values.products.length),
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
