import { Button, Group, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Complaint, ComplaintGround, ComplaintSubject } from '../../../../schemas/types.d.ts';
import { createIdempotencyKey } from '../../api/idempotency-key.ts';
import { meQuery } from '../../api/me.ts';
import { AgencySelect } from '../../ui/agency-select.tsx';
import { DayInput } from '../../ui/day-input.tsx';
import { fieldErrors, shownPointers } from '../../ui/field-errors.ts';
import { FormPart } from '../../ui/form-part.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useReport } from './api.ts';
import { groundsOf, startValues, toInput } from './report-values.ts';

interface ReportFormProps {
  /** Null where the reader did not come from a record: then a purchase is named by agency and number. */
  subject: ComplaintSubject | null;
  onSent: (complaint: Complaint) => void;
}

const useReportForm = () => useForm({ mode: 'controlled', initialValues: startValues });

/** What is wrong, what was seen, and if the reporter likes, how to ask back. */
export function ReportForm({ subject, onSent }: ReportFormProps) {
  const { t } = useTranslation();
  const [key, setKey] = useState(createIdempotencyKey);
  const { data: me } = useQuery(meQuery);
  const form = useReportForm();
  const report = useReport(onSent);
  const send = (values: typeof startValues) =>
    report.mutate(
      { input: toInput(values, subject), key },
      {
        onError: (error) => {
          form.setErrors(fieldErrors(error));
          setKey(createIdempotencyKey());
        },
      },
    );
  return (
    <form onSubmit={form.onSubmit(send)}>
      <Stack gap="lg">
        {subject === null && (
          <FormPart title={t('complaint.whichPurchase')} hint={t('complaint.whichPurchaseHint')}>
            <AgencySelect label={t('purchase.agency')} required {...form.getInputProps('subject.agency')} />
            <TextInput
              label={t('complaint.contractNumber')}
              required
              maxLength={200}
              {...form.getInputProps('subject.reference')}
            />
          </FormPart>
        )}
        <FormPart title={t('complaint.what')}>
          <Radio.Group required label={t('complaint.groundLabel')} {...form.getInputProps('ground')}>
            <Stack gap="xs" mt="xs">
              {groundsOf(subject?.kind ?? 'purchase').map((ground: ComplaintGround) => (
                <Radio key={ground} value={ground} label={t(`complaint.ground.${ground}`)} />
              ))}
            </Stack>
          </Radio.Group>
          <Textarea
            label={t('complaint.text')}
            description={t('complaint.textHint')}
            required
            autosize
            minRows={4}
            minLength={10}
            maxLength={4000}
            {...form.getInputProps('text')}
          />
          <DayInput label={t('complaint.seenOn')} maw={260} max={me?.today} {...form.getInputProps('seenOn')} />
        </FormPart>
        <ContactPart form={form} />
        <Text size="sm" c="dimmed">
          {t(me?.actor ? 'complaint.filesAfter' : 'complaint.filesOnRequest')}
        </Text>
        {report.isError && (
          <ProblemAlert error={report.error} shownAtFields={shownPointers(report.error, form.values)} />
        )}
        <Group gap="md">
          <Button type="submit" size="md" loading={report.isPending}>
            {t('complaint.send')}
          </Button>
          <Text size="sm" c="dimmed">
            {me?.actor ? t('complaint.asAccount') : t('complaint.withoutAccount')}
          </Text>
        </Group>
      </Stack>
    </form>
  );
}

function ContactPart({ form }: { form: ReturnType<typeof useReportForm> }) {
  const { t } = useTranslation();
  return (
    <FormPart title={t('complaint.contact')} hint={t('complaint.contactHint')}>
      <TextInput
        label={t('complaint.name')}
        maxLength={200}
        autoComplete="name"
        {...form.getInputProps('contact.name')}
      />
      <Group grow align="flex-start">
        <TextInput
          label={t('complaint.email')}
          type="email"
          autoComplete="email"
          {...form.getInputProps('contact.email')}
        />
        <TextInput
          label={t('complaint.phone')}
          type="tel"
          autoComplete="tel"
          {...form.getInputProps('contact.phone')}
        />
      </Group>
    </FormPart>
  );
}
