import { Checkbox, Group, Radio, SimpleGrid, Stack, TextInput, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Application, AttachmentKind, DecisionReason } from '../../../../../schemas/types.d.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { DayInput } from '../../../ui/day-input.tsx';
import { legalReference } from '../../../ui/legal-reference.ts';
import { asked, namesCertificate, type SentType } from './event-values.ts';
import type { EventFormState } from './use-event-form.ts';

interface EventFieldsProps {
  type: SentType;
  application: Application;
  form: EventFormState;
  today: string;
}

/** What an event asks for: a step, reasons, items, a certificate, words. */
export function EventFields({ type, application, form, today }: EventFieldsProps) {
  const { t } = useTranslation();
  const { text, items, reasons, certificate, step } = asked[type];
  return (
    <Stack>
      {step && <StepField application={application} form={form} />}
      {items && <ItemsField application={application} form={form} />}
      {reasons && <ReasonsField reasons={reasons} form={form} />}
      {certificate && namesCertificate(application) && <CertificateFields form={form} today={today} />}
      {text !== 'none' && (
        <Textarea
          label={t(`application.text.${type as Exclude<SentType, 'taken'>}`)}
          required={text === 'required'}
          autosize
          minRows={3}
          maxLength={5000}
          {...form.getInputProps('text')}
        />
      )}
    </Stack>
  );
}

function StepField({ application: { appealSteps }, form }: Pick<EventFieldsProps, 'application' | 'form'>) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Radio.Group label={t('application.step')} required {...form.getInputProps('step')}>
      <Stack gap="xs" mt={4}>
        {appealSteps?.map(({ step, lodgeThrough, reference }) => (
          <Radio
            key={step}
            value={step}
            label={t(`application.appealStep.${step}`)}
            description={[
              lodgeThrough !== undefined && `${t('application.lodgeThrough')} ${format.day(lodgeThrough)}`,
              legalReference(reference, format.language),
            ]
              .filter(Boolean)
              .join(' · ')}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

function ItemsField({ application, form }: Pick<EventFieldsProps, 'application' | 'form'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const { checklist = [] } = application;
  const choices: { kind: AttachmentKind; label: string }[] = [
    ...checklist.map(({ kind, name }) => ({ kind, label: format.text(name) })),
    { kind: 'other', label: t('application.item.other') },
  ];
  return (
    <Checkbox.Group label={t('application.missingItems')} required {...form.getInputProps('items')}>
      <Stack gap="xs" mt={4}>
        {choices.map(({ kind, label }) => (
          <Checkbox key={kind} value={kind} label={label} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

function ReasonsField({ reasons, form }: { reasons: readonly DecisionReason[]; form: EventFormState }) {
  const { t } = useTranslation();
  return (
    <Checkbox.Group label={t('application.reasons')} required {...form.getInputProps('reasons')}>
      <Stack gap="xs" mt={4}>
        {reasons.map((reason) => (
          <Checkbox key={reason} value={reason} label={t(`application.reason.${reason}`)} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

function CertificateFields({ form, today }: Pick<EventFieldsProps, 'form' | 'today'>) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      <Group grow>
        <TextInput
          label={t('certificate.number')}
          required
          maxLength={80}
          {...form.getInputProps('certificate.number')}
        />
      </Group>
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <DayInput
          label={t('certificate.issuedOn')}
          description={t('application.issuedHint')}
          max={today}
          {...form.getInputProps('certificate.issuedOn')}
        />
        <DayInput
          label={t('certificate.validFrom')}
          description={t('application.validFromHint')}
          {...form.getInputProps('certificate.validFrom')}
        />
        <DayInput
          label={t('certificate.validThrough')}
          description={t('application.validThroughHint')}
          {...form.getInputProps('certificate.validThrough')}
        />
      </SimpleGrid>
    </Stack>
  );
}
