import { Button, Fieldset, Group, Paper, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LabelScheme } from '../../../../../schemas/types.d.ts';
import { ApiProblem } from '../../../api/client.ts';
import { DayInput } from '../../../ui/day-input.tsx';
import { shownPointers } from '../../../ui/field-errors.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
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
        <Part title={t('certificate.title')}>
          <WhatFields form={form} schemes={schemes} />
        </Part>
        <Part title={t('certificate.covers')}>
          <ScopeFields form={form} />
        </Part>
        <Part title={t('certificate.validity')}>
          <TermFields form={form} today={today} />
        </Part>
        {isTranscribed && (
          <Part title={t('certificate.source')} hint={t('certificateEntry.sourceHint')}>
            <SourceFields form={form} today={today} />
          </Part>
        )}
        <Refusal error={error} values={form.values} />
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

function Refusal({ error, values }: { error: unknown; values: object }) {
  if (error === null) return null;
  const existing = error instanceof ApiProblem ? error.existing : undefined;
  if (existing !== undefined) return <ExistingCertificate id={existing} />;
  return <ProblemAlert error={error} shownAtFields={shownPointers(error, values)} />;
}

function Part({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <Paper p={{ base: 'md', sm: 'xl' }}>
      <Fieldset variant="unstyled" legend={title} className="xanh-fieldset">
        <Stack>
          {hint !== undefined && (
            <Text size="sm" c="dimmed">
              {hint}
            </Text>
          )}
          {children}
        </Stack>
      </Fieldset>
    </Paper>
  );
}
