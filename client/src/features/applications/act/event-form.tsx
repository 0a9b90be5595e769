import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Application } from '../../../../../schemas/types.d.ts';
import { createIdempotencyKey } from '../../../api/idempotency-key.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { fieldErrors, shownPointers } from '../../../ui/field-errors.ts';
import { notify } from '../../../ui/notify.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { useAct } from '../api.ts';
import { EventFields } from './event-fields.tsx';
import { asked, missing, startValues, toEvent, type SentType } from './event-values.ts';
import { useEventForm } from './use-event-form.ts';

interface EventFormProps {
  type: SentType;
  application: Application;
  today: string;
  /** Done before it is sent: what is still unsaved, say. Gives whether it may be sent. */
  before?: () => Promise<boolean>;
  onDone?: () => void;
}

const lists = ['items', 'reasons'];
const harsh = new Set<SentType>(['refused', 'withdrawn', 'conflictDeclared', 'appealDismissed', 'appealWithdrawn']);

/** Lets one event happen to the application: what it asks for, and, where it stays, a last question. */
export function EventForm({ type, application, today, before, onDone }: EventFormProps) {
  const { t } = useTranslation();
  const [isAsked, { open, close }] = useDisclosure(false);
  const [key, setKey] = useState(createIdempotencyKey);
  const form = useEventForm(startValues(application));
  const act = useAct(application.id, () => {
    notify(t(`application.done.${type}`));
    onDone?.();
  });
  const { isFinal } = asked[type];
  const color = harsh.has(type) ? 'clay' : 'leaf';
  const send = async () => {
    if (before && !(await before())) return close();
    act.mutate(
      { event: toEvent(type, form.values, application), key },
      {
        onError: (error) => {
          form.setErrors(fieldErrors(error, lists));
          // What is refused was not recorded: what is sent next is another entry.
          setKey(createIdempotencyKey());
        },
        onSettled: close,
      },
    );
  };
  const ask = () => {
    const lacking = missing(type, form.values, application);
    if (lacking.length > 0)
      form.setErrors(Object.fromEntries(lacking.map((field) => [field, t('application.needed')])));
    else if (isFinal) open();
    else void send();
  };
  return (
    <form noValidate onSubmit={form.onSubmit(ask)}>
      <Stack maw={680}>
        <Text size="sm" c="dimmed">
          {t(`application.what.${type}`)}
        </Text>
        <EventFields type={type} application={application} form={form} today={today} />
        {act.isError && <ProblemAlert error={act.error} shownAtFields={shownPointers(act.error, form.values, lists)} />}
        <Group>
          <Button type="submit" color={color} loading={act.isPending}>
            {t(`application.do.${type}`)}
          </Button>
        </Group>
      </Stack>
      <ConfirmDialog title={t(`application.do.${type}`)} isOpen={isAsked} onClose={close}>
        <Text>{t(`application.what.${type}`)}</Text>
        <Alert color="amber" variant="light">
          {t('application.stays')}
        </Alert>
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('state.cancel')}
          </Button>
          <Button color={color} loading={act.isPending} onClick={() => void send()}>
            {t('application.confirmDo')}
          </Button>
        </Group>
      </ConfirmDialog>
    </form>
  );
}
