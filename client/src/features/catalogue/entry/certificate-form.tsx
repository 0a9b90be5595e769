import { Button, Group, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LabelScheme } from '../../../../../schemas/types.d.ts';
import { ApiProblem } from '../../../api/client.ts';
import { DayInput } from '../../../ui/day-input.tsx';
import { shownPointers } from '../../../ui/field-errors.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { FormPart } from '../../../ui/form-part.tsx';
import { ExistingCertificate } from './existing-certificate.tsx';
import { ScopeFields } from './scope-fields.tsx';
import { TermFields } from './term-fields.tsx';
import type { CertificateFormState } from './use-certificate-form.ts';
import { WhatFields } from './what-fields.tsx';

interface CertificateFormProps {
  form: CertificateFormState;
  schemes: LabelScheme[];
  /** The operator writes down what a body published, and says where. */
  isTranscribed: boolean;
  today: string;
  isBusy: boolean;
  error: unknown;
  onSubmit: () => void;
}

/** A certificate: its label and number, whom and what it certifies, for how long, and where that was read. */
export function CertificateForm({ form, schemes, isTranscribed, today, ...sending }: CertificateFormProps) {
  const { t } = useTranslation();
  const { isBusy, error, onSubmit } = sending;
  return (
    <form onSubmit={form.onSubmit(onSubmit)}>
      <Stack gap="xl" maw={860}>
        <FormPart title={t('certificate.title')}>
          <WhatFields form={form} schemes={schemes} />
        </FormPart>
        <FormPart title={t('certificate.covers')}>
          <ScopeFields form={form} />
        </FormPart>
        <FormPart title={t('certificate.validity')}>
          <TermFields form={form} today={today} />
        </FormPart>
        {isTranscribed && (
          <FormPart title={t('certificate.source')} hint={t('certificateEntry.sourceHint')}>
            <SourceFields form={form} today={today} />
          </FormPart>
        )}
        <Refusal error={error} form={form} />
        <Group>
          <Button type="submit" size="md" loading={isBusy}>
            {t('certificateEntry.enter')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function SourceFields({ form, today }: Pick<CertificateFormProps, 'form' | 'today'>) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <TextInput label={t('certificate.document')} maxLength={300} {...form.getInputProps('source.document')} />
      <TextInput label={t('certificate.url')} type="url" maxLength={500} {...form.getInputProps('source.url')} />
      <DayInput label={t('certificate.seenOn')} max={today} {...form.getInputProps('source.seenOn')} />
    </SimpleGrid>
  );
}

function Refusal({ error, form }: Pick<CertificateFormProps, 'error' | 'form'>) {
  if (error === null) return null;
  const existing = error instanceof ApiProblem ? error.existing : undefined;
  if (existing !== undefined) return <ExistingCertificate id={existing} />;
  return <ProblemAlert error={error} shownAtFields={shownPointers(error, form.values, form.lists)} />;
}
